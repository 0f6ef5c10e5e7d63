"""Criteria: what matters when someone decides, at most seven, in the panel's own words."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError

CRITERIA_LIMIT = 7
CRITERION_LENGTH = 120
"""Characters of one criterion: a line on a phone or two."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = 4
"""Words shorter than this are not compared: "the", "and", "who"."""
_STEM = 5
"""Words count as the same when they begin alike: "decide", "decides", "decided"."""


class CriteriaAnswer(StrEnum):
    """What a participant says of the list; none of them is a default."""

    THAT_IS_IT = "that_is_it"
    SOMETHING_MISSING = "something_missing"
    DISAGREE_WITH_QUESTION = "disagree_with_question"


def check_criterion(text: str) -> str:
    """A criterion is one line; RuleError `words_empty` or `words_too_long`."""
    return check_words(" ".join(tidy(text).split()), limit=CRITERION_LENGTH)


def check_list(texts: Sequence[str]) -> None:
    """Whether the list may be closed.

    Raises:
        RuleError: `no_criteria`, `too_many_criteria` (limit, count, over) or `criterion_repeated`.
    """
    if not texts:
        raise RuleError("no_criteria")
    if len(texts) > CRITERIA_LIMIT:
        raise RuleError(
            "too_many_criteria", limit=CRITERIA_LIMIT, count=len(texts), over=len(texts) - CRITERIA_LIMIT
        )
    if len({text.casefold() for text in texts}) < len(texts):
        raise RuleError("criterion_repeated")


def check_is_draft(*, is_closed: bool) -> None:
    """RuleError `criteria_closed` once the list is closed: marks on the grid stand on its words."""
    if is_closed:
        raise RuleError("criteria_closed")


def check_reopen(*, is_closed: bool, marks: int) -> None:
    """RuleError `criteria_open` or, when somebody has filled in the grid, `grid_begun`."""
    if not is_closed:
        raise RuleError("criteria_open")
    if marks:
        raise RuleError("grid_begun")


def words_not_said(text: str, sources: Iterable[str]) -> list[str]:
    """Longer words of a criterion with which no word of its sources begins alike, in their order.

    For the facilitator, who is asked to stay as close to the panel's words as possible.
    """
    said = {_stem(word) for source in sources for word in _words(source)}
    return list(dict.fromkeys(word for word in _words(text) if _stem(word) not in said))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _SMALL]


def _stem(word: str) -> str:
    return word[:_STEM]
