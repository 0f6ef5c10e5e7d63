"""Packs: when one is due, and how late one is."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

SOON = 3
"""Days before it is due from which a pack needs a person."""


class PackState(StrEnum):
    """How a pack stands in time. Never stored."""

    EARLY = "early"
    SOON = "soon"
    LATE = "late"
    SENT_IN_TIME = "sent_in_time"
    SENT_LATE = "sent_late"


@dataclass(frozen=True)
class Timing:
    """`days`: until it is due (early, soon), or late by (late, sent late); else 0."""

    state: PackState
    due_on: date
    days: int


def due_on(meets_on: date, days: int) -> date:
    """The last day on which a pack is in time for its meeting."""
    return meets_on - timedelta(days=days)


def timing(meets_on: date, days: int, *, today: date, sent_on: date | None) -> Timing:
    """How a pack stands. A pack sent on the day it is due is in time; one that is not sent on that day is due soon."""
    due = due_on(meets_on, days)
    if sent_on is not None:
        late = (sent_on - due).days
        return Timing(PackState.SENT_LATE, due, late) if late > 0 else Timing(PackState.SENT_IN_TIME, due, 0)
    left = (due - today).days
    if left < 0:
        return Timing(PackState.LATE, due, -left)
    return Timing(PackState.SOON if left <= SOON else PackState.EARLY, due, left)


def check_send(*, is_sent: bool, items: int, members: int) -> None:
    """Whether a pack may go out; being late is said, never refused.

    Raises:
        RuleError: `pack_sent` before; `pack_empty`; `nobody_in_group`.
    """
    if is_sent:
        raise RuleError("pack_sent")
    if items == 0:
        raise RuleError("pack_empty")
    if members == 0:
        raise RuleError("nobody_in_group")
