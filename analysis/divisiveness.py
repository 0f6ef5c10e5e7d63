"""Divisiveness: how far apart groups stand on a statement, and how much of that could be chance."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.agreement import Counts, probability
from analysis.intervals import LEVEL, jeffreys
from analysis.matrix import Floats


@dataclass(frozen=True)
class Gap:
    """Mean absolute difference of two groups' shares agreeing (C each, 0 to 1), with an interval."""

    gap: Floats
    low: Floats
    high: Floats


def between_share(counts: Counts) -> Floats:
    """Share of the variance of votes (-1, 0, 1) on a statement that lies between groups (C, 0 to 1).

    Corrected for what chance puts between groups (epsilon squared, never under 0). 0 where everybody votes
    alike or too few votes tell. Source: opinion-analysis, section 7, row 7.
    """
    seen = counts.seen.astype(np.float64)
    net = (counts.agree - counts.disagree).astype(np.float64)
    total = seen.sum(axis=0)
    groups = (counts.seen > 0).sum(axis=0)
    some = np.where(total > 0, total, 1.0)
    correction = net.sum(axis=0) ** 2 / some
    whole = (counts.agree + counts.disagree).sum(axis=0) - correction
    between = (net**2 / np.where(seen > 0, seen, 1.0)).sum(axis=0) - correction
    told = (groups > 1) & (total > groups) & (whole > 1e-12 * some)
    within = np.where(told, (whole - between) / np.where(told, total - groups, 1.0), 0.0)
    everything = np.where(told, whole / np.where(told, total - 1, 1.0), 1.0)
    share: Floats = np.where(told, np.clip(1 - within / everything, 0.0, 1.0), 0.0)
    return share


def pairwise_gap(counts: Counts, level: float = LEVEL) -> Gap:
    """Mean over pairs of groups of |difference of add-one shares agreeing|, with a joint interval.

    Every pair's difference has an interval from the two Jeffreys intervals (Newcombe), at a level shared out over
    the pairs, so that all hold at once; the gap's ends are the means of the smallest and largest absolute
    differences that they allow. Only groups that voted on the statement are compared; with fewer than two of
    them the gap is 0 and, if there are two groups at all, its interval 0 to 1.
    """
    size = counts.seen.shape[1]
    pairs = list(combinations(range(len(counts.seen)), 2))
    if not pairs:
        return Gap(np.zeros(size), np.zeros(size), np.zeros(size))
    share = probability(counts.agree, counts.seen)
    low, high = jeffreys(counts.agree, counts.seen, 1 - (1 - level) / len(pairs))
    below, above = np.maximum(share - low, 0), np.maximum(high - share, 0)
    sums = np.zeros((3, size))
    compared = np.zeros(size)
    for one, other in pairs:
        both = (counts.seen[one] > 0) & (counts.seen[other] > 0)
        difference = share[one] - share[other]
        least = difference - np.hypot(below[one], above[other])
        most = difference + np.hypot(above[one], below[other])
        nearest = np.maximum(0.0, np.maximum(least, -most))
        farthest = np.minimum(1.0, np.maximum(np.abs(least), np.abs(most)))
        sums += np.where(both, np.stack([np.abs(difference), nearest, farthest]), 0.0)
        compared += both
    known = compared > 0
    gap, nearest, farthest = sums / np.where(known, compared, 1.0)
    return Gap(gap, nearest, np.where(known, farthest, 1.0))
