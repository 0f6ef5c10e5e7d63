"""Staff of one dialogue: who holds which role in it."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("staffing", __name__)


@bp.get("/d/<uuid:dialogue_id>/staff")
@requires(Action.MANAGE_STAFF)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/staff")
@requires(Action.MANAGE_STAFF)
def add(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/staff/<uuid:membership_id>/end")
@requires(Action.MANAGE_STAFF)
def end(dialogue: Dialogue, membership_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
