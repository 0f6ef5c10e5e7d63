"""The trade-off grid: one criterion a page for people, the whole of it for staff."""

import uuid

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, by_staff, requires
from app.db import transaction
from app.exports.grid_csv import grid_csv
from app.forms import task_labels
from app.forms.base import Form
from app.forms.tradeoffs import SELF, TABLE, RowForm, TableGrid, VerdictForm, approach_names, mark_field
from app.models.criteria import Criterion
from app.models.dialogues import BreakoutTable, Dialogue, Stage
from app.queries.comments import comment_text
from app.queries.criteria import find_criterion
from app.queries.criteria_list import criteria_of, list_is_closed
from app.queries.tradeoffs import Filler, grids_of, marks_of, table_by_number, verdict_of
from app.services import tradeoffs as acts
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.task_pages import grid_page, needed, row_page, verdict_page
from deliberation.tasks import Task
from deliberation.tradeoffs import APPROACHES, Mark, Verdict

bp = Blueprint("tradeoffs", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/grid")
@requires(Action.READ_MATERIAL)
def index(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """What is filled in and what is next."""
    needed(stage, Task.FILL_GRID)
    return grid_page(dialogue, stage, by_participant(), by=_by())


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/grid/<uuid:criterion_id>")
@requires(Action.READ_MATERIAL)
def row(dialogue: Dialogue, stage: Stage, criterion_id: uuid.UUID) -> ResponseReturnValue:
    """One criterion."""
    needed(stage, Task.FILL_GRID)
    return row_page(dialogue, stage, _criterion(dialogue, criterion_id), by_participant(), by=_by())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/grid/<uuid:criterion_id>")
@requires(Action.FILL_GRID)
def fill(dialogue: Dialogue, stage: Stage, criterion_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the row; then comes the next criterion, and at the end the whole grid."""
    task, criterion = needed(stage, Task.FILL_GRID), _criterion(dialogue, criterion_id)
    form, by = RowForm(), by_participant()
    chosen = TABLE if form.for_table else SELF
    if not form.validate_on_submit() or form.warnings():
        return row_page(dialogue, stage, criterion, by, by=chosen, form=form), 422
    with form.catching(), transaction():
        start_stage(stage, by=by)
        acts.fill_row(stage, task, criterion, form.marks(), why=form.words, for_table=form.for_table, by=by)
    if form.is_refused:
        return row_page(dialogue, stage, criterion, by, by=chosen, form=form), 422
    return redirect(_after(dialogue, stage, criterion, chosen), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/grid/whole")
@requires(Action.READ_MATERIAL)
def whole(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The question about all of it."""
    needed(stage, Task.FILL_GRID)
    return verdict_page(dialogue, stage, by_participant(), by=_by())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/grid/whole")
@requires(Action.FILL_GRID)
def conclude(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Keeps the answer."""
    task, form, by = needed(stage, Task.FILL_GRID), VerdictForm(), by_participant()
    chosen = TABLE if form.for_table else SELF
    if not form.validate_on_submit() or form.warnings():
        return verdict_page(dialogue, stage, by, by=chosen, form=form), 422
    with form.catching(), transaction():
        start_stage(stage, by=by)
        verdict = Verdict(form.verdict.data)
        acts.conclude(stage, task, verdict, why=form.words, for_table=form.for_table, by=by)
    if form.is_refused:
        return verdict_page(dialogue, stage, by, by=chosen, form=form), 422
    flash(gettext("Thank you. Your answers are in."), "good")
    return redirect(url_for(".index", by=chosen, **here(dialogue, stage)), 303)


@bp.get("/d/<uuid:dialogue_id>/grid")
@requires(Action.SEE_ANALYSIS)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """What tables and persons said: counts in each cell, and the reasons."""
    return render_template(
        "tradeoffs/show.html",
        grids=grids_of(dialogue),
        is_closed=list_is_closed(dialogue),
        names=approach_names(dialogue.approaches),
        every_mark=list(Mark),
        every_verdict=list(Verdict),
        task_labels=task_labels,
    )


@bp.get("/d/<uuid:dialogue_id>/grid.csv")
@requires(Action.RUN_ANALYSIS)
def download(dialogue: Dialogue) -> ResponseReturnValue:
    """The counts as a file."""
    name = "synthetic-trade-off-grid.csv" if dialogue.is_synthetic else "trade-off-grid.csv"
    return Response(
        grid_csv(grids_of(dialogue), is_synthetic=dialogue.is_synthetic),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/grid/table/<int:number>")
@requires(Action.RUN_SESSION)
def table(dialogue: Dialogue, stage: Stage, number: int) -> ResponseReturnValue:
    """A table's grid, to be typed in by a facilitator."""
    needed(stage, Task.FILL_GRID)
    return _table_page(dialogue, stage, _table(stage, number))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/grid/table/<int:number>")
@requires(Action.RUN_SESSION)
def fill_table(dialogue: Dialogue, stage: Stage, number: int) -> ResponseReturnValue:
    """Keeps what the table said, also after the stage."""
    task, seated = needed(stage, Task.FILL_GRID), _table(stage, number)
    criteria = criteria_of(dialogue)
    sent, form = TableGrid(request.form, criteria), Form()
    if sent.validate():
        with form.catching(), transaction():
            for one in criteria:
                marks, why = sent.marks(one), sent.why(one)
                acts.fill_row_for(stage, task, one, seated, marks, why=why, by=by_staff())
            verdict = sent.verdict()
            if verdict is not None:
                acts.conclude_for(stage, seated, verdict, by=by_staff())
    if sent.errors or form.is_refused:
        form.form_errors.extend(sent.errors)
        return _table_page(dialogue, stage, seated, form, sent), 422
    flash(gettext("Saved: table %(number)s.", number=number))
    return redirect(url_for(".show", dialogue_id=dialogue.public_id), 303)


def _by() -> str:
    return TABLE if request.args.get("by") == TABLE else SELF


def _criterion(dialogue: Dialogue, criterion_id: uuid.UUID) -> Criterion:
    return find_criterion(dialogue, criterion_id) or abort(404)


def _table(stage: Stage, number: int) -> BreakoutTable:
    return table_by_number(stage, number) or abort(404)


def _after(dialogue: Dialogue, stage: Stage, done: Criterion, chosen: str) -> str:
    rows = criteria_of(dialogue)
    place = [one.id for one in rows].index(done.id) + 1
    if place == len(rows):
        return url_for(".whole", by=chosen, **here(dialogue, stage))
    return url_for(".row", criterion_id=rows[place].public_id, by=chosen, **here(dialogue, stage))


def _table_page(
    dialogue: Dialogue, stage: Stage, seated: BreakoutTable, form: Form | None = None, sent: TableGrid | None = None
) -> str:
    filler, criteria = Filler(table_id=seated.id), criteria_of(dialogue)
    verdict = verdict_of(stage, filler)
    present = {mark_field(one, approach): "" for one in criteria for approach in APPROACHES}
    for (key, approach), mark in marks_of(stage, filler).items():
        one = next((one for one in criteria if one.id == key), None)
        if one is not None:
            present[mark_field(one, approach)] = mark.mark.value
            present[f"why-{one.public_id}"] = comment_text(mark.comment_id)
    present["verdict"] = verdict.verdict.value if verdict else ""
    return render_template(
        "tradeoffs/table.html",
        stage=stage,
        table=seated,
        criteria=criteria,
        is_closed=list_is_closed(dialogue),
        names=approach_names(dialogue.approaches),
        present=dict(sent.sent) if sent else present,
        mark_field=mark_field,
        task_labels=task_labels,
        form=form,
    )
