"""Answering a questionnaire, page by page."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("answering", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/questions/<int:number>")
@requires(Action.READ_MATERIAL)
def page(dialogue: Dialogue, stage: Stage, number: int) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/questions/<int:number>")
@requires(Action.ANSWER_QUESTIONNAIRE)
def save(dialogue: Dialogue, stage: Stage, number: int) -> ResponseReturnValue:
    """Soon."""
    abort(404)
