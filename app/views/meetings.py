"""Meetings of the Oversight Group: the list, one meeting as everybody reads it, planning it and its agenda."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here, requires
from app.db import transaction, utcnow
from app.exports import oversight_words
from app.forms import meeting_labels
from app.forms.meetings import ItemForm, MeetingForm
from app.forms.moderation import id_of
from app.forms.sessions import ShiftForm
from app.forms.times import to_local
from app.models.dialogues import Dialogue
from app.models.meetings import AgendaItem, OversightMeeting
from app.queries import meetings as reads
from app.queries.minutes import newest_row
from app.queries.oversight import group_of
from app.queries.packs import packs_of
from app.services import meetings as acts
from app.views.oversight_here import group_here, meeting_here, member_here, today_in
from deliberation.meetings import is_overdue

bp = Blueprint("meetings", __name__)


@bp.get("/d/<uuid:dialogue_id>/oversight/meetings")
@requires(Action.SEE_MEETINGS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """What is ahead, what was held and how its minutes stand, and open actions."""
    group = group_of(dialogue)
    rows = [(reads.record_of(one), newest_row(one, utcnow())) for one in reads.meetings_of(group)] if group else []
    return render_template(
        "meetings/index.html",
        group=group,
        rows=rows,
        actions=[one for one in reads.actions_of(group) if one.done_at is None] if group else [],
        today=today_in(dialogue),
        is_overdue=is_overdue,
        words=oversight_words,
        labels=meeting_labels,
        now=utcnow(),
    )


@bp.get("/d/<uuid:dialogue_id>/oversight/meetings/new")
@requires(Action.RUN_MEETINGS)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """When and where."""
    return _edit_page(None, MeetingForm(formdata=None), group=group_here(dialogue))


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/new")
@requires(Action.RUN_MEETINGS)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Plans a meeting."""
    group, form = group_here(dialogue), MeetingForm()
    if form.validate():
        with form.catching(), transaction():
            meeting = acts.add_meeting(group, by=by_staff(), **form.values(dialogue.timezone))
            address = _address(dialogue, meeting)
        if not form.is_refused:
            flash(gettext("The meeting is planned. Its agenda begins with declarations and reflection."), "good")
            return redirect(address, 303)
    return _edit_page(None, form, group=group), 422


@bp.get("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>")
@requires(Action.SEE_MEETINGS)
def show(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """One meeting: agenda, interests, attendance, notes, actions."""
    return _page(dialogue, meeting_here(dialogue, meeting_id))


@bp.get("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/edit")
@requires(Action.RUN_MEETINGS)
def edit(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """When and where, to be changed."""
    meeting = meeting_here(dialogue, meeting_id)
    form = MeetingForm(formdata=None, obj=meeting)
    form.starts_at.data = to_local(meeting.starts_at, dialogue.timezone)
    return _edit_page(meeting, form)


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/edit")
@requires(Action.RUN_MEETINGS)
def save(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    meeting, form = meeting_here(dialogue, meeting_id), MeetingForm()
    if form.validate():
        with form.catching(), transaction():
            acts.edit_meeting(meeting, by=by_staff(), **form.values(dialogue.timezone))
    if form.is_refused:
        return _edit_page(meeting, form), 422
    flash(gettext("Saved."))
    return redirect(_address(dialogue, meeting), 303)


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/call-off")
@requires(Action.RUN_MEETINGS)
def call_off(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """It does not take place, or does after all."""
    meeting, form = meeting_here(dialogue, meeting_id), ShiftForm()
    with form.catching(), transaction():
        acts.call_off(meeting, by=by_staff())
    return _done(dialogue, meeting, form)


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/agenda")
@requires(Action.RUN_MEETINGS)
def add_item(dialogue: Dialogue, meeting_id: uuid.UUID) -> ResponseReturnValue:
    """One more part of the agenda, perhaps about a gate."""
    meeting = meeting_here(dialogue, meeting_id)
    gates = reads.gates_of(meeting.group)
    form = ItemForm().offer(gates)
    if form.validate():
        gate_id = id_of(form.gate.data)
        gate = next((one for one in gates if one.public_id == gate_id), None)
        with form.catching(), transaction():
            acts.add_item(meeting, title=form.title.data or "", gate=gate, by=by_staff())
    return _done(dialogue, meeting, form, adding=form)


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/agenda/<uuid:agenda_item_id>/move")
@requires(Action.RUN_MEETINGS)
def move_item(dialogue: Dialogue, meeting_id: uuid.UUID, agenda_item_id: uuid.UUID) -> ResponseReturnValue:
    """One place up or down."""
    meeting, form = meeting_here(dialogue, meeting_id), ShiftForm()
    item = _item(meeting, agenda_item_id)
    with form.catching(), transaction():
        acts.move_item(item, form.wanted(), by=by_staff())
    return _done(dialogue, meeting, form)


@bp.post("/d/<uuid:dialogue_id>/oversight/meetings/<uuid:meeting_id>/agenda/<uuid:agenda_item_id>/remove")
@requires(Action.RUN_MEETINGS)
def remove_item(dialogue: Dialogue, meeting_id: uuid.UUID, agenda_item_id: uuid.UUID) -> ResponseReturnValue:
    """Takes it off the agenda."""
    meeting, form = meeting_here(dialogue, meeting_id), ShiftForm()
    item = _item(meeting, agenda_item_id)
    with form.catching(), transaction():
        acts.remove_item(item, by=by_staff())
    return _done(dialogue, meeting, form)


def _item(meeting: OversightMeeting, public_id: uuid.UUID) -> AgendaItem:
    return reads.find_item(meeting, public_id) or abort(404)


def _address(dialogue: Dialogue, meeting: OversightMeeting) -> str:
    return url_for("meetings.show", dialogue_id=dialogue.public_id, meeting_id=meeting.public_id)


def _done(
    dialogue: Dialogue, meeting: OversightMeeting, form: ItemForm | ShiftForm, adding: ItemForm | None = None
) -> ResponseReturnValue:
    if form.is_refused:
        return _page(dialogue, meeting, refused=form, adding=adding), 409
    return redirect(_address(dialogue, meeting) + "#agenda", 303)


def _edit_page(meeting: OversightMeeting | None, form: MeetingForm, group: object = None) -> str:
    group = meeting.group if meeting is not None else group
    return render_template("meetings/edit.html", meeting=meeting, form=form, group=group)


def _page(
    dialogue: Dialogue,
    meeting: OversightMeeting,
    refused: ItemForm | ShiftForm | None = None,
    adding: ItemForm | None = None,
) -> str:
    record, row = reads.record_of(meeting), newest_row(meeting, utcnow())
    runs = may_here(Action.RUN_MEETINGS)
    return render_template(
        "meetings/show.html",
        record=record,
        meeting=meeting,
        minutes=row if row is not None and (runs or row.version.circulated_at is not None) else None,
        packs=[one for one in packs_of(meeting.group, drafts=False) if one.meets_on == record.day],
        me=member_here(meeting.group),
        refused=refused,
        adding=adding or ItemForm(formdata=None).offer(reads.gates_of(meeting.group)),
        runs=runs,
        words=oversight_words,
        labels=meeting_labels,
        today=today_in(dialogue),
        is_overdue=is_overdue,
        is_ahead=meeting.starts_at > utcnow(),
    )
