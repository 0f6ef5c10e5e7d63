"""Approval as if every group had been asked in proportion to its size, so that early voters do not speak for all."""

from dataclasses import dataclass

import numpy as np

from analysis.agreement import Counts, probability
from analysis.intervals import LEVEL, jeffreys
from analysis.matrix import Bools, Floats, Ints

FEWEST_SHARED = 10
"""Statements a group must share with the others before a line is drawn through them."""


@dataclass(frozen=True)
class Standardised:
    """Approval of each statement by everybody grouped (C each, 0 to 1), and where it is partly an inference.

    `asked` is the share of people (0 to 1) who belong to a group in which somebody voted on the statement.
    """

    approval: Floats
    low: Floats
    high: Floats
    asked: Floats


def standardised_approval(counts: Counts, sizes: Ints, level: float = LEVEL) -> Standardised:
    """The sum over groups of (size / all sizes) * add-one share agreeing. Source: opinion-analysis, section 7, row 5.

    Args:
        counts: votes by group (G x C).
        sizes: people in each group (G), whether or not they voted on a statement.
        level: of the interval, which joins the groups' Jeffreys intervals by their squared distances (Newcombe).

    A group in which nobody voted on a statement has no share. It enters with the value that the other groups'
    shares suggest (`expected_shares`), not with a half, and the interval lets it be anything from 0 to 1.
    Without groups everything is unknown: one half, from 0 to 1. ValueError if sizes do not match the counts.
    """
    sizes = np.asarray(sizes)
    if sizes.shape != counts.seen.shape[:1] or (sizes < 0).any():
        raise ValueError("sizes must give one number of people for each group")
    statements = counts.seen.shape[1]
    if not sizes.sum():
        half = np.full(statements, 0.5)
        return Standardised(half, np.zeros(statements), np.ones(statements), np.zeros(statements))
    weight: Floats = (sizes / sizes.sum())[:, None]
    seen = counts.seen > 0
    share = np.where(seen, probability(counts.agree, counts.seen), expected_shares(counts, sizes))
    low, high = jeffreys(counts.agree, counts.seen, level)
    approval: Floats = (weight * share).sum(axis=0)
    unknown = weight * ~seen
    below = np.sqrt(((weight * seen * np.minimum(low - share, 0)) ** 2).sum(axis=0)) + (unknown * share).sum(axis=0)
    above = np.sqrt(((weight * seen * np.maximum(high - share, 0)) ** 2).sum(axis=0)) + (unknown * (1 - share)).sum(
        axis=0
    )
    return Standardised(
        approval=approval,
        low=np.clip(approval - below, 0.0, 1.0),
        high=np.clip(approval + above, 0.0, 1.0),
        asked=(weight * seen).sum(axis=0),
    )


def expected_shares(counts: Counts, sizes: Ints) -> Floats:
    """The share agreeing (G x C) that each group would have if it kept to its usual distance from the others.

    A straight line through the statements that both the group and others voted on; with fewer than ten of them
    the group's mean share over its own statements, and one half for a group without votes.
    """
    share = probability(counts.agree, counts.seen)
    seen = counts.seen > 0
    weight: Floats = np.asarray(sizes, dtype=np.float64)[:, None] * seen
    result = np.full(share.shape, 0.5)
    for group in range(len(share)):
        own = seen[group]
        if own.all() or not own.any():
            continue
        others = weight.sum(axis=0) - weight[group]
        known = others > 0
        towards = np.where(
            known, ((weight * share).sum(axis=0) - weight[group] * share[group]) / np.where(known, others, 1.0), 0.5
        )
        result[group] = _line(towards, share[group], own & known, known, float(share[group][own].mean()))
    return result


def _line(x: Floats, y: Floats, fitted: Bools, known: Bools, mean: float) -> Floats:
    """Values (C) of the least-squares line of y on x through `fitted`, kept within 0 to 1; else the mean."""
    values = np.full(x.shape, mean)
    if np.count_nonzero(fitted) < FEWEST_SHARED:
        return values
    x_mean, y_mean = x[fitted].mean(), y[fitted].mean()
    spread = ((x[fitted] - x_mean) ** 2).sum()
    slope = ((x[fitted] - x_mean) * (y[fitted] - y_mean)).sum() / spread if spread > 0 else 0.0
    values[known] = np.clip(y_mean + slope * (x[known] - x_mean), 0.0, 1.0)
    return values
