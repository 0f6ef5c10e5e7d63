"""Criteria: the desk on which a facilitator gathers them, and the page on which people check the list."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, by_staff, requires
from app.db import transaction
from app.forms import task_labels
from app.forms.base import Form
from app.forms.criteria import NEW, GatherForm, ListForm, WordingForm
from app.forms.sessions import ShiftForm
from app.models.comments import Prompt
from app.models.criteria import Criterion
from app.models.dialogues import Dialogue, Stage
from app.queries import criteria as reads
from app.queries.criteria_list import criteria_of, list_is_closed
from app.queries.tradeoffs import marks_on_criteria
from app.services import criteria as acts
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.task_pages import list_page, needed
from deliberation.criteria import CRITERIA_LIMIT, CriteriaAnswer
from deliberation.tasks import Task

bp = Blueprint("criteria", __name__)


@bp.get("/d/<uuid:dialogue_id>/criteria")
@requires(Action.CHOOSE_CRITERIA)
def desk(dialogue: Dialogue) -> ResponseReturnValue:
    """The list with its sources, and comments to gather from."""
    return _desk(dialogue)


@bp.post("/d/<uuid:dialogue_id>/criteria/gather")
@requires(Action.CHOOSE_CRITERIA)
def gather(dialogue: Dialogue) -> ResponseReturnValue:
    """Ticked comments become a criterion, or go into one."""
    form = GatherForm().offer(criteria_of(dialogue), [])
    comments = reads.comments_by_ids(dialogue, form.ticked())
    if form.validate():
        with form.catching(), transaction():
            if form.into.data == NEW:
                acts.gather(dialogue, form.text.data or "", comments, by=by_staff())
            else:
                acts.add_sources(_find(dialogue, uuid.UUID(form.into.data)), comments, by=by_staff())
    return _desk(dialogue, gather_form=form) if form.is_refused else _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/criteria/<uuid:criterion_id>/edit")
@requires(Action.CHOOSE_CRITERIA)
def edit(dialogue: Dialogue, criterion_id: uuid.UUID) -> ResponseReturnValue:
    """Other words: a new version."""
    row, form = _find(dialogue, criterion_id), WordingForm()
    if form.validate():
        with form.catching(), transaction():
            acts.edit(row, form.text.data or "", by=by_staff())
    return _desk(dialogue, wording_form=form, wording_of=row) if form.is_refused else _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/criteria/<uuid:criterion_id>/drop")
@requires(Action.CHOOSE_CRITERIA)
def drop(dialogue: Dialogue, criterion_id: uuid.UUID) -> ResponseReturnValue:
    """Off the list."""
    row, form = _find(dialogue, criterion_id), Form()
    with form.catching(), transaction():
        acts.drop(row, by=by_staff())
    return _desk(dialogue, form=form) if form.is_refused else _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/criteria/<uuid:criterion_id>/shift")
@requires(Action.CHOOSE_CRITERIA)
def shift(dialogue: Dialogue, criterion_id: uuid.UUID) -> ResponseReturnValue:
    """One place up or down."""
    row, form = _find(dialogue, criterion_id), Form()
    with form.catching(), transaction():
        acts.shift(dialogue, row, ShiftForm().wanted(), by=by_staff())
    return _desk(dialogue, form=form) if form.is_refused else _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/criteria/close")
@requires(Action.CHOOSE_CRITERIA)
def close(dialogue: Dialogue) -> ResponseReturnValue:
    """The list is what the grid stands on; eight are refused."""
    form = Form()
    with form.catching(), transaction():
        acts.close_list(dialogue, by=by_staff())
    if form.is_refused:
        return _desk(dialogue, form=form)
    flash(gettext("The list is closed. The trade-off grid stands on it."))
    return _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/criteria/reopen")
@requires(Action.CHOOSE_CRITERIA)
def reopen(dialogue: Dialogue) -> ResponseReturnValue:
    """A draft again, while nobody has filled in the grid."""
    form = Form()
    with form.catching(), transaction():
        acts.reopen_list(dialogue, by=by_staff())
    return _desk(dialogue, form=form) if form.is_refused else _back(dialogue)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/criteria")
@requires(Action.READ_MATERIAL)
def check(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The list, and three answers."""
    needed(stage, Task.CHECK_CRITERIA)
    return list_page(dialogue, stage, by_participant())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/criteria")
@requires(Action.CHECK_CRITERIA)
def say(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Keeps the answer."""
    task, form, by = needed(stage, Task.CHECK_CRITERIA), ListForm(), by_participant()
    if not form.validate_on_submit() or form.warnings():
        return list_page(dialogue, stage, by, form=form), 422
    with form.catching(), transaction():
        start_stage(stage, by=by)
        acts.say(stage, task, CriteriaAnswer(form.answer.data), words=form.words, by=by)
    if form.is_refused:
        return list_page(dialogue, stage, by, form=form), 422
    flash(gettext("Thank you. Your answer is in."), "good")
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


def _desk(
    dialogue: Dialogue,
    *,
    form: Form | None = None,
    gather_form: GatherForm | None = None,
    wording_form: WordingForm | None = None,
    wording_of: Criterion | None = None,
) -> ResponseReturnValue:
    refused = form or gather_form or wording_form
    prompts = reads.prompts_in(dialogue)
    prompt = _chosen([prompt for _, prompt in prompts])
    page = request.values.get("page", "1")
    found = reads.gatherable(dialogue, prompt, int(page) if page.isdecimal() and len(page) < 6 else 1)
    rows = reads.drafted(dialogue)
    shown = gather_form or GatherForm(formdata=None)
    html = render_template(
        "criteria/desk.html",
        rows=rows,
        earlier={one.criterion.id: reads.earlier_versions(one.criterion) for one in rows},
        is_closed=list_is_closed(dialogue),
        marks=marks_on_criteria(dialogue),
        limit=CRITERIA_LIMIT,
        prompts=prompts,
        prompt=prompt,
        found=found,
        said=reads.said_of_list(dialogue),
        task_labels=task_labels,
        form=refused,
        gather_form=shown.offer([one.criterion for one in rows], found.comments),
        ticked={str(one) for one in shown.ticked()},
        wording_form=wording_form,
        wording_of=wording_of,
    )
    return (html, 422) if refused is not None else html


def _chosen(prompts: list[Prompt]) -> Prompt | None:
    wanted = request.values.get("prompt", "")
    return next((one for one in prompts if str(one.public_id) == wanted), None)


def _find(dialogue: Dialogue, criterion_id: uuid.UUID) -> Criterion:
    return reads.find_criterion(dialogue, criterion_id) or abort(404)


def _back(dialogue: Dialogue) -> ResponseReturnValue:
    chosen = {"prompt": request.values.get("prompt") or None, "page": request.values.get("page") or None}
    return redirect(url_for(".desk", dialogue_id=dialogue.public_id, **chosen), 303)  # type: ignore[arg-type]
