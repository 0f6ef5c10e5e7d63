"""Planning meetings of the Oversight Group: making one, changing it, calling it off, its agenda."""

from datetime import datetime

from flask_babel import force_locale, gettext

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.meetings import AgendaItem, OversightMeeting
from app.models.oversight import OversightGroup, ReviewGate
from app.models.people import Account
from app.queries.meetings import meetings_of, there_at
from app.services.recording import record
from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.meetings import (
    ALWAYS,
    TITLE_LIMIT,
    AgendaKind,
    check_call_off,
    check_move,
    check_removal,
    next_number,
)

LONGEST = 24 * 60


def add_meeting(
    group: OversightGroup, *, starts_at: datetime, minutes: int, place: str = "", link: str = "", note: str = "",
    by: Account,
) -> OversightMeeting:  # fmt: skip
    """A meeting whose agenda begins with declarations of interest and with reflection on previous feedback.

    Raises:
        RuleError: as `edit_meeting`.
    """
    numbers = [one.number for one in meetings_of(group)]
    meeting = OversightMeeting(group=group, number=next_number(numbers), starts_at=starts_at)
    _fill(meeting, starts_at=starts_at, minutes=minutes, place=place, link=link, note=note)
    meeting.items = [
        AgendaItem(place=place_of, kind=kind, title=title)
        for place_of, (kind, title) in enumerate(_beginning(group), 1)
    ]
    db.session.add(meeting)
    db.session.flush()
    _note(meeting, "planned", by=by)
    return meeting


def edit_meeting(
    meeting: OversightMeeting, *, starts_at: datetime, minutes: int, place: str = "", link: str = "", note: str = "",
    by: Account,
) -> None:  # fmt: skip
    """Changes when and where.

    Raises:
        RuleError: `minutes_out_of_range`, `link_wrong` for an address that is not http or https.
    """
    _fill(meeting, starts_at=starts_at, minutes=minutes, place=place, link=link, note=note)
    db.session.flush()
    _note(meeting, "changed", by=by)


def call_off(meeting: OversightMeeting, *, by: Account) -> None:
    """It does not take place, or does after all; RuleError `meeting_held`."""
    check_call_off(len(there_at(meeting)))
    meeting.called_off_at = None if meeting.called_off_at else utcnow()
    db.session.flush()
    _note(meeting, "called_off" if meeting.called_off_at else "back_on", by=by)


def add_item(meeting: OversightMeeting, *, title: str, gate: ReviewGate | None = None, by: Account) -> AgendaItem:
    """One more part at the end of the agenda; about a gate it needs no title of its own.

    Raises:
        RuleError: `words_empty`, `words_too_long`.
    """
    wanted = title if title.strip() or gate is None else f"{gate.code} {gate.title}"
    item = AgendaItem(
        meeting_id=meeting.id,
        place=len(meeting.items) + 1,
        kind=AgendaKind.OTHER if gate is None else AgendaKind.GATE,
        title=check_words(wanted, limit=TITLE_LIMIT),
        gate_id=gate.id if gate is not None else None,
    )
    meeting.items.append(item)
    db.session.flush()
    _note(meeting, "agenda", by=by)
    return item


def move_item(item: AgendaItem, step: int, *, by: Account) -> None:
    """One place up (-1) or down (+1); at the end of the list nothing happens. RuleError `item_fixed`."""
    items = list(item.meeting.items)
    place = items.index(item) + step
    check_move(item.kind, place + 1)
    if place >= len(items):
        return
    items.remove(item)
    items.insert(place, item)
    _number(items)
    _note(item.meeting, "agenda", by=by)


def remove_item(item: AgendaItem, *, by: Account) -> None:
    """Takes a part off the agenda; RuleError `item_fixed` or `item_noted`."""
    check_removal(item.kind, has_note=bool(item.note))
    meeting = item.meeting
    meeting.items.remove(item)
    _number(list(meeting.items))
    _note(meeting, "agenda", by=by)


def _number(items: list[AgendaItem]) -> None:
    for place, one in enumerate(items, 1):
        one.place = place
    db.session.flush()


def _fill(meeting: OversightMeeting, *, starts_at: datetime, minutes: int, place: str, link: str, note: str) -> None:
    if not 1 <= minutes <= LONGEST:
        raise RuleError("minutes_out_of_range")
    address = tidy(link)
    if address and not address.startswith(("https://", "http://")):
        raise RuleError("link_wrong")
    meeting.starts_at, meeting.minutes = starts_at, minutes
    meeting.place, meeting.link, meeting.note = tidy(place), address, tidy(note)


def _beginning(group: OversightGroup) -> list[tuple[AgendaKind, str]]:
    """What stands on every agenda, in the language of the dialogue, and the actions of earlier meetings."""
    with force_locale(db.session.get_one(Dialogue, group.dialogue_id).lang):
        titles = {
            AgendaKind.DECLARATIONS: gettext("Declarations of interest"),
            AgendaKind.REFLECTION: gettext("Reflection on previous feedback"),
            AgendaKind.ACTIONS: gettext("Actions from earlier meetings"),
        }
    return [(kind, titles[kind]) for kind in (*ALWAYS, AgendaKind.ACTIONS)]


def _note(meeting: OversightMeeting, what: str, *, by: Account) -> None:
    facts = {"what": what, "number": meeting.number}
    dialogue_id = meeting.group.dialogue_id
    record(EventKind.OVERSIGHT_MEETING_EDITED, by=by, dialogue_id=dialogue_id, about=meeting, facts=facts)
