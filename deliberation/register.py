"""After a decision: when access is looked at again, who is reminded, and what a breach leads to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

REVIEW_YEARS = 2
NOTICE_DAYS = 30
"""Days before an end of access or a condition's day on which a reminder goes out."""


class AccessState(StrEnum):
    """How a grant stands."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class AccessMove(StrEnum):
    """What a committee does about a grant."""

    SUSPEND = "suspend"
    RESTORE = "restore"
    REVOKE = "revoke"


class ConditionStanding(StrEnum):
    """What a check of a condition found."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DUE = "not_due"


class ChangeOf(StrEnum):
    """What an applicant declares to have changed; each leads to a new version."""

    FUNCTION = "function"
    SCOPE = "scope"
    APPLICATION = "application"
    USERS = "users"
    DATASET = "dataset"


class Trigger(StrEnum):
    """Why a record is looked at again."""

    TWO_YEARS = "two_years"
    COMMITTEE_DATE = "committee_date"
    DECLARED_CHANGE = "declared_change"
    ANNUAL_NUDGE = "annual_nudge"
    ACCESS_EXPIRY = "access_expiry"
    CONDITION_DUE = "condition_due"
    LAY_RESULT = "lay_result"
    PUBLICATION = "publication"


REVIEWS = frozenset({Trigger.TWO_YEARS, Trigger.COMMITTEE_DATE, Trigger.DECLARED_CHANGE})
"""Triggers that make a review due; the others only remind somebody."""


_ACCESS = {
    (AccessState.ACTIVE, AccessMove.SUSPEND): AccessState.SUSPENDED,
    (AccessState.ACTIVE, AccessMove.REVOKE): AccessState.REVOKED,
    (AccessState.SUSPENDED, AccessMove.RESTORE): AccessState.ACTIVE,
    (AccessState.SUSPENDED, AccessMove.REVOKE): AccessState.REVOKED,
    (AccessState.REVOKED, AccessMove.RESTORE): AccessState.ACTIVE,
}


def possible_moves(state: AccessState) -> list[AccessMove]:
    """What can be done about a grant that stands so."""
    return [move for move in AccessMove if (state, move) in _ACCESS]


def check_access_move(state: AccessState, move: AccessMove, *, reason: str, breached: bool) -> AccessState:
    """How a grant stands afterwards.

    Args:
        breached: a condition was found not met, and no later check found it met.

    Raises:
        RuleError: `access_move_impossible` (state, move), `access_reason_missing`, `still_breached`.
    """
    after = _ACCESS.get((state, move))
    if after is None:
        raise RuleError("access_move_impossible", state=state.value, move=move.value)
    if not reason.strip():
        raise RuleError("access_reason_missing")
    if move is AccessMove.RESTORE and breached:
        raise RuleError("still_breached")
    return after


def check_condition_check(found: ConditionStanding, *, evidence: str, due_on: date, today: date) -> None:
    """RuleError `check_evidence_missing`, or `condition_is_due` when its day has passed and "not due" was chosen."""
    if found is ConditionStanding.NOT_DUE:
        if due_on < today:
            raise RuleError("condition_is_due")
    elif not evidence.strip():
        raise RuleError("check_evidence_missing")


def years_after(day: date, years: int) -> date:
    """The same day, years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass(frozen=True)
class ReviewFacts:
    """What reminders are computed from.

    reviewed_on: the day of the decision that stands. changes: days of declared changes since.
    conditions: (inner key, due day) of conditions without a check that found them met.
    """

    reviewed_on: date
    review_on: date | None = None
    ends_on: date | None = None
    is_granted: bool = True
    is_revoked: bool = False
    has_result: bool = False
    changes: Sequence[date] = ()
    conditions: Sequence[tuple[int, date]] = ()


@dataclass(frozen=True, order=True)
class Reminder:
    """One reminder: due from a day on; `about` tells conditions apart (0 otherwise)."""

    on: date
    trigger: Trigger
    about: int = 0


def planned(facts: ReviewFacts, *, until: date) -> list[Reminder]:
    """Every reminder up to a day, oldest first."""
    if not facts.is_granted:
        return []
    found = [Reminder(day, Trigger.DECLARED_CHANGE) for day in facts.changes]
    if not facts.is_revoked:
        found += _dated(facts, until)
    return sorted(one for one in set(found) if one.on <= until)


def _dated(facts: ReviewFacts, until: date) -> list[Reminder]:
    notice = timedelta(days=NOTICE_DAYS)
    found = [Reminder(years_after(facts.reviewed_on, REVIEW_YEARS), Trigger.TWO_YEARS)]
    if facts.review_on is not None:
        found.append(Reminder(facts.review_on, Trigger.COMMITTEE_DATE))
    if facts.ends_on is not None:
        found.append(Reminder(facts.ends_on - notice, Trigger.ACCESS_EXPIRY))
        if not facts.has_result:
            found.append(Reminder(facts.ends_on, Trigger.LAY_RESULT))
    last = facts.ends_on or until
    for years in range(1, max(until.year - facts.reviewed_on.year, 0) + 1):
        day = years_after(facts.reviewed_on, years)
        if years % REVIEW_YEARS and day <= last:
            found.append(Reminder(day, Trigger.ANNUAL_NUDGE))
    found += [Reminder(due - notice, Trigger.CONDITION_DUE, key) for key, due in facts.conditions]
    return found


def due(facts: ReviewFacts, *, today: date, sent: Collection[Reminder]) -> list[Reminder]:
    """Reminders that are to go out today: planned up to now, and each once."""
    known = set(sent)
    return [one for one in planned(facts, until=today) if one not in known]


def next_review(facts: ReviewFacts) -> date | None:
    """The next day on which the record is looked at again; None where access was not granted."""
    if not facts.is_granted:
        return None
    days = [years_after(facts.reviewed_on, REVIEW_YEARS)]
    if facts.review_on is not None:
        days.append(facts.review_on)
    return min(days)


def review_is_due(facts: ReviewFacts, today: date) -> bool:
    """Whether the two years, the committee's date or a declared change ask for a review now."""
    return any(one.trigger in REVIEWS for one in planned(facts, until=today))
