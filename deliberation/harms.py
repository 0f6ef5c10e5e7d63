"""The register of harms: who is harmed in which scenario, four ratings that are never added up, and what is done."""

from enum import StrEnum

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
