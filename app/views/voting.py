"""Voting: one statement at a time, the list, undo, skip and why somebody passed."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("voting", __name__)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote")
@requires(Action.CAST_VOTE)
def cast(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/more")
@requires(Action.CAST_VOTE)
def more(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/skip")
@requires(Action.CAST_VOTE)
def skip(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/undo")
@requires(Action.CAST_VOTE)
def undo(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/why")
@requires(Action.CAST_VOTE)
def explain(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/statements")
@requires(Action.READ_MATERIAL)
def as_list(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)
