"""Reading: materials and model cards, and "I have read this"."""

import uuid

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, requires
from app.db import transaction
from app.models.dialogues import Dialogue, Stage
from app.queries.reading import find_placed_material, find_placed_model, readings_of
from app.services import reading as acts
from app.services.taking_part import finish_stage
from app.views.addresses import here
from app.views.stage_pages import material_page, model_page
from deliberation.stages import StageKind

bp = Blueprint("reading", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/read/<uuid:material_id>")
@requires(Action.READ_MATERIAL)
def material(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID) -> ResponseReturnValue:
    """One material."""
    found = find_placed_material(stage, material_id) or abort(404)
    return material_page(dialogue, stage, found, by_participant())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/read/<uuid:material_id>")
@requires(Action.READ_MATERIAL)
def read_material(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID) -> ResponseReturnValue:
    """ "I have read this." """
    found = find_placed_material(stage, material_id) or abort(404)
    with transaction():
        acts.mark_material_read(stage, found, by=by_participant(), number=request.form.get("version", type=int))
        _finish_when_all_is_read(stage)
    return redirect(_next_reading(dialogue, stage), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/model/<uuid:model_id>")
@requires(Action.READ_MATERIAL)
def model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """One model card."""
    found = find_placed_model(stage, model_id) or abort(404)
    return model_page(dialogue, stage, found, by_participant())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/model/<uuid:model_id>")
@requires(Action.READ_MATERIAL)
def read_model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """ "I have read this." """
    found = find_placed_model(stage, model_id) or abort(404)
    with transaction():
        acts.mark_model_read(stage, found, by=by_participant())
        _finish_when_all_is_read(stage)
    return redirect(_next_reading(dialogue, stage), 303)


def _finish_when_all_is_read(stage: Stage) -> None:
    """A learn stage is done with its last page; saying so again would be one press too many."""
    by = by_participant()
    if stage.kind is StageKind.LEARN and all(one.is_done for one in readings_of(stage, by)) and acts.is_open(stage):
        finish_stage(stage, by=by)


def _next_reading(dialogue: Dialogue, stage: Stage) -> str:
    if stage.kind is not StageKind.LEARN:
        return url_for("taking_part.stage", **here(dialogue, stage))
    for one in readings_of(stage, by_participant()):
        if not one.is_done and one.is_model:
            return url_for(".model", **here(dialogue, stage), model_id=one.thing.public_id)
        if not one.is_done:
            return url_for(".material", **here(dialogue, stage), material_id=one.thing.public_id)
    return url_for("taking_part.next_page", dialogue_id=dialogue.public_id)
