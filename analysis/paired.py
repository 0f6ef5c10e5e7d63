"""Tests and intervals on 3 x 3 transition tables (before by after), many statements at once."""

import numpy as np

from analysis.intervals import benjamini_hochberg
from analysis.later import Later
from analysis.matrix import Floats, Ints

stats = Later("scipy.stats")

POSITIONS = 3
"""Rows and columns of a transition table: disagree, pass, agree."""


def total(table: Ints) -> Ints:
    """People in each table (C)."""
    return np.asarray(table.sum(axis=(1, 2)), dtype=np.int64)


def mean_shift(table: Ints, level: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean difference, t interval, mean over standard deviation (C each)."""
    step = np.arange(POSITIONS)[None, :] - np.arange(POSITIONS)[:, None]
    count = total(table).astype(np.float64)
    some, two = np.maximum(count, 1), np.maximum(count - 1, 1)
    mean = total(table * step) / some
    # Whole numbers first: equal differences then give a spread of exactly nought.
    squares = total(table * step**2) * count - total(table * step).astype(np.float64) ** 2
    spread = np.sqrt(np.where(count > 1, squares, 0.0) / (some * two))
    half = stats.t.ppf((1 + level) / 2, two) * spread / np.sqrt(some)
    varied = spread > 0
    effect = np.divide(mean, spread, out=np.full(len(count), np.nan), where=varied)
    return (
        np.where(count > 0, mean, np.nan),
        np.where(varied, np.maximum(mean - half, -2.0), np.nan),
        np.where(varied, np.minimum(mean + half, 2.0), np.nan),
        effect,
    )


def exact_share(hits: Ints, count: Ints, level: float) -> tuple[Floats, Floats]:
    """Clopper-Pearson: an interval also where nobody, or everybody, changed."""
    tail = (1 - level) / 2
    low = np.where(hits > 0, stats.beta.ppf(tail, np.maximum(hits, 1), count - hits + 1), 0.0)
    high = np.where(hits < count, stats.beta.ppf(1 - tail, hits + 1, np.maximum(count - hits, 1)), 1.0)
    return np.where(count > 0, low, np.nan), np.where(count > 0, high, np.nan)


def mcnemar(table: Ints) -> Floats:
    """Exact: of those who came to agree or ceased to, half each way is what chance gives."""
    came, ceased = table[:, :2, 2].sum(axis=1), table[:, 2, :2].sum(axis=1)
    p = np.minimum(1.0, 2 * stats.binom.cdf(np.minimum(came, ceased), came + ceased, 0.5))
    return np.where(total(table) > 0, p, np.nan)


def stuart_maxwell(table: Ints) -> tuple[Floats, Ints, Floats]:
    """Chi-squared, degrees of freedom and p (C each).

    The covariance of the three differences of shares is the Laplacian of a graph whose edges are the moves between two
    answers. Where it is connected by two or three kinds of move there are 2 degrees of freedom; a single kind leaves
    McNemar's chi-squared with 1; none leaves nothing to test (p = 1).
    """
    moves = (table + table.transpose(0, 2, 1)).astype(np.float64)
    gap = (table.sum(axis=2) - table.sum(axis=1)).astype(np.float64)
    low, mid, top = moves[:, 1, 2], moves[:, 0, 2], moves[:, 0, 1]
    trees = low * mid + low * top + mid * top
    full = np.divide(
        low * gap[:, 0] ** 2 + mid * gap[:, 1] ** 2 + top * gap[:, 2] ** 2,
        trees, out=np.zeros(len(table)), where=trees > 0,
    )  # fmt: skip
    single = np.divide((gap**2).sum(axis=1) / 2, low + mid + top, out=np.zeros(len(table)), where=low + mid + top > 0)
    df = np.where(trees > 0, 2, np.where(low + mid + top > 0, 1, 0)).astype(np.int64)
    statistic = np.where(df == 2, full, single)
    p = np.where(df > 0, stats.chi2.sf(statistic, np.maximum(df, 1)), 1.0)
    known = total(table) > 0
    return np.where(known, statistic, np.nan), df, np.where(known, p, np.nan)


def leaving(left: Ints, stayed: Ints) -> Floats:
    """Fisher's exact p of "agree" against "not agree" between two sides (C x 3 each); NaN where one is empty."""
    p = np.full(len(left), np.nan)
    for place in np.flatnonzero((left.sum(axis=1) > 0) & (stayed.sum(axis=1) > 0)):
        cells = [[side[place, 2], side[place, :2].sum()] for side in (left, stayed)]
        p[place] = stats.fisher_exact(cells)[1]
    return p


def corrected(p: Floats) -> Floats:
    """Benjamini-Hochberg over the statements that have a p value (C)."""
    q, known = np.full(len(p), np.nan), ~np.isnan(p)
    if known.any():
        q[known] = benjamini_hochberg(p[known])
    return q
