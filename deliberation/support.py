"""Support and dissent for combinations: which ones are the same, who sees which, and what may be said of them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from deliberation.stewardship import CombinationQuestion, check_combination

COMBINATIONS_A_SITTING = 7
"""Nobody is asked about more combinations than this; they may go on if they want to."""


class Support(StrEnum):
    """What somebody says of a combination that others put together."""

    SUPPORT = "support"
    COULD_LIVE_WITH_IT = "could_live_with_it"
    DO_NOT_SUPPORT = "do_not_support"


@dataclass(frozen=True)
class Offered:
    """A combination that could be shown: how many people have answered about it, and whether this one has."""

    combination: int
    answers: int
    is_answered: bool


def combination_key(answers: Mapping[str, str]) -> str:
    """The same for combinations with the same four answers; RuleErrors as in `check_combination`."""
    checked = check_combination(answers)
    return "|".join(checked[question] for question in CombinationQuestion)


def next_combination(offered: Sequence[Offered], person: str) -> int | None:
    """The one to show next: of those this person has not answered, one with the fewest answers.

    Ties are drawn by a hash of person and combination, so that people begin at different ones; nobody is named
    by it. None when there is nothing left.
    """
    left = [one for one in offered if not one.is_answered]
    if not left:
        return None
    return min(left, key=lambda one: (one.answers, _draw(person, one.combination))).combination


def is_enough(answered: int) -> bool:
    """Whether somebody has been asked as often as anybody is."""
    return answered >= COMBINATIONS_A_SITTING


def _draw(person: str, combination: int) -> str:
    return hashlib.sha256(f"{person}:{combination}".encode()).hexdigest()
