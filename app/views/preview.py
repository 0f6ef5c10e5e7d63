"""Preview: staff see a participant's pages, and nothing is saved."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("preview", __name__)


@bp.get("/d/<uuid:dialogue_id>/preview")
@requires(Action.PREVIEW)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>")
@requires(Action.PREVIEW)
def stage(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>/read/<uuid:material_id>")
@requires(Action.PREVIEW)
def material(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>/model/<uuid:model_id>")
@requires(Action.PREVIEW)
def model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
