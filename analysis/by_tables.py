"""Shares agreeing told by tables: intervals from whole tables drawn again, and in how many tables most agree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.later import Later
from analysis.matrix import Bools, Floats, Ints

stats = Later("scipy.stats")

FEWEST_TABLES = 4
"""With fewer tables their differences cannot be told, and there is no interval."""


@dataclass(frozen=True)
class ByTables:
    """Of each statement (C): bounds of the share agreeing (NaN where they cannot be told), in how many tables somebody
    voted, and in how many of these more than half agree."""

    low: Floats
    high: Floats
    tables: NDArray[np.int64]
    mostly_agree: NDArray[np.int64]


def approval_by_tables(
    table: Ints, col: Ints, agrees: Bools, size: int, *, seed: int, resamples: int = 1000, level: float = 0.95
) -> ByTables:
    """From m votes: the number of the table (m, from 0), the statement's column (m, below `size`), whether they agree.

    Whole tables are drawn again with replacement; the spread of the shares is widened by the t value of one table
    fewer, since percentiles of a handful of tables are too narrow. It covers that people at one table speak with each
    other, not how the panel was chosen.
    """
    seats = int(table.max(initial=-1)) + 1
    cell = table.astype(np.int64) * size + col
    voted = np.bincount(cell, minlength=seats * size).reshape(seats, size).astype(np.float64)
    agree = np.bincount(cell[agrees], minlength=seats * size).reshape(seats, size).astype(np.float64)
    tables = (voted > 0).sum(axis=0).astype(np.int64)
    low, high = np.full(size, np.nan), np.full(size, np.nan)
    draws = np.random.default_rng(np.random.SeedSequence([seed, 2])).random((resamples, seats))
    for j in np.flatnonzero(tables >= FEWEST_TABLES):
        here, number = voted[:, j] > 0, int(tables[j])
        chosen = (draws[:, :number] * number).astype(np.int64)
        shares = agree[here, j][chosen].sum(axis=1) / voted[here, j][chosen].sum(axis=1)
        wide = np.sqrt(number / (number - 1)) * stats.t.ppf((1 + level) / 2, number - 1) * float(shares.std())
        centre = agree[:, j].sum() / voted[:, j].sum()
        low[j], high[j] = max(0.0, centre - wide), min(1.0, centre + wide)
    return ByTables(low, high, tables, ((2 * agree > voted) & (voted > 0)).sum(axis=0).astype(np.int64))
