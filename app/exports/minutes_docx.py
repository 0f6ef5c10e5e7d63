"""Minutes as a Word file: their headings, lists and bold words, with what they are at the top of each page."""

import io
import re

from docx import Document
from docx.document import Document as WordFile
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.exports.oversight_words import SYNTHETIC

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that an XML file cannot hold."""
_HEADINGS = {"h1": "Title", "h2": "Heading 1"}


def write(text: str, *, title: str, author: str, note: str, is_synthetic: bool) -> bytes:
    """The file's bytes.

    Args:
        text: the minutes in Markdown.
        note: how they stand ("Published on ...", "Version 2, not cleared"), in the header of each page.
    """
    word = Document()
    word.core_properties.title = _plain(title)[:250]
    word.core_properties.author = _plain(author)[:250]
    word.core_properties.comments = ""
    word.styles["Normal"].font.name = "Arial"  # type: ignore[attr-defined]
    word.styles["Normal"].font.size = Pt(11)  # type: ignore[attr-defined]
    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(2.3)
    header = f"{SYNTHETIC}  ·  {note}" if is_synthetic else note
    section.header.paragraphs[0].text = _plain(header)
    _body(word, _MARKDOWN.parse(text))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _body(word: WordFile, tokens: list[Token]) -> None:
    """One paragraph for each piece of running words, in the style of what stands around it."""
    around: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            _words(word.add_paragraph(style=_style(around)), token)
        elif token.type in {"fence", "code_block"}:
            word.add_paragraph(_plain(token.content))


def _style(around: list[str]) -> str:
    for tag in reversed(around):
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            return _HEADINGS.get(tag, "Heading 2")
        if tag in {"ul", "ol"}:
            return "List Bullet" if tag == "ul" else "List Number"
    return "Normal"


def _words(paragraph: Paragraph, inline: Token) -> None:
    bold = italic = False
    for token in inline.children or []:
        if token.tag == "strong":
            bold = token.nesting == 1
        elif token.tag == "em":
            italic = token.nesting == 1
        elif token.type in {"softbreak", "hardbreak"}:
            paragraph.add_run().add_break()
        elif token.content:
            run = paragraph.add_run(_plain(token.content))
            run.bold, run.italic = bold or None, italic or None


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
