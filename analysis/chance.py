"""What chance makes of the same conversation: votes dealt anew, and one cloud of people without separate groups."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from analysis.components import LOOSE, leading_components, project
from analysis.matrix import Floats, OpinionMatrix, centred, column_means

_POWERS = (-3.0, 4.0)
_STEPS = 6
"""The cloud's axes are made as strong as the real ones by halving this range of powers of two so often."""
_KEY_BITS = 16
_LONGEST = 0.87
"""The strongest pull of one statement: beyond it, a cloud that votes by sign alone would be two camps itself."""


@dataclass(frozen=True)
class Dealer:
    """Deals the votes of each statement anew to those who saw it: `columns` sorted, `places` in the matrix."""

    columns: NDArray[np.int64]
    places: NDArray[np.int64]

    def deal(self, matrix: OpinionMatrix, rng: np.random.Generator) -> OpinionMatrix:
        """Who saw what stays, and each statement's totals stay; who said what is chance."""
        # A small number sorts three times as fast; equal keys, one pair in many thousands, keep the order of votes.
        small = 29 - int(self.columns.max(initial=1)).bit_length()
        bits = small if small >= _KEY_BITS else 32
        kind: type[np.int32] | type[np.int64] = np.int32 if bits == small else np.int64
        packed: NDArray[Any] = self.columns.astype(kind)
        packed <<= bits + 2
        packed |= rng.integers(1 << bits, size=len(packed), dtype=kind) << 2
        packed |= matrix.vote[self.places] + np.int8(1)
        packed.sort()
        vote = np.empty(len(packed), dtype=np.int8)
        vote[self.places] = (packed & 3) - 1
        return replace(matrix, vote=vote)


def dealer(matrix: OpinionMatrix) -> Dealer:
    """The dealer of a matrix."""
    places = np.argsort(matrix.col, kind="stable")
    return Dealer(matrix.col[places].astype(np.int64), places)


@dataclass(frozen=True)
class Cloud:
    """One cloud of people: normal on two axes, with each statement's own pull (C x 2) and totals.

    A vote is agree above `upper`, disagree below `lower` of a person's pull plus chance. The fields are laid out by
    seen cell (m), as single floats: they only draw votes.
    """

    first: NDArray[np.float32]
    second: NDArray[np.float32]
    own: NDArray[np.float32]
    lower: NDArray[np.float32]
    upper: NDArray[np.float32]

    def vote(self, matrix: OpinionMatrix, rng: np.random.Generator) -> OpinionMatrix:
        """Votes of such a cloud where the real people voted."""
        people = rng.standard_normal((2, len(matrix.participants)), dtype=np.float32)
        score = rng.standard_normal(len(matrix.col), dtype=np.float32)
        score *= self.own
        score += self.first * people[0][matrix.row]
        score += self.second * people[1][matrix.row]
        return replace(matrix, vote=(score > self.upper).astype(np.int8) - (score < self.lower).astype(np.int8))


def _cloud(matrix: OpinionMatrix, pull: Floats, lower: Floats, upper: Floats) -> Cloud:
    own = np.sqrt(1 - (pull**2).sum(axis=1))
    parts = (pull[:, 0], pull[:, 1], own, lower, upper)
    return Cloud(*(part.astype(np.float32)[matrix.col] for part in parts))


def cloud(matrix: OpinionMatrix, components: Floats, share: Floats, rng: np.random.Generator) -> Cloud:
    """The cloud whose axes are as strong as the real ones (`share`, 2), with the real statements' totals.

    Each statement's pull starts as the correlation of its votes with people's places on the axes, its own vote taken
    out, and is scaled until simulated votes give the real shares.
    """
    size = len(matrix.statements)
    seen = np.maximum(np.bincount(matrix.col, minlength=size), 1)
    margins = np.stack([np.bincount(matrix.col[matrix.vote == v], minlength=size) for v in (-1, 1)])
    within = np.clip((margins + 0.25) / (seen + 0.75), 1e-6, 1 - 1e-6)
    lower, upper = ndtri(within[0]), ndtri(1 - within[1])
    start = _correlations(matrix, components)
    seed = int(rng.integers(1 << 62))

    def made(first: float, second: float) -> Floats:
        one = _cloud(matrix, _within(start * np.exp2([first, second])), lower, upper)
        return _shares(one, matrix, np.random.default_rng(seed))

    # The first axis sets the strength of both; then the second gets its own, by the sum, since the stronger of two
    # simulated axes always comes first.
    first = _halved(lambda power: bool(made(power, power)[0] < share[0]))
    second = _halved(lambda power: bool(made(first, power).sum() < share.sum()))
    return _cloud(matrix, _within(start * np.exp2([first, second])), lower, upper)


def _halved(is_too_weak: Callable[[float], bool]) -> float:
    """The power of two at which a pull is strong enough, by halving an interval."""
    low, high = _POWERS
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_too_weak(middle) else (low, middle)
    return (low + high) / 2


def _shares(one: Cloud, matrix: OpinionMatrix, rng: np.random.Generator) -> Floats:
    """Mean shares of the two axes over two simulated conversations."""
    found = []
    for _ in range(2):
        other = one.vote(matrix, rng)
        found.append(leading_components(centred(other, column_means(other)), tolerance=LOOSE)[1])
    mean: Floats = np.mean(found, axis=0)
    return mean


def _correlations(matrix: OpinionMatrix, components: Floats) -> Floats:
    """Correlation of each statement's votes with its voters' places on each axis, that vote taken out (C x 2)."""
    means = column_means(matrix)
    votes = centred(matrix, means)
    places = project(matrix, votes, components)
    seen = np.maximum(matrix.votes_per_participant, 1)
    step = np.sqrt(len(matrix.statements) / seen)
    size = len(matrix.statements)
    square = np.bincount(matrix.col, weights=votes.data**2, minlength=size)
    found = np.zeros((size, 2))
    for axis in (0, 1):
        other = places[matrix.row, axis] - step[matrix.row] * votes.data * components[axis, matrix.col]
        joint = np.bincount(matrix.col, weights=votes.data * other, minlength=size)
        spread = np.bincount(matrix.col, weights=other**2, minlength=size)
        found[:, axis] = joint / np.sqrt(np.maximum(square * spread, 1e-12))
    return found


def _within(pull: Floats) -> Floats:
    length = np.sqrt((pull**2).sum(axis=1, keepdims=True))
    result: Floats = pull * np.minimum(1.0, _LONGEST / np.maximum(length, 1e-12))
    return result
