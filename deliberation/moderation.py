"""Moderation: what may be decided about words, and where each state is shown."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from deliberation.errors import RuleError


class WordState(StrEnum):
    """The state of a statement or a comment. Nobody is told "rejected": they are told where words went."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What a moderator decides."""

    APPROVE = "approve"
    REFUSE = "refuse"


class ReasonCode(StrEnum):
    """Why words are not shown to everyone. The first three keep the words in the record for coding."""

    OFF_TOPIC = "off_topic"
    REPEATED = "repeated"
    UNCLEAR = "unclear"
    ABUSE = "abuse"
    PERSONAL_DATA = "personal_data"
    LEGAL = "legal"


class LineageKind(StrEnum):
    """How one statement came from another; "merged" says that the child stands for the parent too."""

    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"


EXCLUDED_FROM_ANALYSIS = frozenset({ReasonCode.ABUSE, ReasonCode.PERSONAL_DATA, ReasonCode.LEGAL})
"""Only these take words out of the analysts' reading; the others stay in the record."""


@dataclass(frozen=True)
class Showing:
    """Where words in a state are used."""

    shown_to_all: bool
    votable: bool
    counted: bool
    read_by_analysts: bool


def showing(state: WordState, reason: ReasonCode | None = None) -> Showing:
    """Where words in this state (refused for this reason) are shown, voted on, counted and read."""
    if state is WordState.APPROVED:
        return Showing(True, True, True, True)
    if state is WordState.REFUSED:
        return Showing(False, False, False, reason not in EXCLUDED_FROM_ANALYSIS)
    return Showing(False, False, False, state is WordState.WAITING)


def state_after_decision(state: WordState, decision: Decision, reason: ReasonCode | None) -> WordState:
    """The state after a moderator's decision.

    Raises:
        RuleError: `already_withdrawn` when the author took the words back; `reason_missing` when
            words are refused without a reason from the list; `already_decided` when nothing would change.
    """
    if state is WordState.WITHDRAWN:
        raise RuleError("already_withdrawn")
    if decision is Decision.REFUSE and reason is None:
        raise RuleError("reason_missing")
    after = WordState.APPROVED if decision is Decision.APPROVE else WordState.REFUSED
    if after is state:
        raise RuleError("already_decided", state=state.value)
    return after


def state_after_edit(state: WordState, *, moderates_first: bool) -> WordState:
    """The state of words that their author changed: checked again where words are checked first.

    Words that were kept from being shown wait for another look in either case.
    """
    if moderates_first or state is WordState.REFUSED:
        return WordState.WAITING
    return state


def check_seen(seen: WordState | None, now: WordState, who: str) -> None:
    """A decision rests on what its maker saw.

    Args:
        seen: the state shown on the page; None where there was no page.
        now: the state it is in.
        who: the other moderator who decided last, "" where it was nobody else.

    Raises:
        RuleError: `shown_meanwhile` or `refused_meanwhile` (who) when somebody else has decided since.
    """
    if seen is None or seen is now or not who:
        return
    if now is WordState.APPROVED:
        raise RuleError("shown_meanwhile", who=who)
    if now is WordState.REFUSED:
        raise RuleError("refused_meanwhile", who=who)


def check_second(is_asker: bool, view: Decision, reason: ReasonCode | None) -> None:
    """A second opinion comes from somebody else; RuleError `second_is_first` or `reason_missing`."""
    if is_asker:
        raise RuleError("second_is_first")
    if view is Decision.REFUSE and reason is None:
        raise RuleError("reason_missing")


def check_appeal_decider(is_first: bool, others: int) -> None:
    """Who decided first does not decide again while another moderator is there; RuleError `decider_is_first`."""
    if is_first and others:
        raise RuleError("decider_is_first")


def check_parts(old: str, parts: Sequence[str]) -> None:
    """New words in the place of old ones; RuleError `words_empty`, `unchanged` or `parts_repeated`."""
    if not parts:
        raise RuleError("words_empty")
    if list(parts) == [old]:
        raise RuleError("unchanged")
    if len(set(parts)) < len(parts):
        raise RuleError("parts_repeated")


def check_same_words(seen: str, now: str) -> None:
    """A decision is about the words that were read; RuleError `words_changed` when their author changed them since.

    Args:
        seen: `words_digest` of what the page showed; "" where there was no page.
    """
    if seen and seen != words_digest(now):
        raise RuleError("words_changed")


def words_digest(text: str) -> str:
    """A short sign by which a page knows words again."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
