"""Comments on prompts and models, and replies."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("comments", __name__)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prompt/<uuid:prompt_id>/comment")
@requires(Action.ADD_COMMENT)
def add(dialogue: Dialogue, stage: Stage, prompt_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/comment/<uuid:comment_id>/reply")
@requires(Action.ADD_COMMENT)
def reply(dialogue: Dialogue, stage: Stage, comment_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/model/<uuid:model_id>/comment")
@requires(Action.ADD_COMMENT)
def on_model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
