"""The register of harms: who is harmed in which scenario, four ratings that are never added up, and what is done."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from deliberation.errors import RuleError

HARM_LIMIT = 1000
SCALES = (3, 5)
"""How many points a rating may have; one choice for a data asset."""


class Scenario(StrEnum):
    """In which course of events a harm comes about."""

    BEST = "best"
    MOST_LIKELY = "most_likely"
    WORST_INTENDED = "worst_intended"
    WORST_FAILING = "worst_failing"


class HarmRating(StrEnum):
    """What is rated, each on an ordinal scale of its own. There is no sum and no product."""

    IMPORTANCE = "importance"
    URGENCY = "urgency"
    DIFFICULTY = "difficulty"
    DETECTABILITY = "detectability"


def check_rating(value: int | None, points: int) -> int | None:
    """The rating; RuleError `rating_off_scale` (points) for anything but 1 to `points` or nothing."""
    if value is not None and not 1 <= value <= points:
        raise RuleError("rating_off_scale", points=points)
    return value


COLUMNS = (
    "number", "text", "stakeholder", "scenario", *(rating.value for rating in HarmRating), "mitigation", "owner",
    "due_on",
)  # fmt: skip
"""The columns of the matrix; any of them puts it in order."""
_SCENARIOS = {scenario.value: place for place, scenario in enumerate(Scenario)}


def sorted_harms(harms: Sequence[Mapping[str, Any]], by: str, *, is_down: bool = False) -> list[dict[str, Any]]:
    """The harms with their `number`, in the order of one column; what is empty comes last, either way round.

    An unknown column is `number`. Equal ones stay in the order in which they were entered.
    """
    rows = [{**harm, "number": number} for number, harm in enumerate(harms, 1)]
    column = by if by in COLUMNS else "number"

    def value(row: Mapping[str, Any]) -> Any:
        found = row.get(column)
        if column == "scenario":
            return _SCENARIOS.get(str(found), len(_SCENARIOS))
        return found if isinstance(found, int) else str(found).casefold()

    filled = [row for row in rows if row.get(column) not in (None, "")]
    empty = [row for row in rows if row.get(column) in (None, "")]
    return sorted(filled, key=value, reverse=is_down) + empty
