"""Staff sign in and out, change their password, and (in the example only) sign in by a printed link."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import public, staff

bp = Blueprint("logins", __name__)


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/sign-in")
@public
def sign_in_post() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/password")
@staff()
def password() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/password")
@staff()
def password_post() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/demo/<token>")
@public
def demo(token: str) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/demo/<token>")
@public
def demo_post(token: str) -> ResponseReturnValue:
    """Soon."""
    abort(404)
