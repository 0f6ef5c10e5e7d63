"""After the release: the points with their answers, the team's answers and own notes, the report for the committee."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here
from app.db import transaction
from app.forms import panel_labels
from app.forms.panel import AnswerForm, OwnNotesForm
from app.models.access_applications import AccessApplication
from app.models.panel import ApplicantNotes
from app.models.workshops import AssessmentWorkshop
from app.queries.assessment_facts import person_of
from app.queries.committee import is_recused
from app.queries.panel import sent_report, source_lines
from app.queries.panel_answers import (
    AnsweredPoint,
    answered_points,
    newest_addendum,
    newest_notes,
    places_of,
    review_counts,
)
from app.queries.workshops import workshop_for
from app.services import panel_answers as acts
from app.views.access_guard import here, requires_application
from app.views.access_pages import frame
from deliberation.assessment import ApplicationState
from deliberation.panel import NOTE_LIMIT, REPORT_LIMIT, ChangeKind

bp = Blueprint("panel_answers", __name__, url_prefix="/d/<uuid:dialogue_id>/access/<uuid:application_id>")


@bp.get("/points")
@requires_application(Action.SEE_WORKSHOP)
def index(application: AccessApplication) -> ResponseReturnValue:
    """Every released point with its answer and, after the review, what the panel says of it."""
    workshop = workshop_for(application)
    is_team = may_here(Action.ANSWER_PANEL)
    lines = answered_points(workshop, with_live=_is_writing(application)) if workshop and is_team else []
    if workshop and not is_team:
        lines = _handed_in(application, answered_points(workshop))
    return render_template(
        "panel_answers/index.html",
        **frame(application),
        workshop=workshop,
        lines=lines,
        sources={one.released.number: source_lines(one.released.point.sources) for one in lines},
        reviews=review_counts(workshop) if workshop and newest_addendum(workshop) else {},
        reads_words=may_here(Action.READ_PANEL_REPORT) or may_here(Action.PLAN_WORKSHOP),
        addendum=newest_addendum(workshop) if workshop else None,
        panel_words=panel_labels,
        may_answer=is_team and application.state is ApplicationState.SYNTHESIS,
    )


@bp.get("/points/<uuid:panel_point_id>/answer")
@requires_application(Action.ANSWER_PANEL, team=True)
def answer_page(application: AccessApplication, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """One point, and what the team did about it."""
    line = _line(application, panel_point_id)
    given = line.answer
    data = {"kind": given.kind.value, "place": given.place, "words": given.words} if given else None
    return _answer_page(application, line, AnswerForm(formdata=None, data=data))


@bp.post("/points/<uuid:panel_point_id>/answer")
@requires_application(Action.ANSWER_PANEL, team=True)
def answer(application: AccessApplication, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the answer, then goes on to the next point without one."""
    line, form = _line(application, panel_point_id), AnswerForm()
    form.offer(places_of(application))
    if form.validate():
        with form.catching(), transaction():
            kind, words = ChangeKind(form.kind.data), form.words.data or ""
            acts.answer_point(line.released.point, kind, place=form.place.data or "", words=words, by=by_staff())
    if form.is_refused:
        return _answer_page(application, line, form), 422
    flash(gettext("Your answer to P%(number)s is kept.", number=line.released.number))
    return redirect(url_for(".index", **here(application)), 303)


@bp.get("/notes")
@requires_application(Action.ANSWER_PANEL, team=True)
def notes(application: AccessApplication) -> ResponseReturnValue:
    """The team's own notes of the workshop."""
    newest = newest_notes(_hall(application))
    data = {"text": newest.text, "based_on": newest.number} if newest else None
    return _notes_page(application, newest, OwnNotesForm(formdata=None, data=data))


@bp.post("/notes")
@requires_application(Action.ANSWER_PANEL, team=True)
def save_notes(application: AccessApplication) -> ResponseReturnValue:
    """One more version of them."""
    workshop, form = _hall(application), OwnNotesForm()
    if form.validate():
        with form.catching(), transaction():
            acts.write_own_notes(workshop, form.text.data or "", based_on=form.based_on.data or 0, by=by_staff())
    if form.is_refused:
        return _notes_page(application, newest_notes(workshop), form), 422
    flash(gettext("Saved."))
    return redirect(url_for(".notes", **here(application)), 303)


@bp.get("/report")
@requires_application(Action.READ_PANEL_REPORT)
def report(application: AccessApplication) -> ResponseReturnValue:
    """The rapporteur's report beside the applicant's own notes: for the committee alone, once it was sent."""
    if person_of(application, by_staff()) is not None:
        abort(404)
    if is_recused(application, by_staff()):
        abort(403)
    workshop = _hall(application)
    sent = sent_report(workshop) or abort(404)
    return render_template(
        "panel_answers/report.html",
        **frame(application),
        workshop=workshop,
        report=sent,
        notes=newest_notes(workshop),
    )


def _hall(application: AccessApplication) -> AssessmentWorkshop:
    return workshop_for(application) or abort(404)


def _is_writing(application: AccessApplication) -> bool:
    return application.state is ApplicationState.SYNTHESIS


def _handed_in(application: AccessApplication, lines: list[AnsweredPoint]) -> list[AnsweredPoint]:
    """While the team is still writing, nobody else reads its answers."""
    if not _is_writing(application):
        return lines
    return [AnsweredPoint(one.released, None, [], "", None) for one in lines]


def _line(application: AccessApplication, panel_point_id: uuid.UUID) -> AnsweredPoint:
    lines = answered_points(_hall(application), with_live=_is_writing(application))
    return next((one for one in lines if one.released.point.public_id == panel_point_id), None) or abort(404)


def _answer_page(application: AccessApplication, line: AnsweredPoint, form: AnswerForm) -> str:
    return render_template(
        "panel_answers/answer.html",
        **frame(application),
        line=line,
        form=form.offer(places_of(application)),
        sources=source_lines(line.released.point.sources),
        panel_words=panel_labels,
        limit=NOTE_LIMIT,
        may_answer=_is_writing(application),
    )


def _notes_page(application: AccessApplication, newest: ApplicantNotes | None, form: OwnNotesForm) -> str:
    return render_template(
        "panel_answers/notes.html", **frame(application), form=form, own_notes=newest, limit=REPORT_LIMIT
    )
