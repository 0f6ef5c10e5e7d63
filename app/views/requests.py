"""Following an invented request: choose it and a way, walk its stops, see the end, set two ways side by side."""

import uuid

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.requests import JudgeForm, OnlyIfForm, WayForm
from app.models.dialogues import Dialogue, Stage
from app.queries.requests import assumptions_of, can_follow, find_request, find_way
from app.services import requests as acts
from app.services.taking_part import start_stage
from app.views import request_pages as pages
from deliberation.requests import Judgement, Station

bp = Blueprint("requests", __name__)
AT = "/d/<uuid:dialogue_id>/s/<uuid:stage_id>/requests"
ON = f"{AT}/<uuid:request_id>/by/<uuid:way_id>"


@bp.get(AT)
@requires(Action.READ_MATERIAL)
def index(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The requests to choose from."""
    if not can_follow(stage):
        abort(404)
    return pages.choose_request_page(dialogue, stage, by_participant())


@bp.get(f"{AT}/<uuid:request_id>")
@requires(Action.READ_MATERIAL)
def choose(dialogue: Dialogue, stage: Stage, request_id: uuid.UUID) -> ResponseReturnValue:
    """One request, and the ways to choose from."""
    chosen = (find_request(dialogue, request_id) if can_follow(stage) else None) or abort(404)
    return pages.choose_way_page(dialogue, stage, by_participant(), chosen)


@bp.post(f"{AT}/<uuid:request_id>")
@requires(Action.FOLLOW_REQUEST)
def follow(dialogue: Dialogue, stage: Stage, request_id: uuid.UUID) -> ResponseReturnValue:
    """Sets off; the first stop comes."""
    form = WayForm()
    if not form.validate() or form.way.data is None:
        abort(400)
    walk = _walk(dialogue, stage, request_id, form.way.data)
    with transaction():
        start_stage(stage, by=by_participant())
        acts.follow_request(stage, walk.request, walk.way, by=by_participant())
    return redirect(pages.address_of(walk, "stop", number=1), 303)


@bp.get(f"{ON}/stop/<int:number>")
@requires(Action.READ_MATERIAL)
def stop(
    dialogue: Dialogue, stage: Stage, request_id: uuid.UUID, way_id: uuid.UUID, number: int
) -> ResponseReturnValue:
    """One stop on the line."""
    return pages.stop_page(_walk(dialogue, stage, request_id, way_id), number)


@bp.post(f"{ON}/stop/<int:number>")
@requires(Action.FOLLOW_REQUEST)
def judge(
    dialogue: Dialogue, stage: Stage, request_id: uuid.UUID, way_id: uuid.UUID, number: int
) -> ResponseReturnValue:
    """Fine, only if ..., or not OK; then the next stop, or what "only if" depends on."""
    walk = _walk(dialogue, stage, request_id, way_id)
    step, judgement = _station(walk, number), JudgeForm().wanted()
    with transaction():
        start_stage(stage, by=by_participant())
        acts.judge_step(stage, walk.request, walk.way, step, judgement, by=by_participant())
    if judgement is Judgement.ONLY_IF:
        return redirect(pages.address_of(walk, "stop", number=number, only_if=1, _anchor="now"), 303)
    return redirect(_after(walk, number), 303)


@bp.post(f"{ON}/stop/<int:number>/only-if")
@requires(Action.FOLLOW_REQUEST)
def only_if(
    dialogue: Dialogue, stage: Stage, request_id: uuid.UUID, way_id: uuid.UUID, number: int
) -> ResponseReturnValue:
    """Keeps the condition; the next stop comes."""
    walk = _walk(dialogue, stage, request_id, way_id)
    step, form = _station(walk, number), OnlyIfForm()
    if form.validate_on_submit():
        with form.catching(), transaction():
            acts.say_only_if(stage, walk.request, walk.way, step, form.words.data or "", by=by_participant())
    if form.is_refused:
        return pages.stop_page(walk, number, form), 422
    return redirect(_after(walk, number), 303)


@bp.get(f"{ON}/end")
@requires(Action.READ_MATERIAL)
def end(dialogue: Dialogue, stage: Stage, request_id: uuid.UUID, way_id: uuid.UUID) -> ResponseReturnValue:
    """The whole path in one sentence, its time and burden, and what was said."""
    return pages.end_page(_walk(dialogue, stage, request_id, way_id))


@bp.get(f"{ON}/beside/<uuid:other_id>")
@requires(Action.READ_MATERIAL)
def beside(
    dialogue: Dialogue, stage: Stage, request_id: uuid.UUID, way_id: uuid.UUID, other_id: uuid.UUID
) -> ResponseReturnValue:
    """The same request through another way, beside the first."""
    other = find_way(stage, by_participant(), other_id) or abort(404)
    return pages.beside_page(_walk(dialogue, stage, request_id, way_id), other)


@bp.get(f"{ON}/burden")
@requires(Action.READ_MATERIAL)
def burden(dialogue: Dialogue, stage: Stage, request_id: uuid.UUID, way_id: uuid.UUID) -> ResponseReturnValue:
    """How much work that is, from numbers that anybody can change."""
    return pages.burden_page(_walk(dialogue, stage, request_id, way_id))


def _walk(dialogue: Dialogue, stage: Stage, request_id: uuid.UUID, way_id: uuid.UUID) -> pages.Walk:
    if not can_follow(stage):
        abort(404)
    chosen = find_request(dialogue, request_id) or abort(404)
    way = find_way(stage, by_participant(), way_id) or abort(404)
    return pages.Walk(dialogue, stage, by_participant(), chosen, way)


def _station(walk: pages.Walk, number: int) -> Station:
    steps = walk.way.steps(walk.request.kind, assumptions_of(walk.dialogue).waits)
    return steps[number - 1].key if 1 <= number <= len(steps) else abort(404)


def _after(walk: pages.Walk, number: int) -> str:
    steps = walk.way.steps(walk.request.kind, assumptions_of(walk.dialogue).waits)
    if number >= len(steps):
        return pages.address_of(walk, "end")
    return pages.address_of(walk, "stop", number=number + 1, _anchor="now")
