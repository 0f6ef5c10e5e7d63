"""Numbers for the next statement, and the rule on simulated conversations beside uniform and Polis' priority."""

import numpy as np
import pytest

from analysis.agreement import Counts, count_votes
from analysis.frames import checked
from analysis.matrix import opinion_matrix
from analysis.routing import GroupTally, RoutingNumbers, routing_numbers, vote_gains
from bench.routing import measure, polis_priority
from bench.simulated import simulate
from deliberation.routing import vote_gain

RESULT = {
    "participants": [
        {"id": 1, "group": "A"},
        {"id": 2, "group": "A"},
        {"id": 3, "group": "A"},
        {"id": 4, "group": "B"},
        {"id": 5, "group": None},
    ],
    "statements": [
        {
            "id": 10,
            "seen": 5,
            "by_group": [
                {"group": "B", "agree": 0, "disagree": 1, "seen": 1},
                {"group": "A", "agree": 2, "disagree": 0, "seen": 3},
            ],
        },
        {"id": 11, "seen": 0, "by_group": []},
    ],
}
"""The keys of a snapshot that the choice reads; one person is in no group."""


def test_the_gains_of_all_groups_at_once_are_those_of_the_rule():
    made = simulate(people=60, statements=12, groups=3, seed=4)
    counts = count_votes(opinion_matrix(checked(made.tables)), made.truth, 3)
    gains = vote_gains(counts)
    by_rule = [
        [vote_gain(*cell) for cell in zip(*rows, strict=True)] for rows in zip(counts.agree, counts.seen, strict=True)
    ]
    np.testing.assert_allclose(gains, by_rule, rtol=1e-12)


def test_a_snapshot_tells_who_is_in_which_group_and_how_each_voted():
    numbers = routing_numbers(RESULT)
    assert numbers == RoutingNumbers(
        group_of={1: 0, 2: 0, 3: 0, 4: 1},
        shares=(0.75, 0.25),
        tallies={10: GroupTally(5, ((2, 3), (0, 1))), 11: GroupTally(0, ((0, 0), (0, 0)))},
    )


@pytest.mark.parametrize("groups", [[None, None], ["A", "A"], ["A", None], []])
def test_with_fewer_than_two_groups_there_are_no_numbers(groups):
    people = [{"id": number, "group": group} for number, group in enumerate(groups)]
    assert routing_numbers({"participants": people, "statements": []}) is None


def test_the_gain_is_that_of_the_own_group_or_mixed_for_somebody_in_none():
    numbers = routing_numbers(RESULT)
    own, other = vote_gain(2, 3), vote_gain(0, 1)
    assert numbers.gain(1, 10, 5) == own
    assert numbers.gain(4, 10, 5) == other
    assert numbers.gain(5, 10, 5) == numbers.gain(99, 10, 5) == pytest.approx(0.75 * own + 0.25 * other)


def test_votes_since_the_snapshot_lower_the_gain_of_each_group_by_its_share():
    numbers = routing_numbers(RESULT)
    newer = 8
    assert numbers.gain(1, 10, 5 + newer) == vote_gain(2 + 6 * 3 / 5, 3 + 6)
    assert numbers.gain(4, 10, 5 + newer) == vote_gain(0 + 2 * 1 / 3, 1 + 2)
    steps = [numbers.gain(1, 10, seen) for seen in range(5, 60)]
    assert steps == sorted(steps, reverse=True)


def test_fewer_exposures_than_votes_change_nothing():
    numbers = routing_numbers(RESULT)
    assert numbers.gain(1, 10, 0) == numbers.gain(1, 10, 5)


def test_a_statement_unknown_to_the_snapshot_has_the_gain_of_one_without_votes():
    numbers = routing_numbers(RESULT)
    assert numbers.gain(1, 77, 0) == numbers.gain(5, 77, 0) == vote_gain(0, 0)


def test_polis_priority_prefers_agreed_extreme_and_new_statements():
    agreed, refused, unseen = 0, 1, 2
    votes = np.full((20, 10), 9)
    votes[:, 3:] = np.where(np.arange(20)[:, None] % 2 == 0, 1, -1)
    votes[:, agreed], votes[:, refused] = 1, -1
    priority = polis_priority(votes)
    assert priority[unseen] == pytest.approx(((1 - 1 / 2) * (1 / 2) * 9) ** 2)
    assert priority[agreed] == pytest.approx(((1 - 1 / 22) * (21 / 22) * (1 + 8 / 16)) ** 2)
    assert priority[agreed] > priority[refused]


def _check(found: dict[str, dict[str, float]], least_won: float) -> None:
    for name in ("ours_no_groups", "ours_snapshots", "ours_known_groups"):
        assert found[name]["rmse"] < found["polis"]["rmse"], name
        assert found[name]["beats_polis"] >= least_won, name
        assert found[name]["starved"] == 0, name
        assert found[name]["fewest"] > found["polis"]["fewest"], name


def test_at_equal_votes_ours_errs_less_than_polis_priority_and_starves_no_statement():
    _check(measure(seeds=range(5), people=160, statements=36, late=0.5), least_won=0.6)


def test_statements_that_come_late_are_not_starved_as_they_are_by_chance_alone():
    found = measure(seeds=range(3), people=160, statements=40, late=0.7, votes_each=8)
    assert found["ours_no_groups"]["fewest"] > found["uniform"]["fewest"]
    assert found["ours_no_groups"]["rmse"] < found["uniform"]["rmse"]


@pytest.mark.nightly
@pytest.mark.parametrize("groups", [2, 3])
@pytest.mark.parametrize("late", [0.0, 0.7])
def test_over_twenty_seeds_ours_beats_polis_priority_and_starves_no_statement(groups, late):
    _check(measure(groups=groups, late=late), least_won=0.8)


def test_no_votes_give_the_same_gain_everywhere():
    empty = np.zeros((2, 3), dtype=np.int64)
    np.testing.assert_allclose(vote_gains(Counts(empty, empty, empty)), np.full((2, 3), 1 / 36))
