"""Bridging: how well a statement stands with every group at once, so that no large group carries it alone."""

import numpy as np

from analysis.agreement import Counts, probability
from analysis.intervals import exact_high, exact_low
from analysis.matrix import Floats

SURE = 0.90
"""Probability with which a lower bound lies under the true value."""


def bridging(counts: Counts) -> tuple[Floats, Floats]:
    """Least and geometric mean over groups of p_agree * (1 - p_disagree) (C each; zeros without groups).

    Source: opinion-analysis, section 7, row 6. Unlike group-aware consensus it does not shrink with every
    further group, and disagreement counts against it.
    """
    if not len(counts.seen):
        return np.zeros(counts.seen.shape[1]), np.zeros(counts.seen.shape[1])
    welcome = probability(counts.agree, counts.seen) * (1 - probability(counts.disagree, counts.seen))
    least: Floats = welcome.min(axis=0)
    mean: Floats = np.exp(np.log(welcome).mean(axis=0))
    return least, mean


def bridging_bounds(counts: Counts, level: float = SURE) -> tuple[Floats, Floats]:
    """Lower bounds of the least and of the geometric mean (C each), under the true values at least 90 % of the time.

    A group's bound is the product of the exact lower bound of its share agreeing and one less the exact upper
    bound of its share disagreeing, each missed by at most half the error. The least of them is a bound of the
    true least, as it is no more than that of the group where the true value is least. For the mean the groups'
    logarithms are joined by their squared distances. 0 where some group shows no agreement, or without groups.
    """
    size = counts.seen.shape[1]
    if not len(counts.seen):
        return np.zeros(size), np.zeros(size)
    each = (1 + level) / 2
    low = exact_low(counts.agree, counts.seen, each) * (1 - exact_high(counts.disagree, counts.seen, each))
    least: Floats = low.min(axis=0)
    possible = (low > 0).all(axis=0)
    seen = np.where(counts.seen > 0, counts.seen, 1)
    share = np.where(possible, counts.agree / seen * (1 - counts.disagree / seen), 1.0)
    middle = np.log(share)
    distance = middle - np.log(np.where(possible, low, 1.0))
    joined = middle.mean(axis=0) - np.sqrt((distance**2).sum(axis=0)) / len(share)
    mean: Floats = np.where(possible, np.maximum(np.exp(joined), least), 0.0)
    return least, mean
