"""Sessions: the plan of a dialogue, and opening and closing them."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("sessions", __name__)


@bp.get("/d/<uuid:dialogue_id>/sessions")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/sessions/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/sessions/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/sessions/join-code")
@requires(Action.RUN_SESSION)
def join_code(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/delete")
@requires(Action.EDIT_DIALOGUE)
def delete(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/move")
@requires(Action.RUN_SESSION)
def move(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
