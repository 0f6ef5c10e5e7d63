"""The roll: seats, personal links, the lobby's queue, and lost return codes. Never a pseudonym."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("roll", __name__)


@bp.get("/d/<uuid:dialogue_id>/people")
@requires(Action.MANAGE_ROLL)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/people")
@requires(Action.MANAGE_ROLL)
def add(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/people/many")
@requires(Action.MANAGE_ROLL)
def many(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/people/many")
@requires(Action.MANAGE_ROLL)
def add_many(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/people/<uuid:seat_id>/link")
@requires(Action.MANAGE_ROLL)
def issue_link(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/people/<uuid:seat_id>/return-code")
@requires(Action.MANAGE_ROLL)
def issue_return_code(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/lobby/<uuid:entry_id>/match")
@requires(Action.MANAGE_ROLL)
def match(dialogue: Dialogue, entry_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/lobby/<uuid:entry_id>/refuse")
@requires(Action.MANAGE_ROLL)
def refuse(dialogue: Dialogue, entry_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
