"""Minutes: drafted by the program, written in versions, circulated, objected to, answered, published."""

from datetime import datetime

from app.db import db, utcnow
from app.exports.minutes_text import draft_text
from app.models.dialogues import Dialogue
from app.models.meetings import OversightMeeting
from app.models.minutes import MinutesObjection, MinutesVersion, OversightPage
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.queries.meetings import record_of, there_at
from app.queries.minutes import facts_of, page_of, versions_of
from app.services.recording import By, record
from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.meetings import check_record
from deliberation.minutes import (
    MINUTES_LIMIT,
    NOTE_LIMIT,
    OBJECTION_LIMIT,
    check_circulation,
    check_objection,
    check_publication,
    check_version,
    clears_at,
)


def draft_minutes(meeting: OversightMeeting, *, note: str = "", by: Account) -> MinutesVersion:
    """A version made of what was recorded: attendance, interests, parts with notes, advice, actions.

    Raises:
        RuleError: `declarations_first` before anybody is recorded as there; `unchanged`; `correction_note_missing`.
    """
    check_record(there_at(meeting))
    dialogue = db.session.get_one(Dialogue, meeting.group.dialogue_id)
    return _add_version(meeting, draft_text(record_of(meeting), dialogue), note, by=by)


def write_minutes(meeting: OversightMeeting, text: str, *, note: str = "", by: Account) -> MinutesVersion:
    """A version in a person's words; every earlier version stays.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `unchanged`, `declarations_first`, `correction_note_missing` where
            something has been published already.
    """
    check_record(there_at(meeting))
    return _add_version(meeting, check_words(text, limit=MINUTES_LIMIT), note, by=by)


def circulate(meeting: OversightMeeting, clear_by: datetime, *, by: Account) -> MinutesVersion:
    """Puts the newest version before the members, with the date by which it is clear unless one objects.

    Raises:
        RuleError: `no_minutes`, `minutes_not_draft`, `objection_unanswered`, `clearance_too_soon`.
    """
    versions, now = versions_of(meeting), utcnow()
    if not versions:
        raise RuleError("no_minutes")
    newest = versions[-1]
    check_circulation(facts_of(newest, versions), clear_by, now)
    newest.circulated_at, newest.clear_by = now, clear_by
    db.session.flush()
    _note(EventKind.MINUTES_CIRCULATED, newest, by=by)
    return newest


def object_to(meeting: OversightMeeting, member: OversightMember | None, text: str, *, by: Account) -> MinutesObjection:
    """A member objects to the circulated version, in words, in time; it is held back until this is answered.

    Raises:
        RuleError: `not_a_member`, `observer_only`, `minutes_not_circulated`, `clearance_over`, `words_empty`,
            `words_too_long`.
    """
    if member is None or member.group_id != meeting.group_id:
        raise RuleError("not_a_member")
    if member.is_observer:
        raise RuleError("observer_only", who=member.name)
    versions = versions_of(meeting)
    if not versions:
        raise RuleError("minutes_not_circulated")
    newest = versions[-1]
    now = utcnow()
    check_objection(facts_of(newest, versions), now)
    row = MinutesObjection(
        version=newest, member=member, text=check_words(text, limit=OBJECTION_LIMIT), raised_at=now
    )
    db.session.add(row)
    db.session.flush()
    _note(EventKind.MINUTES_OBJECTED, newest, by=by)
    return row


def answer_objection(row: MinutesObjection, text: str, *, by: Account) -> None:
    """Answers an objection; there is time to object again before the version is clear.

    Raises:
        RuleError: `objection_answered`, `words_empty`, `words_too_long`.
    """
    if row.answered_at is not None:
        raise RuleError("objection_answered")
    words = check_words(text, limit=OBJECTION_LIMIT)
    row.answer, row.answered_at, row.answered_by_id = words, utcnow(), by.id
    db.session.flush()
    _note(EventKind.MINUTES_OBJECTED, row.version, what="answered", by=by)


def publish_minutes(meeting: OversightMeeting, *, by: Account) -> MinutesVersion:
    """Publishes the newest version, if it is clear; from then on its words never change.

    Raises:
        RuleError: `no_minutes`, `minutes_not_cleared`, `already_published`, `minutes_not_public` where the group's
            rules keep minutes to itself.
    """
    versions, now = versions_of(meeting), utcnow()
    if not versions:
        raise RuleError("no_minutes")
    newest = versions[-1]
    facts = facts_of(newest, versions)
    check_publication(facts, now)
    if not meeting.group.publishes_minutes:
        raise RuleError("minutes_not_public")
    newest.published_at = now
    db.session.flush()
    cleared = clears_at(facts)
    _note(EventKind.MINUTES_CLEARED, newest, by=None, at=cleared.isoformat(timespec="minutes") if cleared else "")
    _note(EventKind.MINUTES_PUBLISHED, newest, by=by)
    return newest


def open_page(group: OversightGroup, *, is_open: bool, by: Account) -> None:
    """Opens the group's public page, or closes it; the same again changes nothing."""
    row = page_of(group)
    if is_open == (row is not None):
        return
    if row is None:
        db.session.add(OversightPage(group=group, opened_by_id=by.id))
    else:
        db.session.delete(row)
    db.session.flush()
    facts = {"what": "public_page", "state": "open" if is_open else "closed"}
    record(EventKind.OVERSIGHT_GROUP_EDITED, by=by, dialogue_id=group.dialogue_id, about=group, facts=facts)


def _add_version(meeting: OversightMeeting, text: str, note: str, *, by: Account) -> MinutesVersion:
    versions = versions_of(meeting)
    why = tidy(note)
    if len(why) > NOTE_LIMIT:
        raise RuleError("words_too_long", limit=NOTE_LIMIT, length=len(why), over=len(why) - NOTE_LIMIT)
    published = any(one.published_at is not None for one in versions)
    check_version(text, versions[-1].text if versions else None, why, is_published=published)
    row = MinutesVersion(
        meeting=meeting,
        number=len(versions) + 1,
        text=text,
        note=why,
        lang=db.session.get_one(Dialogue, meeting.group.dialogue_id).lang,
        written_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    _note(EventKind.MINUTES_EDITED, row, by=by)
    return row


def _note(kind: EventKind, version: MinutesVersion, *, what: str = "", at: str = "", by: By) -> None:
    meeting = version.meeting
    facts = {"number": meeting.number, "version": version.number, "what": what, "at": at}
    kept = {name: value for name, value in facts.items() if value != ""}
    record(kind, by=by, dialogue_id=meeting.group.dialogue_id, about=version, facts=kept)
