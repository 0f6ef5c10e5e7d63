"""Approval as if every group had been asked in proportion to its size."""

import numpy as np
import pytest

from analysis.agreement import Counts, probability
from analysis.standardised import expected_shares, standardised_approval


def _counts(agree: object, seen: object) -> Counts:
    agree, seen = np.asarray(agree), np.asarray(seen)
    return Counts(agree, seen - agree, seen)


def test_it_is_the_sum_of_group_shares_by_size() -> None:
    counts = _counts([[8, 1], [3, 30]], [[10, 4], [30, 40]])
    found = standardised_approval(counts, np.array([30, 10]))
    p = probability(counts.agree, counts.seen)
    np.testing.assert_allclose(found.approval, 0.75 * p[0] + 0.25 * p[1])
    np.testing.assert_array_equal(found.asked, 1.0)


def test_a_group_that_voted_early_and_often_does_not_speak_for_all() -> None:
    counts = _counts([[180], [2]], [[200], [20]])
    found = standardised_approval(counts, np.array([200, 200]))
    assert counts.agree.sum() / counts.seen.sum() > 0.8
    assert found.approval[0] == pytest.approx(0.5, abs=0.02)
    assert found.low[0] < 0.5 < found.high[0]


def test_with_one_group_it_is_the_add_one_share_and_its_own_interval() -> None:
    found = standardised_approval(_counts([[30]], [[40]]), np.array([40]))
    assert found.approval[0] == pytest.approx(31 / 42)
    assert (found.low[0], found.high[0]) == pytest.approx((0.602, 0.864), abs=0.002)


def test_a_group_nobody_of_which_voted_does_not_drag_the_answer_to_a_half() -> None:
    seen = np.full((2, 30), 50)
    agree = np.tile(np.arange(30) + 10, (2, 1))
    seen[1, 29], agree[1, 29] = 0, 0
    found = standardised_approval(_counts(agree, seen), np.array([50, 50]))
    p = 40 / 52
    assert found.approval[29] == pytest.approx(p)
    assert found.asked[29] == 0.5
    assert found.low[29] < p / 2 + 0.01
    assert found.high[29] > p / 2 + 0.49
    assert found.high[28] - found.low[28] < 0.2


def test_an_opposed_group_is_expected_on_the_other_side() -> None:
    ramp = np.arange(40) + 5
    agree, seen = np.stack([ramp, 50 - ramp]), np.full((2, 40), 50)
    agree[1, 39], seen[1, 39] = 0, 0
    expected = expected_shares(_counts(agree, seen), np.array([10, 10]))
    assert expected[1, 39] == pytest.approx(1 - 45 / 52)


def test_with_little_to_go_by_the_group_keeps_its_own_mean_and_without_votes_one_half() -> None:
    counts = _counts([[9, 9], [0, 0], [10, 0]], [[10, 10], [0, 0], [10, 0]])
    expected = expected_shares(counts, np.array([5, 5, 5]))
    assert expected[2, 1] == pytest.approx(11 / 12)
    np.testing.assert_array_equal(expected[1], 0.5)


def test_a_statement_nobody_voted_on_is_unknown() -> None:
    found = standardised_approval(_counts([[4, 0], [3, 0]], [[5, 0], [5, 0]]), np.array([5, 5]))
    assert (found.low[1], found.high[1], found.asked[1]) == (0.0, 1.0, 0.0)


def test_without_groups_everything_is_unknown() -> None:
    found = standardised_approval(_counts(np.zeros((0, 3), int), np.zeros((0, 3), int)), np.zeros(0, int))
    np.testing.assert_array_equal(np.stack([found.approval, found.low, found.high]), [[0.5] * 3, [0.0] * 3, [1.0] * 3])


def test_sizes_must_match_the_groups() -> None:
    with pytest.raises(ValueError, match="each group"):
        standardised_approval(_counts([[1], [1]], [[2], [2]]), np.array([4]))
