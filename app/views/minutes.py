"""Minutes of a meeting: drafting, writing, sending round, objections and answers, publishing, the Word file."""

import uuid
from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here, requires
from app.db import transaction, utcnow
from app.exports.minutes_docx import write
from app.exports.sanitise import when
from app.forms import meeting_labels
from app.forms.base import Form
from app.forms.minutes import CirculateForm, DraftForm, MinutesForm, ObjectionAnswerForm, ObjectionForm
from app.forms.times import to_local, to_utc
from app.models.dialogues import Dialogue
from app.models.meetings import OversightMeeting
from app.models.minutes import MinutesVersion
from app.queries.meetings import there_at
from app.queries.minutes import VersionRow, find_objection, find_version, rows_of
from app.services import minutes as acts
from app.views.oversight_here import meeting_here, member_here
from deliberation.minutes import LEAST_TIME, OBJECTION_LIMIT

bp = Blueprint("minutes", __name__)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_AT = "/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/minutes"


@bp.get(_AT)
@requires(Action.SEE_MEETINGS)
def show(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The newest version one may read, how it stands, objections, and what can be done."""
    return _page(dialogue, meeting_here(dialogue, meeting_id))


@bp.get(f"{_AT}/<uuid:minutes_version_id>")
@requires(Action.SEE_MEETINGS)
def version(dialogue: Dialogue, meeting_id: uuid.UUID, minutes_version_id: uuid.UUID) -> ResponseReturnValue:
    """One version, perhaps an earlier one."""
    meeting = meeting_here(dialogue, meeting_id)
    return _page(dialogue, meeting, at=_row(meeting, minutes_version_id))


@bp.get(f"{_AT}/<uuid:minutes_version_id>/file.docx")
@requires(Action.SEE_MEETINGS)
def docx(dialogue: Dialogue, meeting_id: uuid.UUID, minutes_version_id: uuid.UUID) -> ResponseReturnValue:
    """One version as a Word file."""
    row = _row(meeting_here(dialogue, meeting_id), minutes_version_id)
    return word_file(dialogue, row.version, str(meeting_labels.MINUTES_STATES[row.state]))


@bp.post(f"{_AT}/draft")
@requires(Action.RUN_MEETINGS)
def draft(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The program drafts them from what was recorded."""
    meeting, form = meeting_here(dialogue, meeting_id), DraftForm()
    if form.validate():
        with form.catching(), transaction():
            acts.draft_minutes(meeting, note=form.note.data or "", by=by_staff())
    return _done(dialogue, meeting, form, gettext("The draft is there. Read it, and change what is not right."))


@bp.post(f"{_AT}/write")
@requires(Action.RUN_MEETINGS)
def save(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """A new version in a person's words."""
    meeting, form = meeting_here(dialogue, meeting_id), MinutesForm()
    if form.validate():
        with form.catching(), transaction():
            acts.write_minutes(meeting, form.text.data or "", note=form.note.data or "", by=by_staff())
    return _done(dialogue, meeting, form, gettext("Saved as a new version."))


@bp.post(f"{_AT}/circulate")
@requires(Action.RUN_MEETINGS)
def circulate(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Puts the newest version before the members, with a date."""
    meeting, form = meeting_here(dialogue, meeting_id), CirculateForm()
    if form.validate():
        clear_by = to_utc(form.clear_by.data, dialogue.timezone) or abort(422)
        with form.catching(), transaction():
            acts.circulate(meeting, clear_by, by=by_staff())
    return _done(dialogue, meeting, form, gettext("Members can read these minutes now, and object until the date."))


@bp.post(f"{_AT}/object")
@requires(Action.OBJECT_TO_MINUTES)
def object_to(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """A member objects; the minutes are held back."""
    meeting, form = meeting_here(dialogue, meeting_id), ObjectionForm()
    member = member_here(meeting.group)
    if form.validate():
        with form.catching(), transaction():
            acts.object_to(meeting, member, form.text.data or "", by=by_staff())
    return _done(dialogue, meeting, form, gettext("Your objection holds these minutes back until it is answered."))


@bp.post(f"{_AT}/objections/<uuid:objection_id>")
@requires(Action.RUN_MEETINGS)
def answer(dialogue: Dialogue, meeting_id: uuid.UUID, objection_id: uuid.UUID) -> ResponseReturnValue:
    """Answers an objection."""
    meeting, form = meeting_here(dialogue, meeting_id), ObjectionAnswerForm()
    row = find_objection(meeting, objection_id) or abort(404)
    if form.validate():
        with form.catching(), transaction():
            acts.answer_objection(row, form.answer.data or "", by=by_staff())
    return _done(dialogue, meeting, form, gettext("The answer is there."), answering=row.id)


@bp.post(f"{_AT}/publish")
@requires(Action.RUN_MEETINGS)
def publish(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Publishes cleared minutes."""
    meeting, form = meeting_here(dialogue, meeting_id), Form()
    with form.catching(), transaction():
        acts.publish_minutes(meeting, by=by_staff())
    return _done(dialogue, meeting, form, gettext("The minutes are published. These words stay as they are."))


def word_file(dialogue: Dialogue, version: MinutesVersion, how: str) -> Response:
    """The Word file of a version; `how` it stands is said at the top of each page."""
    meeting = version.meeting
    day = when(meeting.starts_at, dialogue.timezone, "d MMMM y")
    title = gettext("Minutes of meeting %(number)s, %(day)s", number=meeting.number, day=day)
    note = gettext("%(title)s · version %(version)s · %(how)s", title=title, version=version.number, how=how)
    data = write(
        version.text, title=title, author=dialogue.organiser, note=note, is_synthetic=dialogue.is_synthetic
    )
    name = f"{'synthetic-' if dialogue.is_synthetic else ''}minutes-{meeting.number}-v{version.number}.docx"
    return Response(
        data, content_type=WORD, headers={"Content-Disposition": f"attachment; filename={name}"}
    )


def _row(meeting: OversightMeeting, minutes_version_id: uuid.UUID) -> VersionRow:
    """A version that whoever is here may read: a draft is for those who write it."""
    found = find_version(meeting, minutes_version_id) or abort(404)
    return next((one for one in _readable(meeting) if one.version.id == found.id), None) or abort(404)


def _readable(meeting: OversightMeeting) -> list[VersionRow]:
    rows = rows_of(meeting, utcnow())
    return rows if may_here(Action.RUN_MEETINGS) else [one for one in rows if one.version.circulated_at is not None]


def _done(
    dialogue: Dialogue, meeting: OversightMeeting, form: Form, said: str, answering: int = 0
) -> ResponseReturnValue:
    if form.is_refused:
        return _page(dialogue, meeting, refused=form, answering=answering), 422
    flash(said, "good")
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, meeting_id=meeting.public_id), 303)


def _page(
    dialogue: Dialogue,
    meeting: OversightMeeting,
    at: VersionRow | None = None,
    refused: Form | None = None,
    answering: int = 0,
) -> str:
    rows = _readable(meeting)
    newest = rows[0] if rows else None
    row = at or newest
    text = {"text": newest.version.text if newest else ""}

    def form_of(kind: type[Form], **data: object) -> Form:
        return refused if isinstance(refused, kind) else kind(formdata=None, data=data)

    return render_template(
        "minutes/show.html",
        meeting=meeting,
        rows=rows,
        row=row,
        newest=newest,
        is_newest=row is newest,
        refused=refused,
        answering=answering,
        draft=form_of(DraftForm),
        writing=form_of(MinutesForm, **text),
        circulating=form_of(CirculateForm, clear_by=_by_default(dialogue, meeting)),
        objecting=form_of(ObjectionForm),
        answer=form_of(ObjectionAnswerForm),
        me=member_here(meeting.group),
        there=len(there_at(meeting)),
        was_published=any(one.version.published_at is not None for one in rows),
        labels=meeting_labels,
        limit=OBJECTION_LIMIT,
    )


def _by_default(dialogue: Dialogue, meeting: OversightMeeting) -> datetime | None:
    """The date of clearance that the form offers: as many days as the group gives, and never too few."""
    days = max(timedelta(days=meeting.group.clearance_days), LEAST_TIME) + timedelta(hours=1)
    return to_local(utcnow() + days, dialogue.timezone)
