"""Which language and how large a page is shown: a person's choice, else the dialogue's, else English."""

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, g, has_request_context, session
from flask_babel import Babel, get_locale
from jinja2 import pass_context

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
TEXT_SIZES = ("normal", "large", "largest")


def chosen_language() -> str:
    """The language of this page; English on the command line and in jobs."""
    if not has_request_context():
        return "en"
    chosen = session.get("lang")
    if chosen in LANGUAGES:
        return str(chosen)
    dialogue = g.get("dialogue")
    if dialogue is not None and dialogue.lang in LANGUAGES:
        return str(dialogue.lang)
    return "en"


def init_languages(app: Flask) -> None:
    """Sets up gettext; `current_lang()` and `text_size()` are there for templates."""
    Babel(app, locale_selector=chosen_language, default_translation_directories="translations")
    plain = cast(Callable[..., str], app.jinja_env.globals["ngettext"])
    app.jinja_env.globals["ngettext"] = _with_grouped_numbers(plain)
    app.jinja_env.globals["current_lang"] = lambda: str(get_locale() or "en")
    app.jinja_env.globals["text_size"] = lambda: session.get("text_size", "normal")


def _with_grouped_numbers(ngettext: Callable[..., str]) -> Callable[..., str]:
    """Jinja's `ngettext` that writes 20,000, not 20000, where a sentence names its number."""

    @pass_context
    def grouped(context: Any, singular: str, plural: str, number: Any, /, **values: Any) -> str:
        if type(number) is int and number >= 1_000:
            values.setdefault("num", f"{number:,}")
        return ngettext(context, singular, plural, number, **values)

    return grouped
