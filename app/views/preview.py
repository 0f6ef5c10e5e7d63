"""Preview: staff see a participant's pages, and nothing is saved."""

import uuid

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage
from app.queries.preferences import find_asked
from app.queries.reading import find_placed_material, find_placed_model
from app.queries.requests import can_follow, find_request, find_way
from app.views import request_pages
from app.views.preference_pages import ballot_page
from app.views.stage_pages import (
    combination_page,
    material_page,
    model_page,
    questions_page,
    rating_page,
    shell,
    stage_page,
)
from app.views.task_pages import preview_page
from deliberation.stages import StageKind
from deliberation.tasks import Task

bp = Blueprint("preview", __name__)


@bp.get("/d/<uuid:dialogue_id>/preview")
@requires(Action.PREVIEW)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """A participant's way from the first stage to the last, whatever is open now."""
    return render_template("preview/index.html", **shell(dialogue, None, None, is_preview=True))


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>")
@requires(Action.PREVIEW)
def stage(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The page of one stage.

    `page` shows a page of its questions, `mix` the four plain questions, `question` one of its orders or dots,
    `task` one of its tasks.
    """
    if wanted := request.args.get("question", type=uuid.UUID):
        asked = find_asked(stage, wanted) or abort(404)
        return ballot_page(dialogue, stage, asked, None, is_preview=True)
    number = request.args.get("page", type=int)
    if number is not None and stage.kind is StageKind.SURVEY:
        return questions_page(dialogue, stage, number, None, is_preview=True) or abort(404)
    task = request.args.get("task", "")
    if task in set(Task):
        return preview_page(dialogue, stage, Task(task), number)
    if "mix" in request.args and stage.kind is StageKind.COMPARE:
        return combination_page(dialogue, stage, None, is_preview=True)
    return stage_page(dialogue, stage, None, is_preview=True)


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>/read/<uuid:material_id>")
@requires(Action.PREVIEW)
def material(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID) -> ResponseReturnValue:
    """One material as it is read."""
    found = find_placed_material(stage, material_id) or abort(404)
    return material_page(dialogue, stage, found, None, is_preview=True)


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>/model/<uuid:model_id>")
@requires(Action.PREVIEW)
def model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """One model: to be rated in a compare stage, to be read in any other."""
    found = find_placed_model(stage, model_id) or abort(404)
    if stage.kind is StageKind.COMPARE:
        return rating_page(dialogue, stage, found, None, is_preview=True)
    return model_page(dialogue, stage, found, None, is_preview=True)


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>/requests")
@requires(Action.PREVIEW)
def follow(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Following a request; `page` says which page of it, `request_id`, `way_id`, `number` and `other_id` whose."""
    if not can_follow(stage):
        abort(404)
    asked = {name: request.args.get(name, type=uuid.UUID) for name in ("request_id", "way_id", "other_id")}
    if asked["request_id"] is None:
        return request_pages.choose_request_page(dialogue, stage, None, is_preview=True)
    chosen = find_request(dialogue, asked["request_id"]) or abort(404)
    if asked["way_id"] is None:
        return request_pages.choose_way_page(dialogue, stage, None, chosen, is_preview=True)
    way = find_way(stage, None, asked["way_id"]) or abort(404)
    walk = request_pages.Walk(dialogue, stage, None, chosen, way, is_preview=True)
    if request.args.get("page") == "end":
        return request_pages.end_page(walk)
    if request.args.get("page") == "burden":
        return request_pages.burden_page(walk)
    if asked["other_id"] is not None:
        return request_pages.beside_page(walk, find_way(stage, None, asked["other_id"]) or abort(404))
    return request_pages.stop_page(walk, request.args.get("number", default=1, type=int))
