"""Recording a meeting: interests first, then who was there, notes on each part, and actions."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here, requires
from app.db import transaction, utcnow
from app.exports import oversight_words
from app.forms import meeting_labels
from app.forms.base import Form
from app.forms.meetings import (
    ActionForm,
    AttendanceForm,
    DeclareForm,
    NotesForm,
    attendance_form,
    notes_form,
)
from app.forms.moderation import id_of
from app.models.dialogues import Dialogue
from app.models.meetings import OversightMeeting
from app.models.oversight import OversightMember
from app.queries.meetings import record_of
from app.queries.minutes import newest_row
from app.queries.oversight import find_member, members_here
from app.services import meeting_records as acts
from app.services.oversight_actions import add_action
from app.views.oversight_here import meeting_here, member_here, today_in
from deliberation.meetings import DECLARATION_LIMIT, NOTE_LIMIT, is_overdue

bp = Blueprint("meeting_records", __name__)


@bp.get("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/declare")
@requires(Action.DECLARE_AT_MEETING)
def declare(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """A member's own interests at this meeting."""
    meeting = meeting_here(dialogue, meeting_id)
    return _declare_page(meeting, member_here(meeting.group))


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/declare")
@requires(Action.DECLARE_AT_MEETING)
def save_declaration(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps them."""
    meeting = meeting_here(dialogue, meeting_id)
    return _declare(dialogue, meeting, member_here(meeting.group), own=True)


@bp.get("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/declare/<uuid:member_id>")
@requires(Action.RUN_MEETINGS)
def declare_for(dialogue: Dialogue, meeting_id: uuid.UUID, member_id: uuid.UUID) -> ResponseReturnValue:
    """What somebody said at the meeting, entered by whoever keeps the record."""
    meeting = meeting_here(dialogue, meeting_id)
    return _declare_page(meeting, find_member(meeting.group, member_id) or abort(404))


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/declare/<uuid:member_id>")
@requires(Action.RUN_MEETINGS)
def save_declaration_for(dialogue: Dialogue, meeting_id: uuid.UUID, member_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps it."""
    meeting = meeting_here(dialogue, meeting_id)
    return _declare(dialogue, meeting, find_member(meeting.group, member_id) or abort(404), own=False)


@bp.get("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/record")
@requires(Action.RUN_MEETINGS)
def show(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The table of whoever keeps the record, from interests to actions."""
    return _page(dialogue, meeting_here(dialogue, meeting_id))


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/record/attendance")
@requires(Action.RUN_MEETINGS)
def attendance(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Who was there."""
    meeting = meeting_here(dialogue, meeting_id)
    record = record_of(meeting)
    form = attendance_form(record, bound=True)
    if form.validate():
        wanted = form.wanted(record)
        with form.catching(), transaction():
            acts.record_attendance(meeting, wanted, by=by_staff())
    return _done(dialogue, meeting, form, "notes", attendance=form)


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/record/notes")
@requires(Action.RUN_MEETINGS)
def notes(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """What was said on each part."""
    meeting = meeting_here(dialogue, meeting_id)
    form = notes_form(meeting.items, bound=True)
    if form.validate():
        with form.catching(), transaction():
            acts.write_notes(meeting, form.notes(meeting.items), by=by_staff())
    return _done(dialogue, meeting, form, "actions", notes=form)


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/record/action")
@requires(Action.RUN_MEETINGS)
def add(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """One more action."""
    meeting = meeting_here(dialogue, meeting_id)
    form = ActionForm().offer(members_here(meeting.group))
    if form.validate():
        member_id = id_of(form.member.data)
        with form.catching(), transaction():
            add_action(
                meeting.group, text=form.text.data or "", owner=form.owner.data or "", due_on=form.due_on.data,
                member=find_member(meeting.group, member_id) if member_id else None, meeting=meeting, by=by_staff(),
            )  # fmt: skip
    return _done(dialogue, meeting, form, "actions", action=form)


def _declare(
    dialogue: Dialogue, meeting: OversightMeeting, member: OversightMember | None, *, own: bool
) -> ResponseReturnValue:
    form = DeclareForm().offer(meeting.items)
    if form.validate():
        with form.catching(), transaction():
            acts.declare(meeting, member, form.text.data or "", form.chosen(meeting), by=by_staff())
    if form.is_refused:
        return _declare_page(meeting, member, form), 422
    flash(gettext("The declaration is recorded."), "good")
    endpoint = "meetings.show" if own else ".show"
    here = {"dialogue_id": dialogue.public_id, "meeting_id": meeting.public_id}
    return redirect(url_for(endpoint, **here), 303)  # type: ignore[arg-type]


def _done(
    dialogue: Dialogue,
    meeting: OversightMeeting,
    form: Form,
    anchor: str,
    attendance: AttendanceForm | None = None,
    notes: NotesForm | None = None,
    action: ActionForm | None = None,
) -> ResponseReturnValue:
    if form.is_refused:
        return _page(dialogue, meeting, form, attendance, notes, action), 422
    flash(gettext("Saved."))
    address = url_for(".show", dialogue_id=dialogue.public_id, meeting_id=meeting.public_id)
    return redirect(f"{address}#{anchor}", 303)


def _declare_page(meeting: OversightMeeting, member: OversightMember | None, form: DeclareForm | None = None) -> str:
    row = next((one for one in meeting.declarations if member is not None and one.member_id == member.id), None)
    chosen = {one.item_id for one in row.conflicts} if row else set()
    present = {
        "text": row.text if row else "",
        "items": [str(one.public_id) for one in meeting.items if one.id in chosen],
    }
    return render_template(
        "meetings/declare.html",
        meeting=meeting,
        member=member,
        row=row,
        form=form or DeclareForm(formdata=None, data=present).offer(meeting.items),
        limit=DECLARATION_LIMIT,
        runs=may_here(Action.RUN_MEETINGS),
    )


def _page(
    dialogue: Dialogue,
    meeting: OversightMeeting,
    refused: Form | None = None,
    attendance: AttendanceForm | None = None,
    notes: NotesForm | None = None,
    action: ActionForm | None = None,
) -> str:
    record = record_of(meeting)
    return render_template(
        "meetings/record.html",
        meeting=meeting,
        record=record,
        refused=refused,
        attendance=attendance or attendance_form(record, bound=False),
        notes=notes or notes_form(meeting.items, bound=False),
        action=action or ActionForm(formdata=None).offer(members_here(meeting.group)),
        minutes=newest_row(meeting, utcnow()),
        labels=meeting_labels,
        words=oversight_words,
        limit=NOTE_LIMIT,
        today=today_in(dialogue),
        is_overdue=is_overdue,
    )
