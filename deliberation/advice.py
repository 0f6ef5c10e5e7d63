"""Advice of the Oversight Group: how a piece stands, who may do what with it, and when it keeps a material back.

Advice is not approval, and an answer is not the end: those who run the dialogue answer; only the member who gave
the advice, or the chair, says that it is settled. Until then an open must-fix keeps the material from participants,
unless the lead or the chair overrides it with a reason that everybody reads.
"""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.oversight import AdviceType, ItemKind, Severity

ADVICE_LIMIT = 2000
REASON_LIMIT = 2000


class AdviceState(StrEnum):
    """How a piece of advice stands. Never stored: it follows from facts."""

    OPEN = "open"
    ANSWERED = "answered"
    CONTESTED = "contested"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Said:
    """What a member says. `anchor` empty: about the whole."""

    text: str
    type: AdviceType
    severity: Severity
    anchor: str = ""
    is_named: bool = False


@dataclass(frozen=True)
class Facts:
    """What the state of a piece of advice follows from. `is_contested`: the newest answer is."""

    severity: Severity
    is_answered: bool = False
    is_contested: bool = False
    is_closed: bool = False
    is_withdrawn: bool = False
    is_overridden: bool = False


@dataclass(frozen=True)
class Who:
    """Who somebody is to a piece of advice: its author, the chair, the lead of the dialogue."""

    is_author: bool = False
    is_chair: bool = False
    is_lead: bool = False


def state_of(facts: Facts) -> AdviceState:
    """Taken back, closed, contested, answered or open, in this order."""
    if facts.is_withdrawn:
        return AdviceState.WITHDRAWN
    if facts.is_closed:
        return AdviceState.CLOSED
    if facts.is_contested:
        return AdviceState.CONTESTED
    return AdviceState.ANSWERED if facts.is_answered else AdviceState.OPEN


def keeps_back(facts: Facts) -> bool:
    """Whether it keeps its material from participants: a must-fix that is neither settled nor overridden.

    An answer alone changes nothing here, whatever it says.
    """
    is_over = facts.is_withdrawn or facts.is_closed or facts.is_overridden
    return facts.severity is Severity.MUST_FIX and not is_over


def waits_for_answer(facts: Facts) -> bool:
    """Whether those who run the dialogue have to say something: nothing was said, or it was contested."""
    return state_of(facts) in {AdviceState.OPEN, AdviceState.CONTESTED}


def check_open(facts: Facts) -> None:
    """RuleError `advice_closed` or `advice_withdrawn`: nothing more is done with it."""
    if facts.is_withdrawn:
        raise RuleError("advice_withdrawn")
    if facts.is_closed:
        raise RuleError("advice_closed")


def check_answer(facts: Facts, reason: str) -> str:
    """The tidied reason of an answer; every answer has one.

    Raises:
        RuleError: `advice_closed`, `advice_withdrawn`, `words_empty`, `words_too_long`.
    """
    check_open(facts)
    return check_words(reason, limit=REASON_LIMIT)


def check_contest(facts: Facts, who: Who, why: str) -> str:
    """The tidied reason why an answer is contested.

    Raises:
        RuleError: `not_your_advice` unless author or chair; `not_answered`; `contested_before`; and as above.
    """
    _check_theirs(who)
    check_open(facts)
    if not facts.is_answered:
        raise RuleError("not_answered")
    if facts.is_contested:
        raise RuleError("contested_before")
    return check_words(why, limit=REASON_LIMIT)


def check_close(facts: Facts, who: Who) -> None:
    """RuleError `not_your_advice`, `not_answered`, `advice_closed`, `advice_withdrawn`.

    A person who answers never settles what they answered.
    """
    _check_theirs(who)
    check_open(facts)
    if not facts.is_answered:
        raise RuleError("not_answered")


def check_withdraw(facts: Facts, who: Who) -> None:
    """RuleError `not_your_advice` unless the author, whoever is chair; `advice_closed`, `advice_withdrawn`."""
    if not who.is_author:
        raise RuleError("not_your_advice")
    check_open(facts)


def check_edit(facts: Facts, who: Who) -> None:
    """RuleError `answered_before`: what was answered stays as it was; and as `check_withdraw`."""
    check_withdraw(facts, who)
    if facts.is_answered:
        raise RuleError("answered_before")


def check_override(facts: Facts, kind: ItemKind, who: Who, reason: str) -> str:
    """The tidied reason with which a material is shown although a must-fix stands open. Everybody reads it.

    Raises:
        RuleError: `not_lead` unless lead or chair; `nothing_to_override` unless it keeps a material back.
    """
    if not (who.is_lead or who.is_chair):
        raise RuleError("not_lead")
    if kind is not ItemKind.MATERIAL or not keeps_back(facts):
        raise RuleError("nothing_to_override")
    return check_words(reason, limit=REASON_LIMIT)


def _check_theirs(who: Who) -> None:
    if not (who.is_author or who.is_chair):
        raise RuleError("not_your_advice")
