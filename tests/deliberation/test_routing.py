"""The rule of what comes next: chances that sum to 1, a floor, a quota, pinned ones first."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from deliberation.routing import (
    CATCH_UP,
    FLOOR,
    QUOTA,
    Candidate,
    chances,
    choose_next,
    expected_gain,
    vote_gain,
)

gains = st.one_of(st.none(), st.floats(0, 0.03))
candidates = st.lists(
    st.builds(Candidate, st.integers(1, 60), st.booleans(), st.integers(0, 500), gains),
    unique_by=lambda one: one.statement_id,
    max_size=20,
)
free = st.lists(
    st.builds(Candidate, st.integers(1, 60), st.just(False), st.integers(0, 500), gains),
    unique_by=lambda one: one.statement_id,
    min_size=1,
    max_size=20,
)
voted_on = st.sets(st.integers(1, 60))


@given(candidates, voted_on)
def test_the_chances_of_what_is_left_sum_to_one(known, voted):
    found = chances(known, voted)
    assert [one for one, _ in found] == [one.statement_id for one in known if one.statement_id not in voted]
    if found:
        assert sum(chance for _, chance in found) == pytest.approx(1.0)


@given(free, voted_on)
def test_every_statement_that_is_left_keeps_the_floor(known, voted):
    found = chances(known, voted)
    for _, chance in found:
        assert chance >= FLOOR / len(found)


@given(candidates, voted_on, st.integers())
def test_the_next_statement_is_one_that_is_left_with_the_chance_of_the_rule(known, voted, seed):
    left = {one.statement_id for one in known} - voted
    chosen = choose_next(known, voted, Random(seed))
    if not left:
        assert chosen is None
        return
    assert chosen in chances(known, voted)
    assert chosen[0] in left
    assert 0 < chosen[1] <= 1


@given(candidates, st.integers())
def test_pinned_statements_come_first_in_their_order_with_certainty(known, seed):
    pinned = [one.statement_id for one in known if one.pinned]
    met: list[int] = []
    for _ in pinned:
        statement, chance = choose_next(known, met, Random(seed))
        assert chance == 1.0
        met.append(statement)
    assert met == pinned


@given(candidates)
def test_a_person_meets_each_statement_exactly_once(known):
    met: list[int] = []
    while (chosen := choose_next(known, set(met), Random(len(met)))) is not None:
        met.append(chosen[0])
    assert sorted(met) == sorted(one.statement_id for one in known)


@given(free, st.integers())
def test_the_same_seed_chooses_the_same(known, seed):
    assert choose_next(known, set(), Random(seed)) == choose_next(known, set(), Random(seed))


def test_statements_come_as_often_as_their_chances_say():
    known = [Candidate(n, False, 3 * n, vote_gain(n, 2 * n)) for n in range(8)]
    rng, draws = Random(11), 4_000
    met = Counter(choose_next(known, set(), rng)[0] for _ in range(draws))
    expected = [chance * draws for _, chance in chances(known, set())]
    assert stats.chisquare([met[n] for n in range(8)], expected).pvalue > 0.001


def test_a_statement_that_few_have_seen_comes_more_often():
    (_, new), (_, old) = chances([Candidate(1, False, 0), Candidate(2, False, 99)], set())
    assert new > 0.9 > old > 0


def test_a_statement_behind_the_quota_comes_first_even_where_little_is_learnt_from_it():
    level = [Candidate(n, False, 100, 0.001) for n in range(2, 30)]
    behind = [Candidate(1, False, 10, 0.0), *level]
    on_par = [Candidate(1, False, 90, 0.0), *level]
    assert dict(chances(behind, set()))[1] == pytest.approx(CATCH_UP + FLOOR / 29)
    assert dict(chances(on_par, set()))[1] == pytest.approx(FLOOR / 29)


def test_the_average_of_the_quota_counts_statements_already_voted_on():
    known = [Candidate(1, False, 10, 0.001), Candidate(2, False, 12, 0.001), Candidate(3, False, 200, 0.001)]
    assert QUOTA * (10 + 12 + 200) / 3 > 12
    (_, least), (_, more) = chances(known, {3})
    assert least > more


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_gain_of_a_vote_is_the_expected_fall_in_variance_of_the_beta_distribution(agree, other):
    seen = agree + other
    p = Fraction(agree + 1, seen + 2)

    def variance(a: int, b: int) -> float:
        return float(stats.beta(a + 1, b + 1).var())

    after = float(p) * variance(agree + 1, other) + float(1 - p) * variance(agree, other + 1)
    assert vote_gain(agree, seen) == pytest.approx(variance(agree, other) - after, abs=1e-12)


def test_a_vote_teaches_most_where_least_is_known_and_a_group_is_split():
    assert vote_gain(1, 2) > vote_gain(5, 10) > vote_gain(10, 10) > vote_gain(100, 100)
    with pytest.raises(ValueError, match="3 agrees of 2 votes"):
        vote_gain(3, 2)


def test_for_a_person_of_unknown_group_gains_are_mixed_by_the_chances_of_the_groups():
    known = vote_gain(2, 4), vote_gain(9, 30)
    assert expected_gain([(1.0, 2, 4), (0.0, 9, 30)]) == known[0]
    assert expected_gain([(0.25, 2, 4), (0.75, 9, 30)]) == pytest.approx(0.25 * known[0] + 0.75 * known[1])


def test_a_member_of_the_group_that_has_hardly_voted_is_asked_rather_than_others():
    thin, thick = (1.0, 1.0, 2.0), (1.0, 40.0, 80.0)
    known = {
        group: [
            Candidate(1, False, 82, expected_gain([counts])),
            Candidate(2, False, 82, expected_gain([(1.0, 20, 41)])),
        ]
        for group, counts in (("thin", thin), ("thick", thick))
    }
    assert dict(chances(known["thin"], set()))[1] > 0.9
    assert dict(chances(known["thick"], set()))[1] < 0.2
