"""Bridging: how well a statement stands with every group at once, so that no large group carries it alone."""

import numpy as np

from analysis.agreement import Counts, probability
from analysis.matrix import Floats


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
