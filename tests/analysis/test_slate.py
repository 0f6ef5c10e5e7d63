"""The slate: two rules against abcvoting and brute force, unseen statements, coverage, justified representation."""

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from analysis.components import opinion_map
from analysis.frames import checked
from analysis.matrix import OpinionMatrix, matrix_of, opinion_matrix
from analysis.polis_export import read_polis_export
from analysis.slate import AS_CAST, EQUAL_SHARES, PHRAGMEN, Slate, cautious_share, choose_slate, directions
from analysis.slate_checks import Agreements, passed_over
from analysis.slate_rules import Choice, approvals_of, equal_shares, sequential_phragmen
from bench.simulated import simulate
from bench.slates import conversation, greedy, simulated
from tests.shared_data import CONVERSATIONS, shared_folder

Ballots = list[list[int]]
Rule = Callable[..., list[Choice]]

HERE = Path(__file__).parent
FROZEN = HERE / "abcvoting_committees.json"
RULES: tuple[Rule, Rule] = (equal_shares, sequential_phragmen)
ROUND = 400
"""Profiles of one round with abcvoting; the answers to those of seed 0 are kept in a file."""

both = pytest.mark.parametrize("rule", RULES)
ballots_of_few = st.lists(st.lists(st.integers(0, 5), max_size=5, unique=True), min_size=1, max_size=6)


def _columns(choices: Sequence[Choice]) -> list[int]:
    return [one.column for one in choices]


def _all_committees(rule: Rule, ballots: Ballots, size: int, seats: int, *, exact: bool | None = None) -> set[int]:
    """Bit masks of the committees of all ways to break the ties."""
    found, ways = set(), [()]
    while ways:
        way = ways.pop()
        asked: list[tuple[int, ...]] = []

        def pick(tied: tuple[int, ...], way: tuple[int, ...] = way, asked: list[tuple[int, ...]] = asked) -> int:
            asked.append(tied)
            return way[len(asked) - 1] if len(asked) <= len(way) else tied[0]

        choices = rule(approvals_of(ballots, size), seats, pick=pick, exact=exact)
        found.add(sum(1 << j for j in _columns(choices)))
        taken = _columns(choices)
        for step in range(len(way), len(asked)):
            ways.extend((*taken[:step], other) for other in asked[step][1:])
    return found


def _profiles(seed: int, number: int = ROUND) -> list[list[object]]:
    """Random profiles as abcvoting_child.py reads them; each candidate has a supporter."""
    random, profiles = Random(seed), []
    for _ in range(number):
        size, voters = random.randint(2, 6), random.randint(4, 20)
        width = random.choice((0.25, 0.45, 0.65))
        masks = [sum(1 << j for j in range(size) if random.random() < width) for _ in range(voters)]
        for j in range(size):
            if not any(mask >> j & 1 for mask in masks):
                masks[random.randrange(voters)] |= 1 << j
        profiles.append([size, random.randint(1, size), masks])
    return profiles


def _ours(size: int, seats: int, masks: Sequence[int], *, exact: bool | None = None) -> list[list[int]]:
    ballots = [[j for j in range(size) if mask >> j & 1] for mask in masks]
    return [sorted(_all_committees(rule, ballots, size, seats, exact=exact)) for rule in RULES]


def _votes(table: Sequence[Sequence[int | None]], left_out: Sequence[int] = ()) -> OpinionMatrix:
    """A matrix of rows of votes; None is not seen."""
    cells = [(i, j, vote) for i, row in enumerate(table) for j, vote in enumerate(row) if vote is not None]
    row, col, vote = (np.array([cell[part] for cell in cells], dtype=np.int64) for part in range(3))
    size = len(table[0]) if table else 0
    out = np.isin(np.arange(size), left_out)
    people, statements = range(len(table)), range(size)
    return matrix_of(row, col, vote.astype(np.int8), participants=people, statements=statements, left_out=out)


def _chosen(slate: Slate) -> list[int]:
    return [seat.column for seat in slate.seats]


# The rules themselves


@both
@pytest.mark.parametrize("exact", [True, False])
def test_the_published_example_gives_five_and_two_of_the_first_three(rule: Rule, exact: bool) -> None:
    ballots = [[0, 1, 2]] * 51 + [[3, 4, 5]] * 34 + [[5]] * 15
    assert _all_committees(rule, ballots, 6, 3, exact=exact) == {0b100011, 0b100101, 0b100110}


def test_committees_equal_those_of_abcvoting_ties_included() -> None:
    kept = json.loads(FROZEN.read_text(encoding="utf-8"))
    assert len(kept) == ROUND
    for profile, answer in zip(_profiles(0), kept, strict=True):
        assert _ours(*profile) == answer, profile  # type: ignore[arg-type]


def test_floats_find_the_same_committees_as_fractions() -> None:
    for profile in _profiles(1, 100):
        assert _ours(*profile, exact=False) == _ours(*profile, exact=True), profile  # type: ignore[arg-type]


@pytest.mark.nightly
def test_ten_thousand_committees_equal_those_of_abcvoting() -> None:
    python = os.environ.get("FOLKMOOT_ABCVOTING")
    if not python:
        pytest.skip("set FOLKMOOT_ABCVOTING to a Python that has abcvoting 2.19.2")
    profiles = _profiles(2, 10_000)
    told = subprocess.run(
        [python, str(HERE / "abcvoting_child.py")],
        input=json.dumps(profiles),
        capture_output=True,
        text=True,
        check=True,
    )
    for profile, answer in zip(profiles, json.loads(told.stdout), strict=True):
        assert _ours(*profile) == answer, profile  # type: ignore[arg-type]


@both
@given(ballots=ballots_of_few, seats=st.integers(1, 5), random=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_who_casts_which_ballot(rule: Rule, ballots: Ballots, seats: int, random: Random) -> None:
    mixed = ballots.copy()
    random.shuffle(mixed)
    assert rule(approvals_of(ballots, 6), seats) == rule(approvals_of(mixed, 6), seats)


@both
@given(ballots=ballots_of_few, seats=st.integers(1, 5), order=st.permutations(range(6)))
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_what_a_statement_is_called(
    rule: Rule, ballots: Ballots, seats: int, order: list[int]
) -> None:
    renamed = [[order[j] for j in ballot] for ballot in ballots]
    ours = _all_committees(rule, ballots, 6, seats)
    assert _all_committees(rule, renamed, 6, seats) == {
        sum(1 << order[j] for j in range(6) if mask >> j & 1) for mask in ours
    }


@given(ballots=ballots_of_few, seats=st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_equal_shares_gives_every_cohesive_group_its_due(ballots: Ballots, seats: int) -> None:
    """Extended justified representation by brute force; the check of EJR+ agrees that nothing is wrong."""
    chosen = set(_columns(equal_shares(approvals_of(ballots, 6), seats)))
    for level in range(1, seats + 1):
        for common in combinations(range(6), level):
            short = [b for b in ballots if set(common) <= set(b) and len(chosen & set(b)) < level]
            assert len(short) * seats < level * len(ballots) or not short
    assert _failure(ballots, chosen, seats, levels=seats) is None


@given(ballots=ballots_of_few, seats=st.integers(1, 4), chosen=st.sets(st.integers(0, 5), max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_check_of_justified_representation_equals_its_definition(
    ballots: Ballots, seats: int, chosen: set[int]
) -> None:
    without = [ballot for ballot in ballots if not chosen & set(ballot)]
    sizes = {j: sum(j in ballot for ballot in without) for j in range(6)}
    wrong = {j: many for j, many in sizes.items() if many and many * seats >= len(ballots)}
    found = _failure(ballots, chosen, seats)
    assert (found is None) == (not wrong)
    if found is not None:
        most = max(wrong.values())
        assert (found.people, found.column) == (most, min(j for j, many in wrong.items() if many == most))


def _failure(ballots: Ballots, chosen: set[int], seats: int, levels: int = 1):  # type: ignore[no-untyped-def]
    pairs = [(i, j) for i, ballot in enumerate(ballots) for j in ballot]
    person, column = (np.array([pair[part] for pair in pairs], dtype=np.int64) for part in (0, 1))
    agreements = Agreements(person, column, len(ballots), 6)
    return passed_over(
        agreements, np.array(sorted(chosen), dtype=np.int64), seats, np.ones(6, dtype=np.bool_), levels=levels
    )


@both
def test_a_sparse_matrix_and_lists_of_ballots_mean_the_same(rule: Rule) -> None:
    ballots = [[0, 2], [1], [], [0, 1, 3], [3]]
    table = np.array([[int(j in ballot) for j in range(5)] for ballot in ballots])
    assert rule(approvals_of(sparse.csr_matrix(table)), 3) == rule(approvals_of(ballots, 5), 3)


@both
def test_what_nobody_agrees_with_is_never_chosen(rule: Rule) -> None:
    assert _columns(rule(approvals_of([[1], [1, 3]], 5), 5)) == [1, 3]
    assert rule(approvals_of([], 3), 2) == []


def test_seats_left_over_are_told_as_filled_by_the_completion() -> None:
    choices = equal_shares(approvals_of([[0], [1], [2], [3]], 4), 2)
    assert [(one.column, one.rule) for one in choices] == [(0, "sequential Phragmen"), (1, "sequential Phragmen")]
    assert choices[0].tied == (1, 2, 3)


# The slate of a conversation


def test_two_thirds_and_one_third_share_three_seats_two_to_one() -> None:
    large, small = [1, 1, 1, -1, -1, -1], [-1, -1, -1, 1, 1, 1]
    slate = choose_slate(_votes([large] * 20 + [small] * 10), seats=3)
    assert sorted(_chosen(slate)) == [0, 1, 3]
    assert (slate.covered, slate.people, slate.covered_share, slate.is_jr, slate.is_ejr_plus) == (
        30,
        30,
        1.0,
        True,
        True,
    )
    assert [seat.newly_covered for seat in slate.seats] == [20, 0, 10]
    assert [seat.supporters for seat in slate.seats] == [20, 20, 10]
    assert slate.tied == (1, 2, 3)
    assert slate.seats[0].tied == (1, 2)


def test_with_every_vote_cast_estimating_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    matrix = _votes(rng.integers(-1, 2, size=(60, 12)).tolist())
    for method in (EQUAL_SHARES, PHRAGMEN):
        estimated = choose_slate(matrix, seats=4, method=method)
        cast = choose_slate(matrix, seats=4, method=method, unseen=AS_CAST)
        assert _chosen(estimated) == _chosen(cast)
        assert estimated.likely_share == pytest.approx(estimated.covered_share)


def test_a_late_statement_is_not_starved_for_having_been_seen_by_few() -> None:
    """All forty who saw the last statement agree; of a hundred who saw the first, fifty-five."""
    table = [[1 if i < 55 else -1, None if i < 60 else 1] for i in range(100)]
    everybody = np.zeros(100, dtype=np.int64)
    assert _chosen(choose_slate(_votes(table), alike=everybody, seats=1)) == [1]
    assert _chosen(choose_slate(_votes(table), seats=1, unseen=AS_CAST)) == [0]


def test_a_statement_that_one_person_saw_and_likes_does_not_win_by_luck() -> None:
    table = [[1 if i < 80 else -1, 1 if i == 0 else None] for i in range(100)]
    assert _chosen(choose_slate(_votes(table), alike=np.zeros(100, dtype=np.int64), seats=1)) == [0]


def test_people_are_judged_by_those_who_vote_like_them() -> None:
    """Half of each side saw its side's late statement; the other side rejects it."""
    left = [[1, -1, 1 if i % 2 else None, -1] for i in range(60)]
    right = [[-1, 1, -1, 1 if i % 2 else None] for i in range(60)]
    matrix = _votes(left + right)
    sides = np.repeat([0, 1], 60)
    slate = choose_slate(matrix, alike=sides, seats=2)
    assert sorted(_chosen(slate)) == [0, 1]
    assert sorted(_chosen(choose_slate(matrix, seats=2))) == [0, 1]
    assert (slate.covered, slate.likely_share) == (120, 1.0)
    four = choose_slate(matrix, alike=sides, seats=4)
    assert sorted(_chosen(four)) == [0, 1, 2, 3]


def test_the_likely_share_takes_the_unseen_into_account() -> None:
    table = [[1 if i < 50 else None] for i in range(100)] + [[None]]
    slate = choose_slate(_votes(table[:100]), alike=np.zeros(100, dtype=np.int64), seats=1)
    assert slate.people == 50
    table = [[1 if i < 50 else None, 0] for i in range(100)]
    slate = choose_slate(_votes(table), alike=np.zeros(100, dtype=np.int64), seats=1)
    assert slate.covered_share == 0.5
    assert 0.95 < slate.likely_share < 1.0


def test_a_group_passed_over_is_named() -> None:
    """Only left-out statements speak to the second half, so one of them may not be the witness."""
    matrix = _votes([[1, -1, -1]] * 5 + [[-1, 1, -1]] * 5, left_out=[1])
    slate = choose_slate(matrix, seats=2)
    assert _chosen(slate) == [0]
    assert slate.is_jr
    matrix = _votes([[1, 1, -1]] * 4 + [[-1, -1, 1]] * 2)
    agreements = Agreements(matrix.row[matrix.vote > 0], matrix.col[matrix.vote > 0], 6, 3)
    found = passed_over(agreements, np.array([0, 1]), 2, np.ones(3, dtype=np.bool_))
    assert found is None
    found = passed_over(agreements, np.array([0, 1]), 3, np.ones(3, dtype=np.bool_))
    assert found is not None
    assert (found.column, found.people, found.level) == (2, 2, 1)


def test_only_those_who_count_are_represented() -> None:
    matrix = _votes([[1, -1]] * 6 + [[-1, 1]] * 3)
    who = np.arange(9) >= 6
    slate = choose_slate(matrix, who, seats=1)
    assert (_chosen(slate), slate.people, slate.covered) == ([1], 3, 3)
    assert slate == choose_slate(matrix.of_people(np.arange(6, 9)), seats=1, alike=np.full(3, -1))


@pytest.mark.parametrize("table", [[], [[0, 0]] * 3, [[-1, -1]] * 3, [[None, None]]])
def test_where_nobody_agrees_with_anything_the_slate_is_empty(table: list[list[int | None]]) -> None:
    slate = choose_slate(_votes(table), seats=3)
    assert (slate.seats, slate.covered, slate.covered_share, slate.is_jr, slate.tied) == ((), 0, 0.0, True, ())


def test_no_seats_means_no_statements_and_a_wrong_request_is_refused() -> None:
    matrix = _votes([[1, -1]] * 3)
    assert choose_slate(matrix, seats=0).seats == ()
    for wrong in ({"method": "loudest"}, {"unseen": "guess"}, {"seats": -1}):
        with pytest.raises(ValueError, match="no slate"):
            choose_slate(matrix, **wrong)  # type: ignore[arg-type]


@given(seed=st.integers(0, 10_000), method=st.sampled_from([EQUAL_SHARES, PHRAGMEN]))
@settings(max_examples=20, deadline=None)
def test_the_numbers_of_a_slate_add_up(seed: int, method: str) -> None:
    rng = np.random.default_rng(seed)
    votes = np.where(rng.random((40, 10)) < 0.5, rng.integers(-1, 2, size=(40, 10)).astype(object), None)
    slates = [choose_slate(_votes(votes.tolist()), seats=seats, method=method) for seats in range(1, 7)]
    for slate in slates:
        assert slate.covered == sum(seat.newly_covered for seat in slate.seats)
        assert len(set(_chosen(slate))) == len(slate.seats) == slate.wanted
        assert slate.covered_share <= slate.likely_share + 1e-12 <= 1.0 + 1e-12
        assert (slate.jr_witness is None) == slate.is_jr
        assert slate.is_jr or not slate.is_ejr_plus
    if method == PHRAGMEN:
        covered = [slate.covered for slate in slates]
        assert covered == sorted(covered)
        assert all(_chosen(b)[: len(_chosen(a))] == _chosen(a) for a, b in pairwise(slates))


@pytest.mark.parametrize("seed", range(4))
def test_fractions_and_floats_choose_the_same_slate_where_votes_are_missing(seed: int) -> None:
    matrix = opinion_matrix(checked(simulate(people=300, statements=60, groups=3, blanks="arrival", seed=seed).tables))
    for method in (EQUAL_SHARES, PHRAGMEN):
        exact = choose_slate(matrix, seats=6, method=method, exact=True)
        assert choose_slate(matrix, seats=6, method=method, exact=False) == exact


def test_the_directions_of_the_map_do_not_jump_at_the_axes() -> None:
    corners = np.array([[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0.0], [-1, -0.0], [-1, -1], [0, -1], [1, -1], [0, 0]])
    assert directions(corners).tolist() == [0, 1, 2, 3, 4, 4, 5, 6, 7, 0]


def test_the_cautious_share_is_the_lower_wilson_bound() -> None:
    low = cautious_share(np.array([0, 0, 3, 90]), np.array([0, 5, 3, 100]))
    z = 1.2815515655446004
    assert low[:2].tolist() == [0.0, 0.0]
    assert low[2] == pytest.approx(3 / (3 + z * z))
    p = low[3]
    assert (0.9 - p) / np.sqrt(p * (1 - p) / 100) == pytest.approx(z)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_on_real_conversations_more_people_are_covered_than_by_representative_lists(name: str) -> None:
    found = conversation(shared_folder(f"opinion/{name}"))
    assert found["representative"] < found["equal shares"]["covered"] <= found["greedy"]
    assert found["equal shares, as cast"]["covered"] >= found["greedy"] - 0.055
    assert all(found[way]["jr"] for way in ("equal shares", "equal shares, as cast", "phragmen", "phragmen, as cast"))


def test_the_conversation_of_uber_gets_the_same_slate_every_time() -> None:
    matrix = opinion_matrix(checked(read_polis_export(shared_folder("opinion/vtaiwan.uberx")).tables))
    first = choose_slate(matrix)
    assert first == choose_slate(matrix, alike=directions(opinion_map(matrix).people))
    assert len(first.seats) == 5
    assert not matrix.left_out[_chosen(first)].any()
    assert first.covered_share < first.likely_share


def test_with_few_votes_an_estimated_slate_covers_more_people_than_one_of_votes_as_cast() -> None:
    found = simulated(3)
    for kind in ("at random", "by arrival"):
        ours, cast = found[f"{kind}: equal shares"], found[f"{kind}: equal shares, as cast"]
        assert ours["covered"] > cast["covered"]
        assert ours["smallest"] > cast["smallest"]


def test_a_greedy_slate_takes_the_statement_with_most_people_not_reached_yet() -> None:
    matrix = _votes([[1, 1, -1]] * 4 + [[-1, 1, 1]] + [[-1, -1, 1]] * 2)
    assert greedy(matrix, np.ones(7, dtype=np.bool_), 2) == [1, 2]
