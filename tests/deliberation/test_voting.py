"""Rules of voting: positions, what comes next, and the same key twice."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.voting import (
    SET_SIZE,
    Candidate,
    Position,
    check_same_vote,
    check_votable,
    choose_next,
    is_set_finished,
    place_in_set,
    position_of,
    remaining_sets,
)
from tests.deliberation.refusals import refused_code

candidates = st.lists(
    st.builds(Candidate, st.integers(1, 60), st.booleans(), st.integers(0, 500)),
    unique_by=lambda one: one.statement_id,
    max_size=20,
)


def test_agree_is_plus_one_everywhere():
    assert (Position.AGREE, Position.PASS, Position.DISAGREE) == (1, 0, -1)


@pytest.mark.parametrize(("sent", "position"), [("1", 1), ("0", 0), ("-1", -1), (1, 1)])
def test_a_position_is_read_from_a_form(sent, position):
    assert position_of(sent) == position


@given(st.one_of(st.text(), st.integers()).filter(lambda value: str(value).strip() not in {"1", "0", "-1"}))
def test_anything_else_is_refused_or_is_one_of_the_three(value):
    assert refused_code(lambda: position_of(value)) in {None, "unknown_position"}


@given(candidates, st.sets(st.integers(1, 60)), st.integers())
def test_the_next_statement_is_one_that_is_left_with_a_true_probability(known, voted, seed):
    left = {one.statement_id for one in known} - voted
    chosen = choose_next(known, voted, Random(seed))
    if not left:
        assert chosen is None
        return
    assert chosen[0] in left
    assert 0 < chosen[1] <= 1


@given(candidates, st.integers())
def test_pinned_statements_come_first_in_their_order(known, seed):
    pinned = [one.statement_id for one in known if one.pinned]
    if pinned:
        assert choose_next(known, set(), Random(seed)) == (pinned[0], 1.0)


@given(candidates)
def test_a_person_meets_each_statement_exactly_once(known):
    met: list[int] = []
    while (chosen := choose_next(known, set(met), Random(len(met)))) is not None:
        met.append(chosen[0])
    assert sorted(met) == sorted(one.statement_id for one in known)


def test_a_statement_that_few_have_seen_comes_more_often():
    known = [Candidate(1, False, 0), Candidate(2, False, 99)]
    rng = Random(7)
    seen = Counter(choose_next(known, set(), rng)[0] for _ in range(1_000))
    assert seen[1] > 900


def test_the_same_seed_chooses_the_same():
    known = [Candidate(n, False, n) for n in range(1, 9)]
    assert choose_next(known, set(), Random(3)) == choose_next(known, set(), Random(3))


@given(st.integers(0, 500))
def test_a_set_holds_five(done):
    number, size = place_in_set(done)
    assert 1 <= number <= size == SET_SIZE
    assert is_set_finished(done) == (done > 0 and number == 1)
    assert remaining_sets(done) <= SET_SIZE


@pytest.mark.parametrize(
    ("approved", "placed", "withdrawn"), [(False, True, False), (True, False, False), (True, True, True)]
)
def test_only_approved_and_placed_statements_are_voted_on(approved, placed, withdrawn):
    with pytest.raises(RuleError, match="not_votable"):
        check_votable(is_approved=approved, is_placed=placed, is_own_withdrawn=withdrawn)
    check_votable(is_approved=True, is_placed=True)


def test_a_key_that_comes_twice_has_to_carry_the_same_vote():
    check_same_vote((1, 2, 1, False), (1, 2, 1, False))
    for other in [(2, 2, 1, False), (1, 3, 1, False), (1, 2, 0, False), (1, 2, 1, True)]:
        with pytest.raises(RuleError, match="key_reused"):
            check_same_vote(other, (1, 2, 1, False))
