"""The trade-off grid: criteria against the three approaches, four words in each cell, and an answer at its end."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from deliberation.errors import RuleError
from deliberation.stewardship import Approach

APPROACHES = (Approach.DELEGATED, Approach.COLLECTIVE, Approach.INDIVIDUAL)
"""The columns of the grid."""


class Mark(StrEnum):
    """Does an approach meet what matters?"""

    MEETS = "meets"
    PARTLY = "partly"
    FAILS = "fails"
    NOT_SURE = "not_sure"


class Verdict(StrEnum):
    """What somebody says when they look at the whole grid. Nobody has to find that one approach will do."""

    DELEGATED = "delegated"
    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    A_MIX = "a_mix"
    NONE_MEETS_IT = "none_meets_it"
    NO_ACCESS = "no_access"
    DISAGREE_WITH_QUESTION = "disagree_with_question"
    NOT_SURE = "not_sure"


class Filling(StrEnum):
    """How far a table or a person has come."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    FILLED = "filled"


Cell = tuple[int, Approach]
"""(criterion, approach)."""


def check_row(marks: Mapping[str, str]) -> dict[Approach, Mark]:
    """What was said about one criterion: approach -> mark; an approach left out stays unanswered.

    Raises:
        RuleError: `unknown_answer`; `grid_row_empty` when nothing was marked.
    """
    known = {approach.value for approach in APPROACHES}
    offered = {mark.value for mark in Mark}
    given = {approach: mark for approach, mark in marks.items() if mark}
    if any(approach not in known or mark not in offered for approach, mark in given.items()):
        raise RuleError("unknown_answer")
    if not given:
        raise RuleError("grid_row_empty")
    return {Approach(approach): Mark(mark) for approach, mark in given.items()}


def check_ready(*, is_closed: bool) -> None:
    """RuleError `criteria_not_closed`: the grid is filled in on a list that no longer changes."""
    if not is_closed:
        raise RuleError("criteria_not_closed")


def filling(marked: int, criteria: int) -> Filling:
    """How far a grid has come that has `marked` cells with an answer, of three for each criterion."""
    if not marked:
        return Filling.NOT_BEGUN
    return Filling.FILLED if criteria and marked >= criteria * len(APPROACHES) else Filling.BEGUN


def counted(marks: Iterable[tuple[int, Approach, Mark]]) -> dict[Cell, dict[Mark, int]]:
    """Cell -> how often each of the four words was chosen, zeros too."""
    found: dict[Cell, Counter[Mark]] = {}
    for criterion, approach, mark in marks:
        found.setdefault((criterion, approach), Counter())[mark] += 1
    return {cell: {mark: counts[mark] for mark in Mark} for cell, counts in found.items()}
