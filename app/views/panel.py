"""Pages for a panel's members on a phone: check the points, check the report, read the answers. One thing a page."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction, utcnow
from app.forms import panel_labels
from app.forms.panel import CheckForm, ReviewForm, TakeBackForm
from app.models.dialogues import Dialogue
from app.models.panel import PanelPoint
from app.models.workshops import AssessmentWorkshop
from app.queries import panel as found
from app.queries.panel_answers import AnsweredPoint, answered_points, own_review
from app.queries.panel_tasks import find_said, tasks_of
from app.queries.workshops import workshop_of
from app.services import panel as acts
from app.views.stage_pages import shell
from deliberation.differences import differences
from deliberation.panel import NOTE_LIMIT, ReviewVerdict, Verdict

bp = Blueprint("panel", __name__, url_prefix="/d/<uuid:dialogue_id>/panel")


@bp.get("")
@requires(Action.CHECK_PANEL_RECORD)
def home(dialogue: Dialogue) -> ResponseReturnValue:
    """What there is to do for the panel after the workshop, and what was done."""
    workshop, by = _hall(dialogue), by_participant()
    return render_template(
        "panel/home.html",
        **shell(dialogue, None, by, is_preview=False),
        workshop=workshop,
        tasks=tasks_of(workshop, by, utcnow()),
        points=found.points_of(workshop),
        report=found.current_report(workshop),
        panel_words=panel_labels,
        waits=True,
    )


@bp.get("/points/<uuid:panel_point_id>")
@requires(Action.CHECK_PANEL_RECORD)
def point(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """One point to check."""
    row, by = _point(dialogue, panel_point_id), by_participant()
    said = found.own_check(row, by)
    data: dict[str, object] = {"version": row.current.number}
    if said is not None:
        data |= {"verdict": said.verdict.value, "words": said.words}
    return _point_page(dialogue, row, CheckForm(formdata=None, data=data))


@bp.post("/points/<uuid:panel_point_id>")
@requires(Action.CHECK_PANEL_RECORD)
def check(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps what the person says of it, then on to the next."""
    row, form, by = _point(dialogue, panel_point_id), CheckForm(), by_participant()
    if form.validate():
        with form.catching(), transaction():
            verdict, words = Verdict(form.verdict.data), form.words.data or ""
            acts.check_point(row, verdict, words, version=form.version.data or 0, by=by)
    if form.is_refused:
        return _point_page(dialogue, row, form), 422
    left = found.unchecked_points(_hall(dialogue), by)
    if left:
        return redirect(url_for(".point", dialogue_id=dialogue.public_id, panel_point_id=left[0].public_id), 303)
    return _done(dialogue, gettext("Thank you. You have checked every point."))


@bp.get("/report")
@requires(Action.CHECK_PANEL_RECORD)
def report(dialogue: Dialogue) -> ResponseReturnValue:
    """The report to check."""
    newest = found.current_report(_hall(dialogue)) or abort(404)
    said = found.own_report_check(newest, by_participant())
    data: dict[str, object] = {"version": newest.number}
    if said is not None:
        data |= {"verdict": said.verdict.value, "words": said.words}
    return _report_page(dialogue, CheckForm(formdata=None, data=data))


@bp.post("/report")
@requires(Action.CHECK_PANEL_RECORD)
def check_report(dialogue: Dialogue) -> ResponseReturnValue:
    """Keeps what the person says of it."""
    workshop, form = _hall(dialogue), CheckForm()
    newest = found.current_report(workshop) or abort(404)
    if form.validate():
        with form.catching(), transaction():
            verdict, words = Verdict(form.verdict.data), form.words.data or ""
            version = form.version.data or 0
            acts.check_report(workshop, newest, verdict, words, version=version, by=by_participant())
    if form.is_refused:
        return _report_page(dialogue, form), 422
    return _done(dialogue, gettext("Thank you. You have checked the report."))


@bp.get("/answers/<uuid:panel_point_id>")
@requires(Action.CHECK_PANEL_RECORD)
def answer(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """One point, the team's answer, and what changed."""
    line = _line(dialogue, panel_point_id)
    said = own_review(line.released.point, by_participant())
    data = {"verdict": said.verdict.value, "words": said.words} if said else None
    return _answer_page(dialogue, line, ReviewForm(formdata=None, data=data))


@bp.post("/answers/<uuid:panel_point_id>")
@requires(Action.CHECK_PANEL_RECORD)
def review(dialogue: Dialogue, panel_point_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps whether it is an answer, then on to the next."""
    line, form, by = _line(dialogue, panel_point_id), ReviewForm(), by_participant()
    if form.validate():
        with form.catching(), transaction():
            acts.review_answer(line.released.point, ReviewVerdict(form.verdict.data), form.words.data or "", by=by)
    if form.is_refused:
        return _answer_page(dialogue, line, form), 422
    task = next((one for one in tasks_of(_hall(dialogue), by, utcnow()) if one.kind == "answers"), None)
    if task is not None and task.point is not None:
        return redirect(url_for(".answer", dialogue_id=dialogue.public_id, panel_point_id=task.point.public_id), 303)
    return _done(dialogue, gettext("Thank you. You have read every answer."))


@bp.post("/take-back")
@requires(Action.CHECK_PANEL_RECORD)
def take_back(dialogue: Dialogue) -> ResponseReturnValue:
    """What the person said of words or of an answer goes."""
    form, by = TakeBackForm(), by_participant()
    if not form.validate_on_submit() or form.said_id.data is None:
        abort(400)
    said = find_said(by, form.kind.data or "", form.said_id.data) or abort(404)
    with transaction():
        acts.take_back(said, by=by)
    flash(gettext("You have taken it back. Counts that were sent before stay."), "good")
    return redirect(url_for("contributions.index", dialogue_id=dialogue.public_id), 303)


def _hall(dialogue: Dialogue) -> AssessmentWorkshop:
    by_participant()  # an account that holds the role in another dialogue has no panel
    return workshop_of(dialogue) or abort(404)


def _point(dialogue: Dialogue, panel_point_id: uuid.UUID) -> PanelPoint:
    return found.find_point(_hall(dialogue), panel_point_id) or abort(404)


def _line(dialogue: Dialogue, panel_point_id: uuid.UUID) -> AnsweredPoint:
    lines = answered_points(_hall(dialogue))
    return next((one for one in lines if one.released.point.public_id == panel_point_id), None) or abort(404)


def _done(dialogue: Dialogue, said: str) -> ResponseReturnValue:
    flash(said, "good")
    return redirect(url_for("taking_part.next_page", dialogue_id=dialogue.public_id), 303)


def _point_page(dialogue: Dialogue, row: PanelPoint, form: CheckForm) -> str:
    workshop, by = _hall(dialogue), by_participant()
    points = found.points_of(workshop)
    before = found.earlier_check(row, by)
    old = next((one for one in row.versions if before is not None and one.number == before.version), None)
    return render_template(
        "panel/point.html",
        **shell(dialogue, None, by, is_preview=False),
        workshop=workshop,
        point=row,
        words=row.current,
        at=points.index(row) + 1,
        count=len(points),
        sources=found.source_lines(row.sources),
        before=before,
        changed=differences(old.text, row.current.text) if old else [],
        form=form,
        panel_words=panel_labels,
        is_sent=workshop.points_released_at is not None,
        limit=NOTE_LIMIT,
    )


def _report_page(dialogue: Dialogue, form: CheckForm) -> str:
    workshop, by = _hall(dialogue), by_participant()
    newest = found.current_report(workshop) or abort(404)
    return render_template(
        "panel/report.html",
        **shell(dialogue, None, by, is_preview=False),
        workshop=workshop,
        report=newest,
        form=form,
        is_sent=workshop.report_sent_at is not None,
        limit=NOTE_LIMIT,
    )


def _answer_page(dialogue: Dialogue, line: AnsweredPoint, form: ReviewForm) -> str:
    workshop, by = _hall(dialogue), by_participant()
    lines = answered_points(workshop)
    at = [one.released.number for one in lines].index(line.released.number) + 1
    return render_template(
        "panel/answer.html",
        **shell(dialogue, None, by, is_preview=False),
        workshop=workshop,
        line=line,
        at=at,
        count=len(lines),
        form=form,
        panel_words=panel_labels,
        takes_answers=acts.is_review_open(workshop, utcnow()),
        limit=NOTE_LIMIT,
    )
