"""Large synthetic conversations with a known truth, as three arrays: planted groups, heavy-tailed numbers of votes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 20_000
"""People whose votes are made at a time: bounds the memory beside the arrays."""
SPREAD, SLOPE, PASSES = 0.35, 1.0, 0.12
"""Width of a group (its middle is 1.5 from the centre), how firmly places decide votes, share of passes: set so
that the groups overlap as in the reference (three groups by plain k-means: adjusted Rand index .84 to .88)."""


@dataclass(frozen=True)
class Votes:
    """`participant`, `statement` (m, int32, ids 0..n-1 and 0..C-1) and `vote` (m, int8); `truth` (n): the groups.

    A cell is there once. Everybody has a vote, unless by rare chance.
    """

    participant: NDArray[np.int32]
    statement: NDArray[np.int32]
    vote: NDArray[np.int8]
    truth: NDArray[np.int8]

    @property
    def megabytes(self) -> float:
        """Size of the three arrays of votes."""
        return (self.participant.nbytes + self.statement.nbytes + self.vote.nbytes) / 1e6


def votes(
    people: int, statements: int, density: float, *, groups: int = 3, shuffled: bool = True, seed: int = 0
) -> Votes:
    """About people * statements * density votes.

    `shuffled` puts them in random order, the hardest an analysis can get; else they are sorted by participant
    and statement.
    """
    first, *blocks = np.random.SeedSequence(seed).spawn(1 + -(-people // BLOCK))
    rng = np.random.default_rng(first)
    angles = 2 * np.pi * (np.arange(groups) + rng.random()) / groups
    middles = 1.5 * np.column_stack([np.cos(angles), np.sin(angles)])
    bias, loading = rng.normal(0, 0.8, statements), rng.normal(0, 1, (statements, 2))
    parts = []
    for start, block in zip(range(0, people, BLOCK), blocks, strict=True):
        size = min(BLOCK, people - start)
        inner = np.random.default_rng(block)
        truth = inner.integers(groups, size=size)
        place = middles[truth] + SPREAD * inner.normal(size=(size, 2))
        row, col = _cells(size, statements, density, inner)
        logit = bias[col]
        for axis in (0, 1):
            logit += SLOPE * place[row, axis] * loading[col, axis]
        cast = np.where(inner.random(len(row)) < 1 / (1 + np.exp(-logit)), 1, -1).astype(np.int8)
        cast[inner.random(len(row)) < PASSES] = 0
        parts.append(((row + start).astype(np.int32), col.astype(np.int32), cast, truth.astype(np.int8)))
    participant = np.concatenate([part[0] for part in parts])
    statement = np.concatenate([part[1] for part in parts])
    vote = np.concatenate([part[2] for part in parts])
    truths = np.concatenate([part[3] for part in parts])
    if shuffled:
        order = rng.permutation(len(vote))
        participant, statement, vote = participant[order], statement[order], vote[order]
    return Votes(participant, statement, vote, truths)


def _cells(
    people: int, statements: int, density: float, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct cells, sorted. Each person draws with replacement so often that the share left is right on average."""
    effort = rng.lognormal(0, 0.8, people)
    share = np.clip(density * effort / effort.mean(), 1 / statements, 0.9)
    draws = np.maximum(1, np.round(-statements * np.log1p(-share))).astype(np.int64)
    cell = np.repeat(np.arange(people) * statements, draws)
    cell += rng.integers(statements, size=len(cell))
    cell = np.unique(cell)
    row = cell // statements
    return row, cell - row * statements
