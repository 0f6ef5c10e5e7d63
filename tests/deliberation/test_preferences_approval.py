"""Dots: the published examples, exactness, and proportionality by brute force."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.preferences_approval import (
    Rule,
    count_dots,
    equal_shares,
    equal_shares_with_costs,
    greedy_with_costs,
)

NAMES = ("a", "b", "c", "d", "e", "f")
ballots = st.lists(st.frozensets(st.sampled_from(NAMES), max_size=5), min_size=1, max_size=6)
seats = st.integers(1, 5)
BLOCS = [frozenset("abc")] * 51 + [frozenset("def")] * 34 + [frozenset("f")] * 15
COSTS = dict(zip(NAMES, (50, 50, 40, 30, 30, 20), strict=True))
COST_BLOCS = [frozenset("ab")] * 51 + [frozenset("cde")] * 34 + [frozenset("f")] * 15


def test_the_plain_count_gives_the_largest_bloc_all_and_equal_shares_does_not():
    counts = count_dots(NAMES, BLOCS)
    assert counts == {"a": 51, "b": 51, "c": 51, "d": 34, "e": 34, "f": 49}
    chosen = equal_shares(NAMES, BLOCS, 3)
    assert chosen.sets == {frozenset(one) for one in ("abf", "acf", "bcf")}
    assert chosen.is_complete
    assert chosen.is_tied
    assert (chosen.surely, chosen.maybe) == (frozenset("f"), frozenset("abc"))


def test_each_seat_names_its_rule_and_what_was_level_with_it():
    first, second, third = equal_shares(NAMES, BLOCS, 3).seats
    assert (first.option, first.rule, first.tied) == ("a", Rule.EQUAL_SHARES, ("b", "c"))
    assert (second.option, second.rule, second.tied) == ("f", Rule.EQUAL_SHARES, ())
    assert (third.option, third.rule, third.tied) == ("b", Rule.SEQ_PHRAGMEN, ("c",))


def test_the_order_of_the_options_breaks_ties_and_changes_no_set():
    other = equal_shares(NAMES[::-1], BLOCS, 3)
    assert [seat.option for seat in other.seats] == ["c", "f", "b"]
    assert other.sets == equal_shares(NAMES, BLOCS, 3).sets


def test_costs_of_the_published_example():
    assert greedy_with_costs(COSTS, COST_BLOCS, 100) == ("a", "b")
    assert equal_shares_with_costs(COSTS, COST_BLOCS, 100, is_completed=False) == ("a", "d")
    assert equal_shares_with_costs(COSTS, COST_BLOCS, 100) == ("a", "c")


def test_nobody_who_gave_a_dot_means_that_nothing_is_chosen():
    chosen = equal_shares(NAMES, [frozenset(), frozenset()], 3)
    assert (chosen.seats, chosen.sets, chosen.is_tied) == ((), {frozenset()}, False)
    assert equal_shares_with_costs(COSTS, [], 100) == ()


def test_what_has_no_dot_is_never_chosen_even_if_seats_stay_empty():
    assert [seat.option for seat in equal_shares(NAMES, [frozenset("ab")], 4).seats] == ["a", "b"]


def test_too_many_ways_of_breaking_ties_are_told_and_not_followed():
    many = [str(number) for number in range(40)]
    chosen = equal_shares(many, [frozenset([one]) for one in many], 20, most_states=300)
    assert not chosen.is_complete
    assert len(chosen.seats) == 20


def test_thirds_and_sevenths_stay_exact_where_floats_would_break_a_tie():
    people = [frozenset("a")] * 3 + [frozenset("b")] * 3 + [frozenset("c")]
    assert equal_shares(NAMES, people * 3, 1).sets == {frozenset("a"), frozenset("b")}


@given(ballots, seats, st.permutations(range(6)))
def test_who_gave_which_dots_does_not_matter(people, many, order):
    mixed = [people[number] for number in order if number < len(people)]
    assert equal_shares(NAMES, mixed, many) == equal_shares(NAMES, people, many)


@given(ballots, seats, st.permutations(NAMES))
def test_no_option_is_treated_differently_for_its_name(people, many, others):
    as_other = dict(zip(NAMES, others, strict=True))
    renamed = [frozenset(as_other[key] for key in one) for one in people]
    found = equal_shares(NAMES, renamed, many).sets
    assert found == {frozenset(as_other[key] for key in one) for one in equal_shares(NAMES, people, many).sets}


@given(ballots, seats, st.integers(2, 4))
def test_everybody_twice_or_more_changes_nothing(people, many, times):
    assert equal_shares(NAMES, people * times, many).sets == equal_shares(NAMES, people, many).sets


@given(ballots, seats)
def test_the_view_is_one_of_the_sets_and_all_have_the_seats_that_can_be_filled(people, many):
    chosen = equal_shares(NAMES, people, many)
    liked = set().union(*people)
    assert frozenset(seat.option for seat in chosen.seats) in chosen.sets
    assert {len(one) for one in chosen.sets} == {min(many, len(liked))}
    assert all(one <= liked for one in chosen.sets)


@given(ballots, seats)
def test_every_group_that_agrees_enough_is_represented(people, many):
    """EJR by brute force: of any l*n/k people who agree on l options, one at least likes l of those chosen."""
    voters = [one for one in people if one]
    for committee in equal_shares(NAMES, people, many).sets:
        for size in range(1, len(voters) + 1):
            for group in combinations(voters, size):
                shared = frozenset.intersection(*group)
                due = min(len(shared), size * many // len(voters))
                assert due == 0 or max(len(one & committee) for one in group) >= due, (group, committee)


@given(ballots, st.integers(1, 6))
def test_costs_that_are_all_one_choose_as_without_costs_before_completion(people, many):
    by_costs = equal_shares_with_costs(dict.fromkeys(NAMES, 1), people, many, is_completed=False)
    paid = [seat.option for seat in equal_shares(NAMES, people, many).seats if seat.rule is Rule.EQUAL_SHARES]
    assert list(by_costs) == paid


@given(ballots, st.lists(st.integers(1, 9), min_size=6, max_size=6), st.integers(1, 30))
def test_no_set_with_costs_is_dearer_than_the_budget(people, prices, budget):
    costs = dict(zip(NAMES, prices, strict=True))
    for chosen in (equal_shares_with_costs(costs, people, budget), greedy_with_costs(costs, people, budget)):
        assert sum(costs[key] for key in chosen) <= budget
        assert all(Counter(chosen)[key] == 1 for key in chosen)


@pytest.mark.parametrize("people", [1, 47])
def test_one_seat_goes_to_an_option_with_most_dots_when_all_agree(people):
    assert equal_shares(NAMES, [frozenset("c")] * people, 1).sets == {frozenset("c")}
