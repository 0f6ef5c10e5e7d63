"""The question log: how a clarification question stands, who else asked it, and what an answer may be."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.moderation import WordState

QUESTION_LIMIT = 500
ANSWER_LIMIT = 4000
INTERESTS_LIMIT = 500


class QuestionAbout(StrEnum):
    """What a question was asked about."""

    MATERIAL = "material"
    MODEL = "model"
    STATEMENT = "statement"


class AnswerKind(StrEnum):
    """Nobody knows is an answer."""

    KNOWN = "known"
    NOBODY_KNOWS = "nobody_knows"


class Standing(StrEnum):
    """How a question stands. Never stored: it follows from facts."""

    TO_CHECK = "to_check"
    UNASSIGNED = "unassigned"
    ASSIGNED = "assigned"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    MERGED = "merged"
    NOT_SHOWN = "not_shown"
    WITHDRAWN = "withdrawn"


WITHOUT_ANSWER = frozenset({Standing.TO_CHECK, Standing.UNASSIGNED, Standing.ASSIGNED, Standing.DRAFTED})
"""Where a person still has something to do."""


@dataclass(frozen=True)
class Facts:
    """What the standing of a question follows from."""

    words: WordState
    is_merged: bool = False
    is_assigned: bool = False
    has_draft: bool = False
    is_answered: bool = False


def standing(facts: Facts) -> Standing:
    """How the question stands now. What its author took back is withdrawn whatever else happened to it."""
    if facts.words is WordState.WITHDRAWN:
        return Standing.WITHDRAWN
    if facts.words is WordState.REFUSED:
        return Standing.NOT_SHOWN
    if facts.is_merged:
        return Standing.MERGED
    if facts.words is WordState.WAITING:
        return Standing.TO_CHECK
    if facts.is_answered:
        return Standing.ANSWERED
    if facts.has_draft:
        return Standing.DRAFTED
    return Standing.ASSIGNED if facts.is_assigned else Standing.UNASSIGNED


@dataclass(frozen=True)
class Asked:
    """Who asked a question, as one reader may know it: whether they did, and how many others."""

    is_you: bool
    others: int


def asked_by(askers: Collection[int], reader: int | None) -> Asked:
    """Askers are the authors and all who wanted to know it too, of the question and of those merged into it."""
    people = set(askers)
    return Asked(reader in people, len(people - {reader}))


def check_question(text: str) -> str:
    """The tidied question; RuleError `words_empty` or `words_too_long`."""
    return check_words(text, limit=QUESTION_LIMIT)


def check_answer(kind: AnswerKind, text: str) -> str:
    """The tidied answer. "Nobody knows" needs no more words; a known answer does."""
    if kind is AnswerKind.NOBODY_KNOWS and not text.strip():
        return ""
    return check_words(text, limit=ANSWER_LIMIT)


def check_join(*, is_own: bool, words: WordState) -> None:
    """RuleError `own_question` or `question_not_shown`: one joins what others asked and everyone can see."""
    if is_own:
        raise RuleError("own_question")
    if words is not WordState.APPROVED:
        raise RuleError("question_not_shown")


def check_publish(words: WordState) -> None:
    """RuleError `question_not_shown`: an answer is published only where everyone can see the question."""
    if words is not WordState.APPROVED:
        raise RuleError("question_not_shown")


def check_merge(question: int, into: int, *, into_is_merged: bool, into_words: WordState, is_answered: bool) -> None:
    """Whether a question may be put together with another.

    Raises:
        RuleError: `merge_with_itself`; `merge_target_gone` when the other is itself merged or not shown;
            `already_answered` when this one has a published answer, which must not disappear.
    """
    if question == into:
        raise RuleError("merge_with_itself")
    if into_is_merged or into_words is not WordState.APPROVED:
        raise RuleError("merge_target_gone")
    if is_answered:
        raise RuleError("already_answered")
