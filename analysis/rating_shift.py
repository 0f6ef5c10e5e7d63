"""How the words that people chose for a model moved between a first and a later time: whole numbers of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from deliberation.stewardship import Rating

SCALE = (Rating.STRONGLY_OPPOSE, Rating.OPPOSE, Rating.NEITHER, Rating.SUPPORT, Rating.STRONGLY_SUPPORT)
"""Five words in order. "I need to know more" stands beside the scale, never on it."""

Word = TypeVar("Word")


@dataclass(frozen=True)
class RatingShift:
    """One model.

    table       rows: what people said first, columns: what they said later, both in the order of `Rating`
    towards, away, same  people who moved towards support, away from it, or chose the same word
    beside      people who moved to or from "I need to know more"
    first_only, later_only  people without a later, or without a first answer: not in the table
    """

    table: tuple[tuple[int, ...], ...]
    towards: int
    away: int
    same: int
    beside: int
    first_only: int
    later_only: int

    @property
    def both(self) -> int:
        """People who answered both times."""
        return self.towards + self.away + self.same + self.beside


def transitions(
    first: Mapping[int, Word], later: Mapping[int, Word], words: Sequence[Word]
) -> tuple[tuple[int, ...], ...]:
    """Rows: first word, columns: later word, of people who are in both; in the order of `words`."""
    pairs = [(first[person], later[person]) for person in first.keys() & later.keys()]
    return tuple(tuple(pairs.count((one, other)) for other in words) for one in words)


def rating_shift(first: Mapping[int, Rating], later: Mapping[int, Rating]) -> RatingShift:
    """How people moved.

    Args:
        first, later: person -> the word chosen the first time, and the later time.
    """
    moves = [(first[person], later[person]) for person in sorted(first.keys() & later.keys())]
    on_scale = [(SCALE.index(a), SCALE.index(b)) for a, b in moves if a in SCALE and b in SCALE and a is not b]
    same = sum(a is b for a, b in moves)
    return RatingShift(
        table=transitions(first, later, tuple(Rating)),
        towards=sum(b > a for a, b in on_scale),
        away=sum(b < a for a, b in on_scale),
        same=same,
        beside=len(moves) - same - len(on_scale),
        first_only=len(first.keys() - later.keys()),
        later_only=len(later.keys() - first.keys()),
    )
