"""Reading: materials and model cards, and "I have read this"."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("reading", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/read/<uuid:material_id>")
@requires(Action.READ_MATERIAL)
def material(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/read/<uuid:material_id>")
@requires(Action.READ_MATERIAL)
def read_material(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/model/<uuid:model_id>")
@requires(Action.READ_MATERIAL)
def model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/model/<uuid:model_id>")
@requires(Action.READ_MATERIAL)
def read_model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
