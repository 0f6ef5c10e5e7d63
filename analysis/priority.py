"""Polis' priority of a statement to be shown next, for comparison with our own routing."""

import numpy as np

from analysis.agreement import Counts
from analysis.matrix import Bools, Floats

META_PRIORITY = 49.0


def priority(counts: Counts, extremity: Floats, is_meta: Bools) -> Floats:
    """Priority of each statement (C), the weight with which Polis draws it. Source: opinion-analysis, A10.

    `counts` are by group (G x C) and summed here; `extremity` (C) is the distance of A4. A statement that
    nobody has seen has newness 9; meta statements all have 49.
    """
    agree, disagree, seen = (part.sum(axis=0) for part in (counts.agree, counts.disagree, counts.seen))
    passed = seen - agree - disagree
    importance = (1 - (passed + 1.0) / (seen + 2.0)) * (1 + extremity) * (agree + 1.0) / (seen + 2.0)
    newness = 1 + 8 * np.exp2(-seen / 5.0)
    result: Floats = np.where(is_meta, META_PRIORITY, (importance * newness) ** 2)
    return result
