"""Which statement comes next for a person, and the chance with which it was chosen."""

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

FLOOR = 0.1
"""Part of the draw that is shared equally by all statements that are left, however much is known of them."""

CATCH_UP = 0.4
"""Part of the draw for statements that are behind, while there are any."""

QUOTA = 0.5
"""A statement is behind when it was shown less than this part of the average over all statements."""

SHARPNESS = 2
"""Power of the gain in the remaining part of the draw: 1 is gentle, large values always take the largest gain."""


class Candidate(NamedTuple):
    """A statement that may be voted on in a stage.

    `times_seen` counts how often it was shown; `gain` is what one more vote of this person would teach (see
    `expected_gain`), or None where nothing but `times_seen` is used.
    """

    statement_id: int
    pinned: bool
    times_seen: int
    gain: float | None = None


def vote_gain(agree: float, seen: float) -> float:
    """Expected fall in the variance of a group's approval when one more of its members votes.

    With `agree` of `seen` votes (passes are seen) the approval has a Beta(agree + 1, seen - agree + 1)
    distribution with mean p; its variance p(1-p)/(seen + 3) falls on average by p(1-p)/(seen + 3)^2.

    Raises:
        ValueError: unless 0 <= agree <= seen.
    """
    if not 0 <= agree <= seen:
        raise ValueError(f"{agree} agrees of {seen} votes")
    p = (agree + 1) / (seen + 2)
    return p * (1 - p) / (seen + 3) ** 2


def expected_gain(groups: Iterable[tuple[float, float, float]]) -> float:
    """The gain for a person who is in each group with some chance. Every group's approval counts the same.

    Args:
        groups: (chance that the person is in the group, its agrees, its votes with passes).
    """
    return sum(chance * vote_gain(agree, seen) for chance, agree, seen in groups if chance > 0)


def chances(candidates: Sequence[Candidate], voted_on: Collection[int]) -> list[tuple[int, float]]:
    """(statement, probability that it comes next) for each one left, in the order given; they sum to 1.

    Pinned statements come first, in the order given, each with certainty. Else a part FLOOR of the draw is equal
    for all that are left, a part CATCH_UP goes to those behind (if any) in proportion to how far they are behind,
    and the rest in proportion to gain ** SHARPNESS.
    """
    left = [one for one in candidates if one.statement_id not in voted_on]
    first = next((one for one in left if one.pinned), None)
    if first is not None:
        return [(one.statement_id, 1.0 if one is first else 0.0) for one in left]
    if not left:
        return []
    wanted = QUOTA * sum(one.times_seen for one in candidates) / len(candidates)
    behind = _parts([max(0.0, wanted - one.times_seen) for one in left])
    gains = [vote_gain(one.times_seen / 2, one.times_seen) if one.gain is None else one.gain for one in left]
    top = max(gains)
    useful = _parts([(gain / top) ** SHARPNESS if top > 0 else 1.0 for gain in gains])
    catch_up = CATCH_UP if any(behind) else 0.0
    return [
        (one.statement_id, FLOOR / len(left) + catch_up * late + (1 - FLOOR - catch_up) * teaches)
        for one, late, teaches in zip(left, behind, useful, strict=True)
    ]


def choose_next(candidates: Sequence[Candidate], voted_on: Collection[int], rng: Random) -> tuple[int, float] | None:
    """The next statement for a person and the probability of `chances` with which it was drawn; None if none is left.

    One number is taken from `rng`, or none where a pinned statement comes with certainty.
    """
    known = chances(candidates, voted_on)
    if not known:
        return None
    certain = next((one for one in known if one[1] == 1.0), None)
    if certain is not None:
        return certain
    bounds = list(accumulate(probability for _, probability in known))
    point = rng.random() * bounds[-1]
    return next((one for one, bound in zip(known, bounds, strict=True) if point < bound), known[-1])


def _parts(values: Sequence[float]) -> list[float]:
    """Values of 0 or more as parts of their sum; all 0 when it is 0."""
    total = sum(values)
    return [value / total for value in values] if total > 0 else [0.0] * len(values)
