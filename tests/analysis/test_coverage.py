"""Do intervals hold the truth as often as they say, and are false discoveries as rare? On a known truth."""

import numpy as np
import pytest
from scipy import stats

from analysis.agreement import Counts
from analysis.intervals import group_p_values, jeffreys, q_values, wilson
from bench.coverage import (
    early_voter_errors,
    early_voters,
    false_discoveries,
    found_groups,
    given_groups,
    matched,
    null_q_values,
    rand_index,
)

NOMINAL = ("overall_jeffreys", "overall_wilson", "group_jeffreys", "group_wilson", "standardised")


@pytest.mark.parametrize("seen", [10, 30, 200])
@pytest.mark.parametrize("interval", [jeffreys, wilson])
def test_averaged_over_shares_an_interval_covers_its_nominal_95(interval: object, seen: int) -> None:
    shares = np.linspace(0.005, 0.995, 199)[:, None]
    part = np.arange(seen + 1)
    low, high = interval(part, np.full(seen + 1, seen))  # type: ignore[operator]
    covers = (low <= shares) & (shares <= high)
    assert 0.93 <= (stats.binom.pmf(part, seen, shares) * covers).sum(axis=1).mean() <= 0.97


def test_overall_and_given_groups_are_covered_and_lower_bounds_lie_below() -> None:
    rates = given_groups(conversations=16)
    assert all(0.93 <= rates[name] <= 0.97 for name in NOMINAL), rates
    assert rates["bridging_least_low_90"] >= 0.9
    assert rates["bridging_mean_low_90"] >= 0.9
    assert rates["gap"] >= 0.95


def test_groups_that_ignore_the_votes_are_seldom_told_apart() -> None:
    assert sum((null_q_values(seed) <= 0.05).any() for seed in range(40)) <= 4


def test_many_votes_dealt_at_random_give_p_values_as_rare_as_they_say() -> None:
    rng = np.random.default_rng(8)
    seen = np.full((4, 5000), 300)
    agree = rng.binomial(seen, 0.5)
    disagree = rng.binomial(seen - agree, 0.7)
    p = group_p_values(Counts(agree, disagree, seen))
    for level in (0.2, 0.05, 0.01):
        assert 0.6 * level < (p <= level).mean() <= level


def test_among_what_is_found_the_false_share_stays_under_its_rate_beside_true_differences() -> None:
    rng = np.random.default_rng(9)
    shares = []
    for _ in range(40):
        chance = np.full((3, 200), 0.5)
        chance[0, :40] = 0.85
        seen = rng.integers(10, 80, size=chance.shape)
        agree = rng.binomial(seen, chance)
        found = q_values(Counts(agree, seen - agree, seen), np.ones(200, dtype=bool)) <= 0.1
        # Where one group differs, the others differ from the rest too, so only statements without any are false.
        shares.append(found[:, 40:].sum() / max(1, found.sum()))
        assert found[0, :40].mean() > 0.5
    assert np.mean(shares) <= 0.1


@pytest.mark.parametrize(("tie", "of_all", "of_asked"), [(0.5, 0.5, 0.4), (1.0, 0.65, 0.25)])
def test_standardising_takes_most_of_the_early_voter_bias_away(tie: float, of_all: float, of_asked: float) -> None:
    rows = [early_voter_errors(seed, tie) for seed in range(6)]
    mean = {name: np.mean([row[name] for row in rows]) for name in rows[0]}
    assert mean["bias_standardised"] <= of_all * mean["bias_raw"]
    assert mean["bias_standardised_asked"] <= of_asked * mean["bias_raw_asked"]
    assert mean["error_standardised"] < mean["error_raw"]


def test_standardising_does_no_harm_where_arrival_says_nothing() -> None:
    rows = [early_voter_errors(seed, 0.0) for seed in range(4)]
    assert np.mean([row["error_standardised"] - row["error_raw"] for row in rows]) <= 0.005


def test_found_groups_are_renamed_to_the_true_ones() -> None:
    truth = np.array([0, 0, 1, 1, 2, 2, 2])
    label = np.array([2, 2, 0, 0, 1, 1, -1])
    np.testing.assert_array_equal(matched(label, truth, 3), [0, 0, 1, 1, 2, 2, -1])
    assert rand_index(label, truth) == 1.0
    assert rand_index(np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])) < 0


@pytest.mark.nightly
def test_in_many_conversations_the_rates_hold() -> None:
    for density in (0.1, 0.3):
        rates = given_groups(conversations=100, density=density)
        assert all(0.93 <= rates[name] <= 0.97 for name in NOMINAL), rates
    assert false_discoveries(conversations=400)["with_a_false_discovery"] <= 0.05
    early = early_voters(conversations=20)["half_related"]
    assert early["bias_standardised"] <= 0.5 * early["bias_raw"]


@pytest.mark.nightly
def test_well_found_groups_are_covered_at_92_in_100() -> None:
    rates = found_groups(conversations=120)
    assert rates["rand_index_at_least_.85"]["conversations"] >= 10
    assert rates["rand_index_at_least_.85"]["coverage"] >= 0.92
