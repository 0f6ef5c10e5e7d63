"""The one place where text becomes markup: Markdown in, an allow-list of HTML out."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import nh3
from flask import Flask
from flask_babel import format_date, format_datetime, gettext
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TABLE = re.compile("<table>.*?</table>", re.DOTALL)
_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "code", "pre",
}  # fmt: skip


def markdown(text: str) -> Markup:
    """Markdown as safe HTML: first-level headings become second-level, raw HTML is shown as text."""
    html = _MARKDOWN.render(text or "")
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})
    return Markup(_TABLE.sub(lambda found: _scrolls(found.group(0)), clean))


def _scrolls(table: str) -> str:
    """A table that is wider than a phone scrolls by itself, also by keyboard, and the page stays where it is."""
    return f'<div class="fm-table" tabindex="0" role="group" aria-label="{escape(gettext("Table"))}">{table}</div>'


def paragraphs(text: str) -> Markup:
    """Plain text: blank lines part paragraphs, single ones break lines."""
    parts = [part for part in re.split(r"\n\s*\n", (text or "").strip()) if part.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n"))) for part in parts
    )


def with_glossary(html: Markup, terms: Iterable[tuple[str, str, Iterable[str]]]) -> Markup:
    """Marks the first use of each glossary word in `html` with its meaning, outside tags and links.

    Args:
        terms: (term, definition, other forms), already chosen for the page's language.
    """
    result = str(html)
    for term, definition, also in terms:
        words = sorted({term, *also}, key=len, reverse=True)
        pattern = re.compile(r"(?<![\w-])(" + "|".join(re.escape(w) for w in words if w) + r")(?![\w-])", re.IGNORECASE)
        pieces = re.split(r"(<dfn.*?</dfn>|<a .*?</a>|<h\d>.*?</h\d>|<[^>]*>)", result, flags=re.DOTALL)
        for place, piece in enumerate(pieces):
            if piece.startswith("<"):
                continue
            marked, count = pattern.subn(lambda m, d=definition: _dfn(m.group(1), d), piece, count=1)
            if count:
                pieces[place] = marked
                result = "".join(pieces)
                break
    return Markup(result)


def _dfn(word: str, definition: str) -> str:
    """A word that opens to its meaning with nothing but HTML."""
    meaning = escape(definition)
    return f'<dfn class="fm-term" title="{meaning}">{word}</dfn>'


def when(moment: datetime | None, zone: str = "Europe/London", style: str = "d MMMM y, HH:mm") -> str:
    """A time in the dialogue's zone and the page's language; empty for none."""
    if moment is None:
        return ""
    return str(format_datetime(moment.astimezone(ZoneInfo(zone)), style, rebase=False))


def day(value: date | str | None, style: str = "d MMMM y") -> str:
    """A date, or its ISO text, in the page's language; empty for none."""
    if not value:
        return ""
    return str(format_date(date.fromisoformat(value) if isinstance(value, str) else value, style))


def init_filters(app: Flask) -> None:
    """`markdown`, `paragraphs`, `with_glossary`, `when` and `day` for templates."""
    app.jinja_env.filters.update(
        markdown=markdown, paragraphs=paragraphs, with_glossary=with_glossary, when=when, day=day
    )
