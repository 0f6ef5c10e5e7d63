"""The front page, the health check, and the two choices a page offers anybody: language and text size."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.access import current_participant, public
from app.db import db
from app.languages import LANGUAGES, TEXT_SIZES

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """What this is, and the two ways in: with a code or link, or as staff."""
    return render_template("home/index.html")


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """200 when the database answers."""
    db.session.execute(text("SELECT 1"))
    return "ok", 200, {"Content-Type": "text/plain"}


@bp.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Keeps the chosen language for this browser."""
    wanted = request.form.get("lang", "")
    if wanted in LANGUAGES:
        session["lang"] = wanted
    return redirect(_back(), 303)


@bp.post("/text-size")
@public
def choose_text_size() -> ResponseReturnValue:
    """Makes the text one size larger, and after the largest normal again."""
    place = TEXT_SIZES.index(session.get("text_size", "normal"))
    session["text_size"] = TEXT_SIZES[(place + 1) % len(TEXT_SIZES)]
    return redirect(_back(), 303)


def _back() -> str:
    """The page named in the form, if it is a path of ours; else the front page."""
    wanted = request.form.get("back", "")
    parts = urlsplit(wanted)
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted
    if plain and not parts.netloc and not parts.scheme and _can_be_opened(parts.path):
        return wanted
    return url_for("taking_part.home" if current_participant() else "home.index")


def _can_be_opened(path: str) -> bool:
    """Whether the path answers a GET; the page of a refused form may stand at an address that takes POST only."""
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except (HTTPException, RequestRedirect):
        return False
    return True
