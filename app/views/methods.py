"""Methods: how each number was computed, from the pages in docs/methods."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import public

bp = Blueprint("methods", __name__)


@bp.get("/methods")
@public
def index() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/methods/<name>")
@public
def show(name: str) -> ResponseReturnValue:
    """Soon."""
    abort(404)
