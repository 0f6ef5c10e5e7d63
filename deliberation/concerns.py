"""The route for concerns: who reads one, until when it is answered, when it may go to the commissioner."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

CONCERN_LIMIT = 3000
ANSWER_WITHIN = timedelta(days=10)
"""How long the chair and the lead have for an answer, unless another day is set when it is raised."""


class ConcernState(StrEnum):
    """How a concern stands. Never stored: it follows from facts and the day."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    DECIDED = "decided"


class Reader(StrEnum):
    """As what somebody looks at a concern."""

    RAISER = "raiser"
    CHAIR = "chair"
    LEAD = "lead"
    COMMISSIONER = "commissioner"
    OTHER = "other"


@dataclass(frozen=True)
class Facts:
    """What the state of a concern follows from."""

    due_on: date
    is_answered: bool = False
    is_escalated: bool = False
    is_decided: bool = False
    is_published: bool = False


def state(facts: Facts, today: date) -> ConcernState:
    """How the concern stands on this day. It is overdue the day after the one on which its answer was due."""
    if facts.is_decided:
        return ConcernState.DECIDED
    if facts.is_escalated:
        return ConcernState.ESCALATED
    if facts.is_answered:
        return ConcernState.ANSWERED
    return ConcernState.OVERDUE if today > facts.due_on else ConcernState.WAITING


def may_read(facts: Facts, readers: Collection[Reader]) -> bool:
    """The raiser, the chair and the lead always; the commissioner once it is escalated; all others once published."""
    if facts.is_published or {Reader.RAISER, Reader.CHAIR, Reader.LEAD} & set(readers):
        return True
    return facts.is_escalated and Reader.COMMISSIONER in readers


def check_due(due_on: date, today: date) -> None:
    """RuleError `due_in_past`: nobody can answer by yesterday."""
    if due_on < today:
        raise RuleError("due_in_past")


def check_answer(facts: Facts, readers: Collection[Reader]) -> None:
    """RuleError `own_concern`, `not_allowed` or `already_answered`: the chair or the lead answers, not the raiser."""
    if Reader.RAISER in readers:
        raise RuleError("own_concern")
    if not {Reader.CHAIR, Reader.LEAD} & set(readers):
        raise RuleError("not_allowed")
    if facts.is_answered or facts.is_escalated:
        raise RuleError("concern_answered")


def check_escalation(facts: Facts, readers: Collection[Reader], today: date) -> None:
    """Whether it may go to the commissioner: by its raiser or the chair, once answered or once the day has passed.

    Raises:
        RuleError: `not_allowed`, `already_escalated`, or `concern_not_due` (due_on).
    """
    if not {Reader.RAISER, Reader.CHAIR} & set(readers):
        raise RuleError("not_allowed")
    if facts.is_escalated:
        raise RuleError("already_escalated")
    if state(facts, today) is ConcernState.WAITING:
        raise RuleError("concern_not_due", due_on=facts.due_on.isoformat())


def check_decision(facts: Facts, readers: Collection[Reader]) -> None:
    """RuleError `not_allowed`, `not_escalated` or `concern_answered`: the commissioner answers what was escalated."""
    if Reader.COMMISSIONER not in readers:
        raise RuleError("not_allowed")
    if not facts.is_escalated:
        raise RuleError("not_escalated")
    if facts.is_decided:
        raise RuleError("concern_answered")


def check_publication(facts: Facts, readers: Collection[Reader]) -> None:
    """RuleError `not_allowed`, `concern_unanswered` or `already_published`: the lead publishes it with its answer."""
    if Reader.LEAD not in readers:
        raise RuleError("not_allowed")
    if facts.is_published:
        raise RuleError("already_published")
    if not facts.is_answered and not facts.is_decided:
        raise RuleError("concern_unanswered")
