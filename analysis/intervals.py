"""How sure a share is: Jeffreys, Wilson and exact intervals, and differences of groups corrected for many tests."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analysis.agreement import Counts
from analysis.matrix import Bools, Floats, Ints

LEVEL = 0.95
_NEGLIGIBLE = 1e-17


def jeffreys(part: ArrayLike, seen: ArrayLike, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Equal-tailed Jeffreys interval (low, high) of the share part / seen, each of the shape of the counts.

    Low is 0 where part is 0, high is 1 where part equals seen; nothing seen gives 0 to 1. ValueError for counts
    that cannot be, or a level not between 0 and 1. Source: opinion-analysis, section 7, row 4.
    """
    k, n = _counts(part, seen, level)
    tail = (1 - level) / 2
    low: Floats = np.where(k == 0, 0.0, special.betaincinv(k + 0.5, n - k + 0.5, tail))
    high: Floats = np.where(k == n, 1.0, special.betainccinv(k + 0.5, n - k + 0.5, tail))
    return low, high


def wilson(part: ArrayLike, seen: ArrayLike, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Wilson's score interval (low, high), with the shape, edges and errors of `jeffreys`."""
    k, n = _counts(part, seen, level)
    z2 = float(special.ndtri((1 + level) / 2)) ** 2
    middle = (k + z2 / 2) / (n + z2)
    share = k / np.where(n > 0, n, 1)
    half = np.sqrt(z2) / (n + z2) * np.sqrt(n * share * (1 - share) + z2 / 4)
    low: Floats = np.where(k == 0, 0.0, np.maximum(middle - half, 0.0))
    high: Floats = np.where(k == n, 1.0, np.minimum(middle + half, 1.0))
    return low, high


def exact_low(part: ArrayLike, seen: ArrayLike, level: float) -> Floats:
    """One-sided lower bound by Clopper and Pearson: at most the true share with at least this probability."""
    k, n = _counts(part, seen, level)
    some = k > 0
    low: Floats = np.where(some, special.betaincinv(np.where(some, k, 1.0), n - k + 1, 1 - level), 0.0)
    return low


def exact_high(part: ArrayLike, seen: ArrayLike, level: float) -> Floats:
    """One-sided upper bound by Clopper and Pearson."""
    high: Floats = 1 - exact_low(np.asarray(seen) - np.asarray(part), seen, level)
    return high


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """q value of each p value, of any shape: the least false discovery rate at which it would be kept.

    Equal p values get equal q values, and q never falls as p rises. ValueError outside 0 to 1.
    """
    values = np.asarray(p, dtype=np.float64)
    if values.size == 0:
        return values.copy()
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("p values lie between 0 and 1")
    flat = values.ravel()
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * flat.size / np.arange(1, flat.size + 1)
    q = np.empty_like(flat)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q.reshape(values.shape)


def more_than_others(part: Ints, seen: Ints) -> Floats:
    """Exact one-sided p values (G x C) that a group holds a position more often than all other groups together.

    The probability, when `part` of `seen` votes are dealt at random to groups, that this group gets at least as
    many (hypergeometric tail, Fisher's exact test). 1 where the group or the others saw nothing.
    """
    n_all, k_all = seen.sum(axis=0, keepdims=True), part.sum(axis=0, keepdims=True)
    return _upper_tail(*(np.asarray(v, dtype=np.float64) for v in np.broadcast_arrays(part, seen, k_all, n_all)))


def group_p_values(counts: Counts) -> Floats:
    """p value (G x C) that a group agrees, or disagrees, with a statement more often than all others do.

    Twice the smaller of two exact one-sided p values, as the direction is chosen after looking. Passes count
    as neither. 1 with fewer than two groups, or where the group or the others saw nothing.
    """
    agree = more_than_others(counts.agree, counts.seen)
    disagree = more_than_others(counts.disagree, counts.seen)
    p: Floats = np.minimum(1.0, 2 * np.minimum(agree, disagree))
    return p


def q_values(counts: Counts, kept: Bools) -> Floats:
    """q value (G x C) of `group_p_values`, corrected over every group and every kept statement (C) at once.

    Cells that cannot be tested (left out, one group, nothing seen by the group or by the others) get 1 and do
    not count as tests.
    """
    q: Floats = np.ones(counts.seen.shape)
    others = counts.seen.sum(axis=0, keepdims=True) - counts.seen
    tested = kept[None, :] & (counts.seen > 0) & (others > 0)
    if tested.any():
        q[tested] = benjamini_hochberg(group_p_values(counts)[tested])
    return q


def _upper_tail(k: Floats, n: Floats, k_all: Floats, n_all: Floats) -> Floats:
    """P(X >= k), X hypergeometric: n draws from n_all of which k_all count.

    Of the two tails the one that falls from its first term is summed, each term from the last, until nothing is
    added: exact at any size, and never longer than a few standard deviations.
    """
    shape = k.shape
    k, n, k_all, n_all = (v.ravel() for v in (k, n, k_all, n_all))
    upper = k * (n_all + 2) >= (n + 1) * (k_all + 1)
    start = np.where(upper, k, k - 1)
    possible = start >= np.maximum(0, n + k_all - n_all)
    total = np.zeros(k.shape)
    live = np.flatnonzero(possible)
    x, size, hits, everything = start[live], n[live], k_all[live], n_all[live]
    up = upper[live]
    term = np.exp(
        _log_choose(hits, x) + _log_choose(everything - hits, size - x) - _log_choose(everything, size),
    )
    while len(live):
        total[live] += term
        rest = everything - hits - size
        rising = (hits - x) * (size - x) / ((x + 1) * np.maximum(rest + x + 1, 1.0))
        falling = x * (rest + x) / ((hits - x + 1) * (size - x + 1))
        term = term * np.where(up, rising, falling)
        x = np.where(up, x + 1, x - 1)
        on = term > _NEGLIGIBLE * total[live]
        live, x, up, term = live[on], x[on], up[on], term[on]
        size, hits, everything = size[on], hits[on], everything[on]
    tail = np.where(upper, total, 1 - total)
    untestable = (n == 0) | (n == n_all)
    result: Floats = np.where(untestable, 1.0, np.clip(tail, 0.0, 1.0)).reshape(shape)
    return result


def _log_choose(n: Floats, k: Floats) -> Floats:
    result: Floats = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    return result


def _counts(part: ArrayLike, seen: ArrayLike, level: float) -> tuple[Floats, Floats]:
    k, n = np.asarray(part, dtype=np.float64), np.asarray(seen, dtype=np.float64)
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")
    if not ((k >= 0) & (k <= n)).all():
        raise ValueError("a part lies between 0 and what was seen")
    return k, n
