"""Rules of voting: positions, sets of five, and the same key twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.voting import (
    SET_SIZE,
    Position,
    check_same_vote,
    check_votable,
    is_set_finished,
    place_in_set,
    position_of,
    remaining_sets,
)
from tests.deliberation.refusals import refused_code


def test_agree_is_plus_one_everywhere():
    assert (Position.AGREE, Position.PASS, Position.DISAGREE) == (1, 0, -1)


@pytest.mark.parametrize(("sent", "position"), [("1", 1), ("0", 0), ("-1", -1), (1, 1)])
def test_a_position_is_read_from_a_form(sent, position):
    assert position_of(sent) == position


@given(st.one_of(st.text(), st.integers()).filter(lambda value: str(value).strip() not in {"1", "0", "-1"}))
def test_anything_else_is_refused_or_is_one_of_the_three(value):
    assert refused_code(lambda: position_of(value)) in {None, "unknown_position"}


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
