"""A meeting of the Oversight Group as it is read: who was there, what was declared, each part, actions, advice."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from app.db import db
from app.models.advice import Advice
from app.models.dialogues import Dialogue
from app.models.meetings import (
    AgendaItem,
    MeetingAttendance,
    MeetingDeclaration,
    OversightAction,
    OversightMeeting,
)
from app.models.oversight import OversightGroup, OversightMember, ReviewGate, ReviewItem
from deliberation.meetings import THERE, Attended, Quorum, Seat, Standing, quorum, sits_on, standing, voting_seats


@dataclass(frozen=True)
class Person:
    """One member as they stand at one meeting."""

    member: OversightMember
    declaration: MeetingDeclaration | None
    attendance: MeetingAttendance | None

    @property
    def is_there(self) -> bool:
        """Whether they take part in what the group says."""
        return self.attendance is not None and self.attendance.presence in THERE


@dataclass(frozen=True)
class ItemRow:
    """One part of the agenda: who steps out of it, and whether enough of the group is left."""

    number: int
    item: AgendaItem
    out: list[OversightMember]
    quorum: Quorum
    advice: list[Advice]


@dataclass(frozen=True)
class MeetingRecord:
    """Everything that is known of one meeting.

    `reflection`: advice from before it that has an answer since the meeting before. `actions`: those of this meeting;
    `carried`: earlier ones that were open when it began.
    """

    meeting: OversightMeeting
    group: OversightGroup
    day: date
    people: list[Person]
    items: list[ItemRow]
    quorum: Quorum
    standing: Standing
    reflection: list[Advice]
    actions: list[OversightAction]
    carried: list[OversightAction]

    @property
    def there(self) -> list[Person]:
        """Those whose seats count, as members or deputies."""
        return [one for one in self.people if one.is_there]

    def came_as(self, presence: str) -> list[Person]:
        """Those whose attendance says so."""
        return [one for one in self.people if one.attendance is not None and one.attendance.presence == presence]


def find_meeting(group: OversightGroup | None, public_id: uuid.UUID) -> OversightMeeting | None:
    """A meeting of this group."""
    if group is None:
        return None
    found = select(OversightMeeting).where(OversightMeeting.public_id == public_id)
    return db.session.scalar(found.where(OversightMeeting.group_id == group.id))


def meetings_of(group: OversightGroup) -> list[OversightMeeting]:
    """Every meeting, the latest first."""
    found = select(OversightMeeting).where(OversightMeeting.group_id == group.id)
    return list(db.session.scalars(found.order_by(OversightMeeting.starts_at.desc(), OversightMeeting.id.desc())))


def find_item(meeting: OversightMeeting, public_id: uuid.UUID) -> AgendaItem | None:
    """A part of this meeting's agenda."""
    return next((one for one in meeting.items if one.public_id == public_id), None)


def gates_of(group: OversightGroup) -> list[ReviewGate]:
    """The group's review gates in order."""
    found = select(ReviewGate).where(ReviewGate.group_id == group.id)
    return list(db.session.scalars(found.order_by(ReviewGate.place, ReviewGate.id)))


def actions_of(group: OversightGroup) -> list[OversightAction]:
    """Every action, open ones first, by number."""
    found = select(OversightAction).where(OversightAction.group_id == group.id)
    return list(db.session.scalars(found.order_by(OversightAction.done_at.is_not(None), OversightAction.number)))


def find_action(group: OversightGroup | None, public_id: uuid.UUID) -> OversightAction | None:
    """An action of this group."""
    if group is None:
        return None
    found = select(OversightAction).where(OversightAction.public_id == public_id)
    return db.session.scalar(found.where(OversightAction.group_id == group.id))


def zone_of(group: OversightGroup) -> str:
    """The time zone of the group's dialogue."""
    return db.session.get_one(Dialogue, group.dialogue_id).timezone


def day_of(meeting: OversightMeeting, zone: str) -> date:
    """The day of a meeting where the dialogue is."""
    return meeting.starts_at.astimezone(ZoneInfo(zone)).date()


def seats_of(group: OversightGroup) -> dict[int, Seat]:
    """Inner id -> seat of every member, also of those who left."""
    return {
        one.id: Seat(one.id, one.is_observer, one.deputy_of_id, one.joined_on, one.left_on) for one in group.members
    }


def attended(meeting: OversightMeeting) -> list[Attended]:
    """The attendance as the rule reads it."""
    return [Attended(one.member_id, one.presence, one.instead_of_id) for one in meeting.attendance]


def there_at(meeting: OversightMeeting) -> list[int]:
    """Inner ids of those who were there and whose interests are declared."""
    return [one.member_id for one in meeting.attendance if one.presence in THERE]


def record_of(meeting: OversightMeeting) -> MeetingRecord:
    """One meeting with everything around it."""
    group, day = meeting.group, day_of(meeting, zone_of(meeting.group))
    lines, voting = attended(meeting), voting_seats(seats_of(group).values(), day)
    out = _out_of(meeting)
    advice = _advice_of_gates(meeting, [one.gate_id for one in meeting.items if one.gate_id is not None])
    actions = list(
        db.session.scalars(
            select(OversightAction)
            .where(OversightAction.meeting_id == meeting.id)
            .order_by(OversightAction.number)
        )
    )
    rows = [
        ItemRow(
            number,
            item,
            out.get(item.id, []),
            quorum(lines, voting, group.quorum, {one.id for one in out.get(item.id, ())}),
            advice.get(item.gate_id, []) if item.gate_id is not None else [],
        )
        for number, item in enumerate(meeting.items, 1)
    ]
    return MeetingRecord(
        meeting=meeting,
        group=group,
        day=day,
        people=_people(meeting, day),
        items=rows,
        quorum=quorum(lines, voting, group.quorum),
        standing=standing(
            is_called_off=meeting.called_off_at is not None, people_there=len(there_at(meeting))
        ),
        reflection=_reflection(meeting),
        actions=actions,
        carried=_carried(meeting),
    )


def meeting_before(meeting: OversightMeeting) -> OversightMeeting | None:
    """The meeting of the group before this one that was not called off."""
    return db.session.scalar(
        select(OversightMeeting)
        .where(
            OversightMeeting.group_id == meeting.group_id,
            OversightMeeting.starts_at < meeting.starts_at,
            OversightMeeting.called_off_at.is_(None),
        )
        .order_by(OversightMeeting.starts_at.desc())
        .limit(1)
    )


def _people(meeting: OversightMeeting, day: date) -> list[Person]:
    """Who belonged to the group on that day, and whoever is in the record of the meeting."""
    declared = {one.member_id: one for one in meeting.declarations}
    came = {one.member_id: one for one in meeting.attendance}
    seats = seats_of(meeting.group)
    return [
        Person(one, declared.get(one.id), came.get(one.id))
        for one in sorted(meeting.group.members, key=_order)
        if sits_on(seats[one.id], day) or one.id in came or one.id in declared
    ]


def _order(member: OversightMember) -> tuple[bool, bool, bool, int]:
    return not member.is_chair, member.is_observer, member.deputy_of_id is not None, member.id


def _out_of(meeting: OversightMeeting) -> dict[int, list[OversightMember]]:
    """Id of a part -> who steps out of it."""
    found: dict[int, list[OversightMember]] = {}
    for declaration in meeting.declarations:
        for conflict in declaration.conflicts:
            found.setdefault(conflict.item_id, []).append(declaration.member)
    return found


def _advice_of_gates(meeting: OversightMeeting, gates: Iterable[int]) -> Mapping[int, list[Advice]]:
    """Gate -> advice that was raised on it after the meeting before and up to the next one."""
    before, after = meeting_before(meeting), _meeting_after(meeting)
    wanted = (
        select(Advice, ReviewItem.gate_id)
        .join(ReviewItem, ReviewItem.id == Advice.item_id)
        .where(ReviewItem.gate_id.in_(set(gates)), Advice.withdrawn_at.is_(None))
    )
    if before is not None:
        wanted = wanted.where(Advice.raised_at >= before.starts_at)
    if after is not None:
        wanted = wanted.where(Advice.raised_at < after.starts_at)
    found: dict[int, list[Advice]] = {}
    for advice, gate in db.session.execute(wanted.order_by(Advice.number)):
        found.setdefault(gate, []).append(advice)
    return found


def _meeting_after(meeting: OversightMeeting) -> OversightMeeting | None:
    return db.session.scalar(
        select(OversightMeeting)
        .where(
            OversightMeeting.group_id == meeting.group_id,
            OversightMeeting.starts_at > meeting.starts_at,
            OversightMeeting.called_off_at.is_(None),
        )
        .order_by(OversightMeeting.starts_at)
        .limit(1)
    )


def _reflection(meeting: OversightMeeting) -> list[Advice]:
    """Advice from before this meeting: answered since the meeting before, or still without an answer."""
    before = meeting_before(meeting)
    wanted = select(Advice).where(
        Advice.group_id == meeting.group_id, Advice.raised_at < meeting.starts_at, Advice.withdrawn_at.is_(None)
    )
    rows = db.session.scalars(wanted.order_by(Advice.number))
    return [
        one
        for one in rows
        if one.answer is None or before is None or one.answer.answered_at >= before.starts_at
    ]


def _carried(meeting: OversightMeeting) -> list[OversightAction]:
    """Actions of earlier meetings that were open when this one began."""
    earlier = (
        select(OversightAction)
        .outerjoin(OversightMeeting, OversightMeeting.id == OversightAction.meeting_id)
        .where(
            OversightAction.group_id == meeting.group_id,
            or_(OversightAction.meeting_id.is_(None), OversightMeeting.starts_at < meeting.starts_at),
            or_(OversightAction.done_at.is_(None), OversightAction.done_at >= meeting.starts_at),
            or_(OversightAction.meeting_id.is_not(None), OversightAction.created_at < meeting.starts_at),
        )
    )
    return list(db.session.scalars(earlier.order_by(OversightAction.number)))
