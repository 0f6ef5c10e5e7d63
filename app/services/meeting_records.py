"""Recording a meeting of the Oversight Group: interests first, then who was there, then what was said."""

from collections.abc import Collection, Iterable

from app.db import db, utcnow
from app.models.meetings import (
    AgendaItem,
    MeetingAttendance,
    MeetingConflict,
    MeetingDeclaration,
    OversightMeeting,
)
from app.models.oversight import OversightMember
from app.models.people import Account
from app.queries.meetings import day_of, seats_of, there_at, zone_of
from app.services.recording import record
from deliberation.comments import tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.meetings import (
    DECLARATION_LIMIT,
    NOTE_LIMIT,
    THERE,
    AgendaKind,
    Attended,
    check_attendance,
    check_record,
    sits_on,
)


def declare(
    meeting: OversightMeeting,
    member: OversightMember | None,
    text: str,
    items: Iterable[AgendaItem] = (),
    *,
    by: Account,
) -> MeetingDeclaration:
    """A member's interests at this meeting, beside those that stand, and the parts they step out of.

    No words and no parts say "nothing to add". Saying it again replaces what was said.

    Raises:
        RuleError: `not_a_member`, `not_member_then`, `words_too_long`, `conflict_without_words`, `meeting_called_off`;
            `declarations_item` for stepping out of the declarations themselves.
    """
    chosen = list(items)
    if member is None or member.group_id != meeting.group_id:
        raise RuleError("not_a_member")
    _check_not_called_off(meeting)
    if not sits_on(seats_of(meeting.group)[member.id], day_of(meeting, zone_of(meeting.group))):
        raise RuleError("not_member_then", who=member.name)
    words = _short_enough(text, DECLARATION_LIMIT)
    if chosen and not words:
        raise RuleError("conflict_without_words")
    if any(one.kind is AgendaKind.DECLARATIONS for one in chosen):
        raise RuleError("declarations_item")
    row = next((one for one in meeting.declarations if one.member_id == member.id), None)
    if row is None:
        row = MeetingDeclaration(member=member)
        meeting.declarations.append(row)
    row.text, row.declared_at, row.declared_by_id = words, utcnow(), by.id
    row.conflicts = []
    db.session.flush()
    row.conflicts = [MeetingConflict(item_id=one.id) for one in chosen]
    db.session.flush()
    facts = {"number": meeting.number, "what": "interest" if words else "nothing_to_add", "count": len(chosen)}
    record(
        EventKind.OVERSIGHT_INTEREST_DECLARED,
        by=by,
        dialogue_id=meeting.group.dialogue_id,
        about=meeting,
        facts=facts,
    )
    return row


def record_attendance(meeting: OversightMeeting, wanted: Collection[Attended], *, by: Account) -> None:
    """Who was there, as which; replaces what was recorded before.

    Raises:
        RuleError: what `check_attendance` raises, with `who` for the member's name; `meeting_called_off`;
            `meeting_ahead` for somebody who is there before the day.
    """
    group = meeting.group
    zone = zone_of(group)
    day = day_of(meeting, zone)
    _check_not_called_off(meeting)
    if meeting.starts_at > utcnow() and any(one.presence in THERE for one in wanted):
        raise RuleError("meeting_ahead")
    names = {one.id: one.name for one in group.members}
    try:
        check_attendance(wanted, seats_of(group), {one.member_id for one in meeting.declarations}, day)
    except RuleError as refusal:
        raise RuleError(refusal.code, who=names.get(refusal.facts["member"], "")) from None
    meeting.attendance = []
    db.session.flush()
    meeting.attendance = [
        MeetingAttendance(member_id=one.member, presence=one.presence, instead_of_id=one.instead_of)
        for one in wanted
    ]
    db.session.flush()
    facts = {"number": meeting.number, "count": sum(one.presence in THERE for one in wanted)}
    record(
        EventKind.ATTENDANCE_RECORDED, by=by, dialogue_id=group.dialogue_id, about=meeting, facts=facts
    )


def write_notes(meeting: OversightMeeting, notes: Iterable[tuple[AgendaItem, str]], *, by: Account) -> None:
    """What was said on each part; nothing before somebody who has declared is there.

    Raises:
        RuleError: `declarations_first`, `words_too_long`.
    """
    check_record(there_at(meeting))
    changed = 0
    for item, text in notes:
        words = _short_enough(text, NOTE_LIMIT)
        if words != item.note:
            item.note, item.noted_at, item.noted_by_id = words, utcnow(), by.id
            changed += 1
    db.session.flush()
    if changed:
        facts = {"what": "notes", "number": meeting.number, "count": changed}
        record(
            EventKind.OVERSIGHT_MEETING_EDITED,
            by=by,
            dialogue_id=meeting.group.dialogue_id,
            about=meeting,
            facts=facts,
        )


def _short_enough(text: str, limit: int) -> str:
    """The tidied words, which may be none."""
    clean = tidy(text)
    if len(clean) > limit:
        raise RuleError("words_too_long", limit=limit, length=len(clean), over=len(clean) - limit)
    return clean


def _check_not_called_off(meeting: OversightMeeting) -> None:
    if meeting.called_off_at is not None:
        raise RuleError("meeting_called_off")
