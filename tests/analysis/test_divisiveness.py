"""How far apart groups stand, and how much of it could be chance."""

import numpy as np
import pytest
from scipy import stats

from analysis.agreement import Counts
from analysis.divisiveness import between_share, pairwise_gap


def _counts(agree: object, seen: object, disagree: object | None = None) -> Counts:
    agree, seen = np.asarray(agree, dtype=np.int64), np.asarray(seen, dtype=np.int64)
    return Counts(agree, seen - agree if disagree is None else np.asarray(disagree, dtype=np.int64), seen)


def _planted(gap: float, people: int, groups: int, statements: int, seed: int) -> Counts:
    rng = np.random.default_rng(seed)
    share = 0.5 + gap * (np.arange(groups) / max(groups - 1, 1) - 0.5)
    seen = np.full((groups, statements), people)
    agree = rng.binomial(seen, share[:, None])
    return _counts(agree, seen)


def test_equal_groups_have_no_gap_and_no_share() -> None:
    counts = _counts([[30, 5], [30, 5]], [[50, 20], [50, 20]])
    np.testing.assert_array_equal(between_share(counts), 0.0)
    found = pairwise_gap(counts)
    np.testing.assert_array_equal(found.gap, 0.0)
    np.testing.assert_array_equal(found.low, 0.0)
    assert (found.high > 0).all()


def test_both_rise_with_a_planted_gap() -> None:
    wide = [_planted(gap, 60, 3, 400, 2) for gap in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    for figure in (between_share, lambda c: pairwise_gap(c).gap, lambda c: pairwise_gap(c).low):
        means = [float(figure(counts).mean()) for counts in wide]
        assert means == sorted(means)
        assert means[-1] > means[0] + 0.4
    assert between_share(_counts([[40], [0]], [[40], [40]]))[0] == 1.0


def test_the_share_is_that_of_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(4)
    votes = [rng.choice([-1, 0, 1], size=n, p=p) for n, p in ((40, (0.6, 0.1, 0.3)), (25, (0.2, 0.2, 0.6)))]
    counts = _counts(*[[[int((v == 1).sum())] for v in votes], [[len(v)] for v in votes]],
                     [[int((v == -1).sum())] for v in votes])  # fmt: skip
    f = stats.f_oneway(*votes).statistic
    assert between_share(counts)[0] == pytest.approx((f - 1) / (f + 63))


def test_small_groups_that_differ_by_chance_are_not_called_divided() -> None:
    counts = _planted(0.0, 5, 4, 3000, 7)
    assert pairwise_gap(counts).gap.mean() > 0.15
    assert (pairwise_gap(counts).low > 0).mean() <= 0.05
    assert between_share(counts).mean() < 0.07


@pytest.mark.parametrize(("gap", "people", "groups"), [(0.0, 12, 2), (0.3, 12, 2), (0.3, 40, 3), (0.9, 25, 5)])
def test_the_interval_holds_the_true_gap(gap: float, people: int, groups: int) -> None:
    found = pairwise_gap(_planted(gap, people, groups, 4000, 9))
    share = gap * np.arange(groups) / max(groups - 1, 1)
    apart = np.abs(share[:, None] - share[None, :])[np.triu_indices(groups, 1)].mean()
    assert ((found.low <= apart + 1e-12) & (apart <= found.high)).mean() >= 0.93


def test_a_group_that_did_not_vote_is_not_compared() -> None:
    found = pairwise_gap(_counts([[9, 9], [0, 0], [9, 0]], [[10, 10], [0, 0], [10, 0]]))
    assert (found.gap[0], found.low[0]) == (0.0, 0.0)
    assert (found.gap[1], found.low[1], found.high[1]) == (0.0, 0.0, 1.0)
    assert between_share(_counts([[9], [0]], [[10], [0]]))[0] == 0.0


def test_one_group_or_none_cannot_be_divided() -> None:
    for groups in (0, 1):
        counts = _counts(np.full((groups, 2), 3), np.full((groups, 2), 5))
        np.testing.assert_array_equal(np.stack([*vars(pairwise_gap(counts)).values()]), 0.0)
        np.testing.assert_array_equal(between_share(counts), 0.0)
