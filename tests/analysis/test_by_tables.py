"""Shares by whole tables: wider where tables differ, silent where there are few, exact in the number of tables."""

import numpy as np

from analysis.by_tables import approval_by_tables
from analysis.intervals import jeffreys


def _votes(shares: list[float], each: int = 10) -> tuple[np.ndarray, np.ndarray]:
    table = np.repeat(np.arange(len(shares)), each)
    agrees = np.concatenate([np.arange(each) < round(share * each) for share in shares])
    return table, agrees


def test_tables_that_differ_make_a_wider_interval_than_single_people() -> None:
    table, agrees = _votes([0.0, 1.0, 0.0, 1.0, 0.0, 1.0])
    found = approval_by_tables(table, np.zeros(60, dtype=int), agrees, 1, seed=1)
    low, high = jeffreys(30, 60)
    assert found.high[0] - found.low[0] > 2 * (high - low)
    assert (found.tables.tolist(), found.mostly_agree.tolist()) == ([6], [3])


def test_tables_that_agree_with_each_other_are_surer() -> None:
    table, agrees = _votes([0.5] * 6)
    found = approval_by_tables(table, np.zeros(60, dtype=int), agrees, 1, seed=1)
    assert (found.low[0], found.high[0], found.mostly_agree[0]) == (0.5, 0.5, 0)


def test_with_fewer_than_four_tables_there_is_no_interval() -> None:
    table, agrees = _votes([0.2, 0.8, 0.5])
    found = approval_by_tables(table, np.zeros(30, dtype=int), agrees, 2, seed=1)
    assert np.isnan(found.low).all()
    assert found.tables.tolist() == [3, 0]


def test_intervals_of_whole_tables_cover_a_share_that_differs_by_table() -> None:
    rng = np.random.default_rng(3)
    hits = 0
    for seed in range(300):
        shares = rng.beta(3, 3, size=7)
        table = np.repeat(np.arange(7), 7)
        agrees = rng.random(49) < shares[table]
        found = approval_by_tables(table, np.zeros(49, dtype=int), agrees, 1, seed=seed, resamples=400)
        hits += found.low[0] <= 0.5 <= found.high[0]
    assert 0.90 <= hits / 300 <= 0.99
