"""Entering what somebody said on paper or by phone: how, with whose leave, and until when after closing."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from deliberation.comments import tidy
from deliberation.errors import RuleError
from deliberation.stages import StageState

MORNING = time(10)
"""When "the next morning" ends, on the clock of the dialogue."""
ASKED_LIMIT = 200


class EntryWay(StrEnum):
    """How it reached the team."""

    PAPER = "paper"
    PHONE = "phone"
    ROOM = "room"


class LateWindow(StrEnum):
    """How long after a stage has closed the team may still enter what was said before it closed."""

    NONE = "none"
    MORNING = "morning"
    THREE_DAYS = "three_days"
    WEEK = "week"


_DAYS = {LateWindow.THREE_DAYS: 3, LateWindow.WEEK: 7}


def late_until(closed_at: datetime, window: LateWindow, zone: str) -> datetime:
    """The moment until which late paper is taken: ten in the morning after closing, days later, or closing itself."""
    if window is LateWindow.NONE:
        return closed_at
    if window is LateWindow.MORNING:
        local = closed_at.astimezone(ZoneInfo(zone))
        return datetime.combine(local.date() + timedelta(days=1), MORNING, ZoneInfo(zone)).astimezone(closed_at.tzinfo)
    return closed_at + timedelta(days=_DAYS[window])


def check_entry(
    *,
    state: StageState,
    closed_at: datetime | None,
    now: datetime,
    window: LateWindow,
    zone: str,
    was_before: bool,
) -> bool:
    """Whether something entered now is late: it is once the stage has closed.

    Args:
        state: of the stage now; `closing` counts as open, and a pause stops no paper.
        was_before: the team says that it was filled in, or said, before the stage closed.

    Raises:
        RuleError: `entry_not_begun` before the stage has opened, `entry_before_missing`, `entry_too_late`.
    """
    if state is StageState.PLANNED:
        raise RuleError("entry_not_begun")
    if state is not StageState.CLOSED:
        return False
    if closed_at is None or now > late_until(closed_at, window, zone):
        raise RuleError("entry_too_late")
    if not was_before:
        raise RuleError("entry_before_missing")
    return True


def check_asked(*, was_asked: bool, whom: str) -> str:
    """Who was asked to enter it; RuleError `asked_missing`, `asked_whom_missing` or `words_too_long`."""
    if not was_asked:
        raise RuleError("asked_missing")
    name = " ".join(tidy(whom).split())
    if not name:
        raise RuleError("asked_whom_missing")
    if len(name) > ASKED_LIMIT:
        raise RuleError("words_too_long", limit=ASKED_LIMIT, length=len(name), over=len(name) - ASKED_LIMIT)
    return name
