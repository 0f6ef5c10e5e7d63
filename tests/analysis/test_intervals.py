"""Intervals and tests of groups against independent oracles, and their edges."""

import numpy as np
import pytest
from scipy import stats

from analysis.agreement import Counts
from analysis.intervals import (
    benjamini_hochberg,
    exact_high,
    exact_low,
    group_p_values,
    jeffreys,
    more_than_others,
    q_values,
    wilson,
)

ALL = [(k, n) for n in (1, 2, 5, 17, 60) for k in range(n + 1)]
PART, SEEN = (np.array(column) for column in zip(*ALL, strict=True))


def _counts(agree: object, disagree: object, seen: object) -> Counts:
    return Counts(*(np.atleast_2d(np.asarray(part, dtype=np.int64)) for part in (agree, disagree, seen)))


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_jeffreys_is_the_beta_quantile_of_scipy_inside_and_ends_at_0_and_1(level: float) -> None:
    low, high = jeffreys(PART, SEEN, level)
    tail = (1 - level) / 2
    oracle = stats.beta(PART + 0.5, SEEN - PART + 0.5)
    np.testing.assert_allclose(low, np.where(PART == 0, 0, oracle.ppf(tail)), atol=1e-12)
    np.testing.assert_allclose(high, np.where(PART == SEEN, 1, oracle.isf(tail)), atol=1e-12)


def test_wilson_and_the_exact_bounds_are_those_of_scipy() -> None:
    low, high = wilson(PART, SEEN)
    for k, n, at_least, at_most, below, above in zip(
        PART, SEEN, low, high, exact_low(PART, SEEN, 0.95), exact_high(PART, SEEN, 0.95), strict=True
    ):
        score = stats.binomtest(int(k), int(n)).proportion_ci(0.95, method="wilson")
        exact = stats.binomtest(int(k), int(n)).proportion_ci(0.90, method="exact")
        assert (at_least, at_most) == pytest.approx((score.low, score.high), abs=1e-12)
        assert below == pytest.approx(exact.low, abs=1e-12)
        assert above == pytest.approx(exact.high, abs=1e-12)


@pytest.mark.parametrize("interval", [jeffreys, wilson])
def test_nothing_seen_says_nothing(interval: object) -> None:
    low, high = interval([0, 0], [0, 3])  # type: ignore[operator]
    assert (low[0], high[0], low[1]) == (0.0, 1.0, 0.0)
    assert 0 < high[1] < 1


def test_the_interval_holds_the_share_and_narrows_with_votes() -> None:
    low, high = jeffreys(PART, SEEN)
    assert (low <= PART / SEEN).all()
    assert (high >= PART / SEEN).all()
    narrow = [float(np.subtract(*jeffreys(n // 2, n)[::-1])) for n in (10, 100, 1000, 10**6)]
    assert narrow == sorted(narrow, reverse=True)


@pytest.mark.parametrize(("part", "seen", "level"), [(2, 1, 0.95), (-1, 3, 0.95), (1, 2, 1.0), (np.nan, 2, 0.9)])
def test_impossible_counts_and_levels_are_refused(part: float, seen: float, level: float) -> None:
    with pytest.raises(ValueError, match="lies between"):
        jeffreys(part, seen, level)


def test_q_values_are_those_of_scipy_in_any_shape_with_ties() -> None:
    rng = np.random.default_rng(3)
    p = np.round(rng.random((4, 25)) ** 3, 2)
    q = benjamini_hochberg(p)
    np.testing.assert_allclose(q, stats.false_discovery_control(p.ravel()).reshape(p.shape), atol=1e-15)
    order = np.argsort(p.ravel())
    assert (np.diff(q.ravel()[order]) >= 0).all()
    assert all(len(set(q[p == one])) == 1 for one in np.unique(p))
    assert benjamini_hochberg([]).shape == (0,)


@pytest.mark.parametrize("wrong", [[-0.1], [1.1], [np.nan]])
def test_what_is_no_p_value_is_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="p values"):
        benjamini_hochberg(wrong)


def test_a_group_against_the_others_is_fishers_exact_test() -> None:
    rng = np.random.default_rng(5)
    seen = rng.integers(0, 30, size=(3, 60))
    part = rng.binomial(seen, rng.random(60))
    p = more_than_others(part, seen)
    for g, j in np.ndindex(p.shape):
        rest_part, rest_seen = part[:, j].sum() - part[g, j], seen[:, j].sum() - seen[g, j]
        table = [[part[g, j], seen[g, j] - part[g, j]], [rest_part, rest_seen - rest_part]]
        assert p[g, j] == pytest.approx(stats.fisher_exact(table, "greater").pvalue, rel=1e-9)


def test_the_exact_test_holds_far_out_and_with_a_million_votes() -> None:
    part, seen = np.array([[30_600], [270_000]]), np.array([[100_000], [900_000]])
    oracle = stats.hypergeom.sf(30_599, 1_000_000, 300_600, 100_000)
    assert more_than_others(part, seen)[0, 0] == pytest.approx(oracle, rel=1e-6)
    far = more_than_others(np.array([[9_000], [1_000]]), np.array([[10_000], [10_000]]))
    assert far[0, 0] == 0.0
    assert far[1, 0] == 1.0


def test_the_p_value_is_the_same_for_agreeing_as_for_disagreeing() -> None:
    rng = np.random.default_rng(6)
    seen = rng.integers(1, 40, size=(2, 30))
    agree = rng.binomial(seen, 0.4)
    disagree = rng.binomial(seen - agree, 0.5)
    there, back = _counts(agree, disagree, seen), _counts(disagree, agree, seen)
    np.testing.assert_array_equal(group_p_values(there), group_p_values(back))


def test_a_planted_difference_is_found_and_the_rest_is_not() -> None:
    seen = np.full((2, 20), 40)
    agree, disagree = np.full((2, 20), 20), np.full((2, 20), 16)
    agree[:, 4], disagree[:, 4] = (36, 4), (4, 36)
    q = q_values(_counts(agree, disagree, seen), np.ones(20, dtype=bool))
    assert (q[:, 4] < 1e-6).all()
    assert (np.delete(q, 4, axis=1) == 1).all()


def test_what_cannot_be_tested_gets_1_and_does_not_count_as_a_test() -> None:
    one = _counts([[5, 0]], [[1, 0]], [[8, 0]])
    np.testing.assert_array_equal(q_values(one, np.ones(2, dtype=bool)), 1.0)
    counts = _counts([[9, 3, 9], [0, 0, 0]], [[0, 0, 0], [9, 0, 9]], [[9, 3, 9], [9, 0, 9]])
    q = q_values(counts, np.array([True, True, False]))
    p = group_p_values(counts)
    assert (q[:, 1:] == 1).all()
    np.testing.assert_allclose(q[:, 0], benjamini_hochberg(p[:, 0]))
    assert q_values(_counts(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 3))), np.ones(3, bool)).shape == (0, 3)
