"""Minutes in versions: circulated with a date, held back by an objection, cleared, published. Published words stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

MINUTES_LIMIT = 60_000
OBJECTION_LIMIT = 2000
NOTE_LIMIT = 500
LEAST_TIME = timedelta(days=2)
"""The least time that members have for an objection; shorter would make silence mean nothing."""
AFTER_ANSWER = timedelta(days=2)
"""How long an objection can still be repeated after its answer."""


class MinutesState(StrEnum):
    """How one version of minutes stands. Never stored: it follows from facts and the time."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    HELD_BACK = "held_back"
    CLEARED = "cleared"
    PUBLISHED = "published"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Objected:
    """An objection: when it came, and when it was answered if it was."""

    raised_at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What the state of one version follows from.

    `open_before`: objections to earlier versions of these minutes that nobody has answered.
    """

    is_newest: bool = True
    circulated_at: datetime | None = None
    clear_by: datetime | None = None
    objections: tuple[Objected, ...] = ()
    published_at: datetime | None = None
    open_before: int = 0


def clears_at(facts: Facts) -> datetime | None:
    """When these minutes are cleared unless a member objects; None where nothing runs: not sent, or held back.

    Each objection that came in time stops the date. Its answer starts it again: the date that was stated, or
    `AFTER_ANSWER` after the answer if that is later. One that came too late changes nothing.
    """
    if facts.circulated_at is None or facts.clear_by is None or facts.open_before:
        return None
    date = facts.clear_by
    for one in sorted(facts.objections, key=lambda each: each.raised_at):
        if one.raised_at >= date:
            continue
        if one.answered_at is None:
            return None
        date = max(date, one.answered_at + AFTER_ANSWER)
    return date


def state(facts: Facts, now: datetime) -> MinutesState:
    """How the version stands now. Silence clears minutes, by the stated date alone, and nothing else ever."""
    if facts.published_at is not None:
        return MinutesState.PUBLISHED
    if not facts.is_newest:
        return MinutesState.REPLACED
    if facts.circulated_at is None:
        return MinutesState.DRAFT
    date = clears_at(facts)
    if date is None:
        return MinutesState.HELD_BACK
    return MinutesState.CLEARED if now >= date else MinutesState.CIRCULATED


def check_circulation(facts: Facts, clear_by: datetime, now: datetime) -> None:
    """RuleError `minutes_not_draft`, `objection_unanswered`, or `clearance_too_soon` (hours)."""
    if state(facts, now) is not MinutesState.DRAFT:
        raise RuleError("minutes_not_draft")
    if facts.open_before:
        raise RuleError("objection_unanswered")
    if clear_by < now + LEAST_TIME:
        raise RuleError("clearance_too_soon", hours=int(LEAST_TIME.total_seconds() // 3600))


def check_objection(facts: Facts, now: datetime) -> None:
    """RuleError `minutes_not_circulated`, or `clearance_over` once the date has passed.

    While another objection holds the minutes back there is always time for one more.
    """
    if state(facts, now) in {MinutesState.DRAFT, MinutesState.REPLACED}:
        raise RuleError("minutes_not_circulated")
    if state(facts, now) in {MinutesState.CLEARED, MinutesState.PUBLISHED}:
        raise RuleError("clearance_over")


def check_publication(facts: Facts, now: datetime) -> None:
    """RuleError `minutes_not_cleared` or `already_published`: only cleared minutes are published, once."""
    if facts.published_at is not None:
        raise RuleError("already_published")
    if state(facts, now) is not MinutesState.CLEARED:
        raise RuleError("minutes_not_cleared")


def check_version(text: str, before: str | None, note: str, *, is_published: bool) -> None:
    """RuleError `unchanged`, or `correction_note_missing`: what was published is corrected in the open.

    Args:
        before: the newest version's words; None for the first version.
        is_published: whether any version of these minutes has been published.
    """
    if text == before:
        raise RuleError("unchanged")
    if is_published and not note.strip():
        raise RuleError("correction_note_missing")


def unanswered(objections: Iterable[Objected]) -> int:
    """How many objections wait for an answer."""
    return sum(one.answered_at is None for one in objections)
