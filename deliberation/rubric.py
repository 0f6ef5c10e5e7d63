"""The committee's rubric as data: criteria in four parts and levels in words, in versions; never a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from deliberation.comments import check_words
from deliberation.errors import RuleError

WORDS_LIMIT = 300
MOST_CRITERIA = 40


class RubricPart(StrEnum):
    """What a criterion looks at."""

    ASSESSMENT = "assessment"
    APPLICATION = "application"
    BENEFIT = "benefit"
    LIMITS = "limits"


class Level(StrEnum):
    """How well a criterion is met, in order; `CANNOT_TELL` lies outside the order."""

    ABSENT = "absent"
    WEAK = "weak"
    SOUND = "sound"
    STRONG = "strong"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Criterion:
    """One line of the rubric. `key` never changes; `words` may, in a new version."""

    key: str
    part: RubricPart
    words: str


_A, _B = RubricPart.ASSESSMENT, RubricPart.APPLICATION
STANDARD: tuple[Criterion, ...] = (
    Criterion("complete", _A, "The assessment is complete"),
    Criterion("stakeholders", _A, "Stakeholders are named as specific groups"),
    Criterion("candid", _A, "It is candid about failure"),
    Criterion("ratings", _A, "The ratings of harms are justified"),
    Criterion("mitigations", _A, "Mitigations have an owner and a date, and can be tested"),
    Criterion("distribution", _A, "It says who bears the harm"),
    Criterion("changed", _A, "The workshop changed something, or it says why not"),
    Criterion("plain", _A, "It is in plain language"),
    Criterion("monitoring", _A, "There is a plan for watching what happens"),
    Criterion("record", _A, "There is an independent record of the workshop"),
    Criterion("institution", _B, "The institution is recognised"),
    Criterion("qualified", _B, "The applicant is qualified"),
    Criterion("fits_data", _B, "The project fits the database"),
    Criterion("fits_consent", _B, "The use fits what people have consented to"),
    Criterion("needs_data", _B, "The project needs controlled data"),
    Criterion("ethics", _B, "Ethics requirements are met"),
    Criterion("merit", _B, "The science has merit"),
    Criterion("security", _B, "Security is adequate"),
    Criterion("agreement", _B, "The agreement is signed"),
    Criterion("benefit", RubricPart.BENEFIT, "There is a benefit to the public, and it outweighs the harm"),
    Criterion("limits", RubricPart.LIMITS, "The purpose is narrow and the time has an end"),
)
"""What a dialogue starts with (reference: impact assessment, section 4)."""


def check_rubric(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The tidied criteria of a new version.

    Raises:
        RuleError: `rubric_empty`, `rubric_too_long` (limit), `rubric_repeated` (words), `words_empty` or
            `words_too_long`.
    """
    if not criteria:
        raise RuleError("rubric_empty")
    if len(criteria) > MOST_CRITERIA:
        raise RuleError("rubric_too_long", limit=MOST_CRITERIA)
    tidy = tuple(Criterion(one.key, one.part, check_words(one.words, limit=WORDS_LIMIT)) for one in criteria)
    seen: set[str] = set()
    for one in tidy:
        if one.key in seen or one.words.casefold() in seen:
            raise RuleError("rubric_repeated", words=one.words)
        seen |= {one.key, one.words.casefold()}
    return tidy


def spread(scores: Sequence[Mapping[str, Level]], keys: Sequence[str]) -> dict[str, dict[Level, int]]:
    """How many chose each level, per criterion. No total and no average: those would decide.

    Args:
        scores: one mapping a member (criterion key -> level), in any order.
        keys: criteria of the rubric, in the order wanted.
    """
    return {key: {level: sum(1 for one in scores if one.get(key) == level) for level in Level} for key in keys}


def differing(counts: Mapping[str, Mapping[Level, int]]) -> list[str]:
    """Criteria on which members chose levels that are not beside each other: worth talking about first."""
    order = [level for level in Level if level is not Level.CANNOT_TELL]
    found = []
    for key, row in counts.items():
        places = [order.index(level) for level in order if row[level]]
        if places and max(places) - min(places) > 1:
            found.append(key)
    return found
