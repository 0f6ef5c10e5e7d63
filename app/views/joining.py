"""Coming in and going: session codes, personal links, the lobby, return codes, and leaving."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, public, requires
from app.models.dialogues import Dialogue

bp = Blueprint("joining", __name__)


@bp.get("/join")
@public
def join() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/join")
@public
def join_post() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/join/<token>")
@public
def invited(token: str) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/join/<token>")
@public
def invited_post(token: str) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/lobby/notice")
@public
def lobby_notice() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/lobby/name")
@public
def lobby_name() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/lobby/name")
@public
def lobby_name_post() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/lobby")
@public
def lobby() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/lobby")
@public
def come_in() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/return")
@public
def come_back() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/return")
@public
def come_back_post() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/leave")
@requires(Action.LEAVE, own=True, before_consent=True)
def leave(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/leave")
@requires(Action.LEAVE, own=True, before_consent=True)
def leave_post(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/return-code")
@requires(Action.TAKE_PART)
def new_return_code(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)
