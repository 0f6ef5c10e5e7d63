"""Meetings of the Oversight Group: declarations come first, who counts for the quorum, what is always on the agenda."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

TITLE_LIMIT = 200
NOTE_LIMIT = 8000
DECLARATION_LIMIT = 1000
ACTION_LIMIT = 500
PACK_AHEAD = timedelta(days=7)
"""How long before a meeting its papers are due."""


class Presence(StrEnum):
    """How somebody came to a meeting, or did not."""

    PRESENT = "present"
    DEPUTY = "deputy"
    OBSERVER = "observer"
    APOLOGIES = "apologies"


class AgendaKind(StrEnum):
    """What a part of the agenda is for."""

    DECLARATIONS = "declarations"
    REFLECTION = "reflection"
    GATE = "gate"
    ACTIONS = "actions"
    OTHER = "other"


ALWAYS = (AgendaKind.DECLARATIONS, AgendaKind.REFLECTION)
"""On every agenda, at its beginning, in this order; they are neither moved nor taken off."""

THERE = frozenset({Presence.PRESENT, Presence.DEPUTY})
"""Who takes part in what the group says, and so declares interests first."""


class Standing(StrEnum):
    """How a meeting stands. Never stored: it follows from facts."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class Seat:
    """A member as they stood on the day of the meeting. `deputy_of`: the member they may stand in for."""

    member: int
    is_observer: bool = False
    deputy_of: int | None = None
    joined_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class Attended:
    """One line of the attendance. `instead_of`: for whom a deputy came."""

    member: int
    presence: Presence
    instead_of: int | None = None


@dataclass(frozen=True)
class Quorum:
    """How many seats were filled, of how many, and how many it takes."""

    counted: int
    needed: int
    seats: int

    @property
    def is_reached(self) -> bool:
        """Whether enough of the group is there. A meeting with nobody in it never is."""
        return self.counted >= max(self.needed, 1)


def sits_on(seat: Seat, day: date) -> bool:
    """Whether somebody belonged to the group on this day; the day they left is their last."""
    return (seat.joined_on is None or seat.joined_on <= day) and (seat.left_on is None or day <= seat.left_on)


def voting_seats(seats: Iterable[Seat], day: date) -> frozenset[int]:
    """Members whose seats count for the quorum on this day: no observers, and deputies only in another's seat."""
    return frozenset(
        seat.member for seat in seats if sits_on(seat, day) and not seat.is_observer and seat.deputy_of is None
    )


def quorum(
    attendance: Iterable[Attended], voting: Collection[int], needed: int, out: Collection[int] = ()
) -> Quorum:
    """A seat counts once, whoever fills it: its member, or a deputy for them.

    Args:
        voting: members whose seats count.
        out: people who stepped out of the item at hand; whoever they sit for is not counted in it.
    """
    filled = set()
    for one in attendance:
        if one.member in out:
            continue
        if one.presence is Presence.PRESENT:
            filled.add(one.member)
        elif one.presence is Presence.DEPUTY and one.instead_of is not None:
            filled.add(one.instead_of)
    return Quorum(len(filled & set(voting)), needed, len(set(voting)))


def check_attendance(
    wanted: Collection[Attended], seats: Mapping[int, Seat], declared: Collection[int], day: date
) -> None:
    """Whether the attendance can be recorded so.

    Raises:
        RuleError: `not_member_then`; `declaration_missing`, because interests come before anything else;
            `observer_only` for an observer who would count; `deputy_for_missing` for a deputy in nobody's seat;
            `deputy_for_wrong` in a seat that is not theirs to fill; `seat_taken` twice in one seat. `member` is
            the inner id of whom it is about.
    """
    taken: set[int] = set()
    for one in wanted:
        seat = seats.get(one.member)
        if seat is None or not sits_on(seat, day):
            raise RuleError("not_member_then", member=one.member)
        if one.presence in THERE:
            filled = _filled(one, seat)
            if one.member not in declared:
                raise RuleError("declaration_missing", member=one.member)
            if filled in taken:
                raise RuleError("seat_taken", member=one.member)
            taken.add(filled)


def _filled(one: Attended, seat: Seat) -> int:
    """The seat that somebody who is there sits in."""
    if seat.is_observer:
        raise RuleError("observer_only", member=one.member)
    if one.presence is Presence.PRESENT:
        if seat.deputy_of is not None:
            raise RuleError("deputy_for_missing", member=one.member)
        return one.member
    if one.instead_of is None:
        raise RuleError("deputy_for_missing", member=one.member)
    if seat.deputy_of != one.instead_of:
        raise RuleError("deputy_for_wrong", member=one.member)
    return one.instead_of


def check_record(there: Collection[int]) -> None:
    """RuleError `declarations_first` while nobody who has declared is recorded as there: notes come after."""
    if not there:
        raise RuleError("declarations_first")


def check_move(kind: AgendaKind, place: int) -> None:
    """RuleError `item_fixed`: declarations come first and reflection second, always."""
    if kind in ALWAYS or place <= len(ALWAYS):
        raise RuleError("item_fixed")


def check_removal(kind: AgendaKind, *, has_note: bool) -> None:
    """RuleError `item_fixed`, or `item_noted`: what was talked about stays on the agenda."""
    if kind in ALWAYS:
        raise RuleError("item_fixed")
    if has_note:
        raise RuleError("item_noted")


def standing(*, is_called_off: bool, people_there: int) -> Standing:
    """A meeting was held once somebody is recorded as there."""
    if people_there:
        return Standing.HELD
    return Standing.CALLED_OFF if is_called_off else Standing.PLANNED


def check_call_off(people_there: int) -> None:
    """RuleError `meeting_held`: what took place cannot be called off afterwards."""
    if people_there:
        raise RuleError("meeting_held")


def next_number(numbers: Iterable[int]) -> int:
    """The number of a new meeting or action: they run through the group's life and are never used twice."""
    return max(numbers, default=0) + 1


def is_overdue(due_on: date | None, today: date, *, is_done: bool) -> bool:
    """Whether an open action's day has passed."""
    return due_on is not None and due_on < today and not is_done
