"""The rapporteur's desk: points, report, notes from tables, objections, and sending what has been checked."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import panel_labels
from app.forms.base import Form
from app.forms.panel import NoteForm, PointForm, ReportForm, SourcesForm
from app.forms.workshops import PressForm
from app.models.dialogues import Dialogue
from app.models.panel import PanelPoint, PanelPointSource
from app.models.workshops import AssessmentWorkshop
from app.queries.panel import (
    current_report,
    find_point,
    find_point_check,
    find_report_check,
    point_rows,
    report_row,
    source_lines,
    words_to_cite,
)
from app.queries.workshops import find_note, material_body, notes_of, panel_size, workshop_of
from app.services import panel_record as acts
from deliberation.panel import DISSENT_LIMIT, NOTE_LIMIT, POINT_LIMIT, REPORT_LIMIT, Prompt, needed

bp = Blueprint("rapporteur", __name__, url_prefix="/d/<uuid:dialogue_id>/rapporteur")


@bp.get("")
@requires(Action.WRITE_PANEL_RECORD)
def desk(dialogue: Dialogue) -> ResponseReturnValue:
    """Everything at a glance: what is written, checked, open, sent."""
    return _desk(dialogue, _hall(dialogue))


@bp.post("/release")
@requires(Action.WRITE_PANEL_RECORD)
def release(dialogue: Dialogue) -> ResponseReturnValue:
    """The points go to applicant and committee."""
    workshop, form = _hall(dialogue), PressForm()
    with form.catching(), transaction():
        acts.release_points(workshop, by=by_staff())
    return _after(dialogue, form, gettext("The points have been sent to the applicant and the committee."))


@bp.post("/send")
@requires(Action.WRITE_PANEL_RECORD)
def send(dialogue: Dialogue) -> ResponseReturnValue:
    """The report goes to the committee alone."""
    workshop, form = _hall(dialogue), PressForm()
    with form.catching(), transaction():
        acts.send_report(workshop, by=by_staff())
    return _after(dialogue, form, gettext("The report has been sent to the committee, and to nobody else."))


@bp.post("/notes")
@requires(Action.WRITE_PANEL_RECORD)
def note(dialogue: Dialogue) -> ResponseReturnValue:
    """What a table said."""
    workshop, form = _hall(dialogue), NoteForm()
    if form.validate():
        with form.catching(), transaction():
            prompt = Prompt(form.prompt.data) if form.prompt.data else None
            acts.write_note(workshop, form.text.data or "", prompt, form.where_said.data or "", by=by_staff())
    if form.is_refused:
        return _desk(dialogue, workshop, note_form=form), 422
    return redirect(url_for(".desk", dialogue_id=dialogue.public_id, _anchor="notes"), 303)


@bp.post("/notes/<uuid:workshop_note_id>/remove")
@requires(Action.WRITE_PANEL_RECORD)
def remove_note(dialogue: Dialogue, workshop_note_id: uuid.UUID) -> ResponseReturnValue:
    """A note goes."""
    workshop = _hall(dialogue)
    row = find_note(workshop, workshop_note_id) or abort(404)
    with transaction():
        acts.remove_note(workshop, row, by=by_staff())
    return redirect(url_for(".desk", dialogue_id=dialogue.public_id, _anchor="notes"), 303)


@bp.get("/points/new")
@requires(Action.WRITE_PANEL_RECORD)
def new_point(dialogue: Dialogue) -> ResponseReturnValue:
    """An empty point."""
    return _point_page(dialogue, _hall(dialogue), None, PointForm(formdata=None))


@bp.post("/points/new")
@requires(Action.WRITE_PANEL_RECORD)
def create_point(dialogue: Dialogue) -> ResponseReturnValue:
    """Keeps it under the next number."""
    workshop, form = _hall(dialogue), PointForm()
    if form.validate():
        with form.catching(), transaction():
            point = acts.write_point(workshop, form.words(), by=by_staff())
    if form.is_refused:
        return _point_page(dialogue, workshop, None, form), 422
    return redirect(url_for(".point", dialogue_id=dialogue.public_id, panel_point_id=point.public_id), 303)


@bp.get("/points/<uuid:panel_point_id>")
@requires(Action.WRITE_PANEL_RECORD)
def point(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """A point: its words, what the panel said of them, where it comes from."""
    workshop = _hall(dialogue)
    row = _point(workshop, panel_point_id)
    words = row.current
    data = {
        "text": words.text, "strength": words.strength.value, "dissent": words.dissent, "prompts": words.prompts,
        "based_on": words.number,
    }  # fmt: skip
    return _point_page(dialogue, workshop, row, PointForm(formdata=None, data=data))


@bp.post("/points/<uuid:panel_point_id>")
@requires(Action.WRITE_PANEL_RECORD)
def save_point(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """Other words; the panel checks them again."""
    workshop, form = _hall(dialogue), PointForm()
    row = _point(workshop, panel_point_id)
    if form.validate():
        with form.catching(), transaction():
            acts.reword_point(row, form.words(), based_on=form.based_on.data or 0, by=by_staff())
    if form.is_refused:
        return _point_page(dialogue, workshop, row, form), 422
    flash(gettext("Saved. The panel checks these words again."))
    return redirect(url_for(".point", dialogue_id=dialogue.public_id, panel_point_id=row.public_id), 303)


@bp.post("/points/<uuid:panel_point_id>/remove")
@requires(Action.WRITE_PANEL_RECORD)
def remove_point(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """A point goes before the release."""
    row, form = _point(_hall(dialogue), panel_point_id), PressForm()
    with form.catching(), transaction():
        acts.remove_point(row, by=by_staff())
    return _after(dialogue, form, gettext("The point is taken out."))


@bp.post("/points/<uuid:panel_point_id>/sources")
@requires(Action.WRITE_PANEL_RECORD)
def cite(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """Where the point comes from."""
    workshop, form, press = _hall(dialogue), SourcesForm(), PressForm()
    row = _point(workshop, panel_point_id)
    chosen = _sources(workshop, form.sources.data or [])
    with press.catching(), transaction():
        acts.cite(row, chosen, by=by_staff())
    if press.is_refused:
        return _desk(dialogue, workshop, refused=press), 422
    flash(gettext("Saved."))
    return redirect(url_for(".point", dialogue_id=dialogue.public_id, panel_point_id=row.public_id), 303)


@bp.post("/checks/<uuid:panel_check_id>/keep")
@requires(Action.WRITE_PANEL_RECORD)
def keep(dialogue: Dialogue, panel_check_id: uuid.UUID) -> ResponseReturnValue:
    """An objection stands as dissent."""
    workshop, form = _hall(dialogue), PressForm()
    check = find_point_check(workshop, panel_check_id) or find_report_check(workshop, panel_check_id) or abort(404)
    with form.catching(), transaction():
        acts.keep_as_dissent(workshop, check, by=by_staff())
    return _after(dialogue, form, gettext("It stands as dissent beside the words."))


@bp.get("/report")
@requires(Action.WRITE_PANEL_RECORD)
def report(dialogue: Dialogue) -> ResponseReturnValue:
    """The report to write on."""
    workshop = _hall(dialogue)
    newest = current_report(workshop)
    data = {"text": newest.text, "based_on": newest.number} if newest else None
    return _report_page(dialogue, workshop, ReportForm(formdata=None, data=data))


@bp.post("/report")
@requires(Action.WRITE_PANEL_RECORD)
def save_report(dialogue: Dialogue) -> ResponseReturnValue:
    """One more version of it."""
    workshop, form = _hall(dialogue), ReportForm()
    if form.validate():
        with form.catching(), transaction():
            text, note = form.text.data or "", form.change_note.data or ""
            acts.write_report(workshop, text, based_on=form.based_on.data or 0, change_note=note, by=by_staff())
    if form.is_refused:
        return _report_page(dialogue, workshop, form), 422
    flash(gettext("Saved. The panel checks these words again."))
    return redirect(url_for(".report", dialogue_id=dialogue.public_id), 303)


def _hall(dialogue: Dialogue) -> AssessmentWorkshop:
    return workshop_of(dialogue) or abort(404)


def _point(workshop: AssessmentWorkshop, panel_point_id: uuid.UUID) -> PanelPoint:
    return find_point(workshop, panel_point_id) or abort(404)


def _sources(workshop: AssessmentWorkshop, chosen: list[str]) -> list[PanelPointSource]:
    """Rows for what was ticked; what is not of this workshop is left out."""
    statements, comments, notes = words_to_cite(workshop)
    known = {
        **{f"statement:{one.public_id}": {"statement_id": one.id} for one in statements},
        **{f"comment:{one.public_id}": {"comment_id": one.id} for one in comments},
        **{f"note:{one.public_id}": {"note_id": one.id} for one in notes},
    }
    return [PanelPointSource(**known[one]) for one in dict.fromkeys(chosen) if one in known]


def _after(dialogue: Dialogue, form: Form, said: str) -> ResponseReturnValue:
    if form.is_refused:
        return _desk(dialogue, _hall(dialogue), refused=form), 422
    flash(said)
    return redirect(url_for(".desk", dialogue_id=dialogue.public_id), 303)


def _desk(
    dialogue: Dialogue, workshop: AssessmentWorkshop, *, note_form: NoteForm | None = None, refused: Form | None = None
) -> str:
    now = utcnow()
    rows = point_rows(workshop, now)
    return render_template(
        "rapporteur/desk.html",
        dialogue=dialogue,
        workshop=workshop,
        rows=rows,
        report=report_row(workshop, now),
        panel=panel_size(workshop),
        needed=needed(panel_size(workshop)),
        is_over=workshop.checks_due_at is not None and now >= workshop.checks_due_at,
        notes=notes_of(workshop),
        note_form=note_form or NoteForm(formdata=None),
        guide=material_body(workshop, "rapporteur-guide"),
        refused=refused or note_form,
        panel_words=panel_labels,
        limit=NOTE_LIMIT,
    )


def _point_page(dialogue: Dialogue, workshop: AssessmentWorkshop, point: PanelPoint | None, form: PointForm) -> str:
    statements, comments, notes = words_to_cite(workshop)
    row = next((one for one in point_rows(workshop, utcnow()) if one.point is point), None)
    return render_template(
        "rapporteur/point.html",
        dialogue=dialogue,
        workshop=workshop,
        point=point,
        row=row,
        form=form,
        sources=source_lines(point.sources) if point else [],
        cited={key for one in point.sources for key in _keys(one)} if point else set(),
        statements=statements,
        comments=comments,
        notes=notes,
        panel_words=panel_labels,
        limit=POINT_LIMIT,
        dissent_limit=DISSENT_LIMIT,
    )


def _keys(source: PanelPointSource) -> list[str]:
    named = {"statement": source.statement, "comment": source.comment, "note": source.note}
    return [f"{kind}:{one.public_id}" for kind, one in named.items() if one is not None]


def _report_page(dialogue: Dialogue, workshop: AssessmentWorkshop, form: ReportForm) -> str:
    return render_template(
        "rapporteur/report.html",
        dialogue=dialogue,
        workshop=workshop,
        row=report_row(workshop, utcnow()),
        form=form,
        panel_words=panel_labels,
        limit=REPORT_LIMIT,
    )
