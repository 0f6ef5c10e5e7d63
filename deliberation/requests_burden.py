"""What a way of deciding would cost in evenings and messages, in whole numbers, from assumptions anybody can change."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from deliberation.errors import RuleError
from deliberation.requests import Asked, Waits

EVENING = 150
"""Minutes of an evening: two and a half hours."""

BOUNDS: Mapping[str, tuple[int, int]] = {
    "requests_a_year": (1, 100_000),
    "minutes_each": (1, 600),
    "people": (1, 1_000),
    "full_in_ten": (0, 10),
    "yours_in_hundred": (0, 100),
    "days_to_decide": (0, 1_000),
    "days_to_answer": (0, 1_000),
}
"""Assumption -> the least and the most that it may be."""

MAY_BE_UNKNOWN = frozenset({"days_to_decide", "days_to_answer"})


@dataclass(frozen=True)
class Assumptions:
    """Whole numbers. `full_in_ten`: requests of every ten that the whole group looks at.

    `yours_in_hundred`: requests of every hundred that ask for the scans of one and the same person.
    """

    requests_a_year: int = 300
    minutes_each: int = 20
    people: int = 12
    full_in_ten: int = 10
    yours_in_hundred: int = 4
    days_to_decide: int | None = None
    days_to_answer: int | None = None

    @property
    def waits(self) -> Waits:
        """The days of these assumptions."""
        return Waits(self.days_to_decide, self.days_to_answer)


NAMES = tuple(one.name for one in fields(Assumptions))


class Often(StrEnum):
    """How often something happens, in words."""

    NEVER = "never"
    FEW_A_YEAR = "few_a_year"
    ONCE_A_MONTH = "once_a_month"
    FEW_A_MONTH = "few_a_month"
    MOST_WEEKS = "most_weeks"
    ONCE_A_WEEK = "once_a_week"
    TIMES_A_WEEK = "times_a_week"


@dataclass(frozen=True)
class Load:
    """A number a year and how often that is; `a_week` counts where it is more than once a week."""

    a_year: int
    often: Often
    a_week: int


@dataclass(frozen=True)
class Burden:
    """What it would mean in a year. `evenings`: None where no group meets; `messages`: None where nobody is asked.

    `hours_each`: hours a year for one person of the group.
    """

    evenings: Load | None
    hours_each: int
    people: int
    messages: Load | None


def check_assumptions(values: Mapping[str, int | None]) -> Assumptions:
    """Assumptions within their bounds.

    Raises:
        RuleError: `assumption_out_of_bounds` (name, low, high), `no_such_assumption` (name).
    """
    known: dict[str, int | None] = {}
    for name, value in values.items():
        if name not in BOUNDS:
            raise RuleError("no_such_assumption", name=name)
        low, high = BOUNDS[name]
        missing = value is None and name not in MAY_BE_UNKNOWN
        if missing or (value is not None and not low <= value <= high):
            raise RuleError("assumption_out_of_bounds", name=name, low=low, high=high)
        known[name] = value
    return Assumptions(**known)  # type: ignore[arg-type]


def burden_of(assumptions: Assumptions, *, group_decides: bool, asked: Asked | None) -> Burden:
    """The burden of one way of deciding.

    Evenings are rounded up: half an evening is one that people come to. Requests that need no full look, and
    people who are asked once or never, cost nothing here.
    """
    looked_at = _ceil(assumptions.requests_a_year * assumptions.full_in_ten, 10)
    minutes = looked_at * assumptions.minutes_each
    messages = _nearest(assumptions.requests_a_year * assumptions.yours_in_hundred, 100)
    return Burden(
        evenings=_load(_ceil(minutes, EVENING)) if group_decides else None,
        hours_each=_nearest(minutes, 60) if group_decides else 0,
        people=assumptions.people,
        messages=_load(messages) if asked is Asked.EACH_TIME else None,
    )


def _load(a_year: int) -> Load:
    return Load(a_year, _often(a_year), _nearest(a_year, 52))


def _often(a_year: int) -> Often:
    """In words: "most weeks" is more than every second week."""
    for most, often in (
        (0, Often.NEVER), (9, Often.FEW_A_YEAR), (15, Often.ONCE_A_MONTH), (26, Often.FEW_A_MONTH),
        (47, Often.MOST_WEEKS), (77, Often.ONCE_A_WEEK),
    ):  # fmt: skip
        if a_year <= most:
            return often
    return Often.TIMES_A_WEEK


def _ceil(count: int, size: int) -> int:
    return -(-count // size)


def _nearest(count: int, size: int) -> int:
    return (2 * count + size) // (2 * size)
