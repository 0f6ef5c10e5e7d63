"""Tests on transition tables, against independent implementations."""

import numpy as np
import pytest
from scipy import stats

from analysis import paired


def random_tables(count: int, most: int, seed: int = 5) -> np.ndarray:
    """Small tables, many of them with empty rows, columns and categories."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, most, size=(count, 3, 3)) * (rng.random((count, 3, 3)) < 0.6)


def test_leavers_who_differ_from_stayers_are_told_by_fishers_exact_test():
    left, stayed = np.array([[9, 1, 2]]), np.array([[3, 2, 15]])
    assert paired.leaving(left, stayed)[0] == pytest.approx(stats.fisher_exact([[2, 10], [15, 5]])[1])
    assert np.isnan(paired.leaving(np.zeros((1, 3), int), stayed)[0])


def test_mcnemar_is_the_exact_binomial_test():
    tables = random_tables(200, 9)
    for table, p in zip(tables, paired.mcnemar(tables), strict=True):
        came, ceased = int(table[:2, 2].sum()), int(table[2, :2].sum())
        if not table.sum():
            assert np.isnan(p)
        elif came + ceased:
            assert p == pytest.approx(stats.binomtest(came, came + ceased).pvalue, abs=1e-12)
        else:
            assert p == 1


def test_stuart_maxwell_is_the_quadratic_form_with_a_generalised_inverse():
    tables = random_tables(400, 7)
    statistics, degrees, ps = paired.stuart_maxwell(tables)
    seen = set()
    for table, statistic, df, p in zip(tables, statistics, degrees, ps, strict=True):
        if not table.sum():
            assert np.isnan(statistic)
            continue
        gap = table.sum(axis=1) - table.sum(axis=0)
        spread = np.diag(table.sum(axis=1) + table.sum(axis=0)) - table - table.T
        assert statistic == pytest.approx(gap @ np.linalg.pinv(spread) @ gap, abs=1e-9)
        assert df == np.linalg.matrix_rank(spread)
        assert p == pytest.approx(stats.chi2.sf(statistic, df) if df else 1.0)
        seen.add(int(df))
    assert seen == {0, 1, 2}


def test_with_an_answer_nobody_gave_stuart_maxwell_becomes_mcnemars_chi_squared():
    table = np.array([[[20, 0, 9], [0, 0, 0], [2, 0, 14]]])
    statistic, df, p = (part[0] for part in paired.stuart_maxwell(table))
    assert (statistic, df) == (pytest.approx(49 / 11), 1)
    assert p == pytest.approx(stats.chi2.sf(49 / 11, 1))


@pytest.mark.parametrize(("hits", "count"), [(0, 12), (12, 41), (5, 5), (1, 1)])
def test_the_interval_of_the_share_who_changed_is_exact(hits: int, count: int):
    low, high = paired.exact_share(np.array([hits]), np.array([count]), 0.95)
    wanted = stats.binomtest(hits, count).proportion_ci(0.95, "exact")
    assert (low[0], high[0]) == (pytest.approx(wanted.low), pytest.approx(wanted.high))


def test_q_values_are_those_of_scipy_and_leave_out_what_has_no_p():
    p = np.array([0.04, np.nan, 0.001, 0.5, 0.04, 1.0])
    q = paired.corrected(p)
    known = ~np.isnan(p)
    np.testing.assert_allclose(q[known], stats.false_discovery_control(p[known]))
    assert np.isnan(q[1])
    assert np.isnan(paired.corrected(np.full(3, np.nan))).all()
