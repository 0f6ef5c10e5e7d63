"""Comparing: one model a page, then a combination by four plain questions."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("comparing", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/compare/<uuid:model_id>")
@requires(Action.READ_MATERIAL)
def model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/compare/<uuid:model_id>")
@requires(Action.RATE_MODEL)
def rate(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/combination")
@requires(Action.READ_MATERIAL)
def combination(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/combination")
@requires(Action.COMBINE_MODELS)
def combine(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)
