"""Statements that a ranking by approval hides: those many pass on, and minority positions that matter a lot."""

import numpy as np

from analysis.agreement import Counts, Listed
from analysis.intervals import LEVEL, jeffreys
from analysis.matrix import Bools, Floats, Ints, OpinionMatrix

MORE = 1.5
"""A pass share is notable from half as many again as usual."""
FEWEST = 5
"""Passes under which nothing is called unsure."""


def unsure(
    everybody: Counts, left_out: Bools, *, pick: int = 5, more: float = MORE, fewest: int = FEWEST
) -> list[Listed]:
    """Statements that people pass on more often than usual, by the lower end of the pass share's interval.

    A statement is listed when at least `fewest` people passed and even the lower end of its 95 % Jeffreys
    interval is over `more` times the share of passes among all votes on kept statements. `everybody` counts
    all as one group (1 x C). The direction is "pass", the score the lower end (0 to 1).
    """
    seen = everybody.seen[0]
    passed = seen - everybody.agree[0] - everybody.disagree[0]
    kept = ~left_out
    votes = int(seen[kept].sum())
    usual = int(passed[kept].sum()) / votes if votes else 0.0
    low, _ = jeffreys(passed, seen, LEVEL)
    notable = np.flatnonzero(kept & (passed >= fewest) & (low > more * usual))
    order = sorted(notable, key=lambda j: (-low[j], j))[:pick]
    return [Listed(int(j), "pass", float(low[j])) for j in order]


def important_counts(matrix: OpinionMatrix) -> tuple[Ints, Ints]:
    """How many of those who agree, and of those who disagree, marked "this matters a lot to me" (C each)."""
    size = len(matrix.statements)
    agree = np.bincount(matrix.col[matrix.important & (matrix.vote > 0)], minlength=size)
    disagree = np.bincount(matrix.col[matrix.important & (matrix.vote < 0)], minlength=size)
    return agree.astype(np.int64), disagree.astype(np.int64)


def minority(
    everybody: Counts,
    important_agree: Ints,
    important_disagree: Ints,
    left_out: Bools,
    *,
    pick: int = 5,
    fewest: int = 1,
) -> list[Listed]:
    """Positions of the smaller side that matter a lot to those who hold them, whatever the majority says.

    Ranked by the lower end of the 95 % Jeffreys interval of the share of the smaller side who marked it, then by
    how many did. At least `fewest` must have. Two equal sides have no smaller one. `everybody` counts all as
    one group (1 x C); direction agree or disagree is the minority's, the score the lower end (0 to 1).
    """
    agree, disagree = everybody.agree[0], everybody.disagree[0]
    fewer_agree = agree < disagree
    side: Ints = np.where(fewer_agree, agree, disagree)
    marked: Ints = np.where(fewer_agree, important_agree, important_disagree)
    low: Floats = jeffreys(marked, side, LEVEL)[0]
    held = np.flatnonzero(~left_out & (agree != disagree) & (marked >= max(fewest, 1)))
    order = sorted(held, key=lambda j: (-low[j], -marked[j], j))[:pick]
    return [Listed(int(j), "agree" if fewer_agree[j] else "disagree", float(low[j])) for j in order]
