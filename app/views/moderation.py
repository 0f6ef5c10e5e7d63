"""The moderation desk: the queue, a decision, and its undoing."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("moderation", __name__)


@bp.get("/d/<uuid:dialogue_id>/moderation")
@requires(Action.MODERATE)
def desk(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/moderation/decide")
@requires(Action.MODERATE)
def decide(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/moderation/undo")
@requires(Action.MODERATE)
def undo(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)
