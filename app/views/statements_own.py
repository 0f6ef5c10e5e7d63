"""A participant's own statement: writing it, similar ones, sending it."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("statements_own", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/say")
@requires(Action.ADD_STATEMENT)
def say(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/say")
@requires(Action.ADD_STATEMENT)
def send(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)
