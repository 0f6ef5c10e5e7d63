"""Bridging and its lower bounds."""

import numpy as np
import pytest

from analysis.agreement import Counts
from analysis.bridging import bridging, bridging_bounds


def _counts(agree: object, disagree: object, seen: object) -> Counts:
    return Counts(*(np.asarray(part, dtype=np.int64) for part in (agree, disagree, seen)))


def test_one_group_against_a_statement_holds_the_least_down() -> None:
    counts = _counts([[80, 80], [70, 10]], [[10, 10], [15, 80]], [[100, 100], [100, 100]])
    least, mean = bridging(counts)
    assert least[0] == pytest.approx(71 / 102 * (1 - 16 / 102))
    assert least[1] < 0.03 < mean[1] < mean[0]


def test_the_bound_of_one_group_is_the_product_of_two_exact_bounds() -> None:
    least, mean = bridging_bounds(_counts([[10]], [[0]], [[10]]))
    assert least[0] == pytest.approx(0.05**0.1 * 0.05**0.1)
    assert mean[0] == pytest.approx(least[0])


def test_the_bounds_lie_under_the_estimates_and_come_nearer_with_votes() -> None:
    gaps = []
    for times in (1, 10, 1000):
        counts = _counts([[7 * times], [6 * times]], [[2 * times], [2 * times]], [[10 * times], [10 * times]])
        (least, mean), (least_low, mean_low) = bridging(counts), bridging_bounds(counts)
        assert least_low[0] <= mean_low[0] <= mean[0]
        gaps.append(float(least[0] - least_low[0]))
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.02


def test_where_a_group_shows_no_agreement_or_no_votes_nothing_is_claimed() -> None:
    counts = _counts([[9, 9], [0, 0]], [[0, 0], [5, 0]], [[9, 9], [9, 0]])
    np.testing.assert_array_equal(bridging_bounds(counts), np.zeros((2, 2)))


def test_without_groups_the_bounds_are_zero() -> None:
    np.testing.assert_array_equal(bridging_bounds(_counts(*[np.zeros((0, 4))] * 3)), np.zeros((2, 4)))


@pytest.mark.parametrize(("people", "groups"), [(6, 2), (25, 3), (150, 5)])
def test_the_true_value_lies_above_its_bound_nine_times_in_ten(people: int, groups: int) -> None:
    rng = np.random.default_rng([people, groups])
    chance = rng.dirichlet((1.5, 1.5, 0.6), size=(groups, 4000))
    votes = rng.multinomial(people, chance)
    counts = _counts(votes[..., 0], votes[..., 1], votes.sum(axis=-1))
    welcome = chance[..., 0] * (1 - chance[..., 1])
    least, mean = bridging_bounds(counts)
    assert (least <= welcome.min(axis=0)).mean() >= 0.9
    assert (mean <= np.exp(np.log(welcome).mean(axis=0))).mean() >= 0.9


@pytest.mark.parametrize(("agree", "disagree"), [(0.9, 0.05), (0.5, 0.5), (0.2, 0.7), (0.6, 0.2)])
def test_also_where_all_groups_are_alike_the_bound_holds_nine_times_in_ten(agree: float, disagree: float) -> None:
    rng = np.random.default_rng(11)
    votes = rng.multinomial(30, (agree, disagree, 1 - agree - disagree), size=(4, 4000))
    counts = _counts(votes[..., 0], votes[..., 1], votes.sum(axis=-1))
    least, mean = bridging_bounds(counts)
    assert (least <= agree * (1 - disagree)).mean() >= 0.9
    assert (mean <= agree * (1 - disagree)).mean() >= 0.9
