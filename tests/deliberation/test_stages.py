"""Stages: the only moves there are, and two minutes of grace."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.stages import (
    GRACE,
    MOVES,
    STORED_STATES,
    Move,
    StageContents,
    StageKind,
    StageState,
    check_stage_move,
    is_empty,
    possible_moves,
    state_after,
    state_in_session,
    state_now,
)

CLOSED_AT = datetime(2026, 6, 1, 19, 0, tzinfo=UTC)


@pytest.mark.parametrize(("state", "move"), list(product(STORED_STATES, Move)))
def test_a_move_is_in_the_table_or_refused(state, move):
    if (state, move) in MOVES:
        assert state_after(state, move) is MOVES[state, move]
        assert move in possible_moves(state)
    else:
        with pytest.raises(RuleError, match="impossible_move"):
            state_after(state, move)
        assert move not in possible_moves(state)


@given(st.lists(st.sampled_from(Move)))
def test_whatever_is_tried_a_stage_is_never_planned_again(moves):
    state = StageState.PLANNED
    for move in moves:
        before = state
        try:
            state = state_after(state, move)
        except RuleError:
            state = before
        else:
            assert state is not StageState.PLANNED
    assert state in STORED_STATES


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(0), StageState.CLOSING),
        (GRACE, StageState.CLOSING),
        (GRACE + timedelta(seconds=1), StageState.CLOSED),
    ],
)
def test_closing_leaves_two_minutes(after, state):
    assert state_now(StageState.CLOSED, CLOSED_AT, CLOSED_AT + after) is state


@pytest.mark.parametrize("state", [s for s in STORED_STATES if s is not StageState.CLOSED])
def test_no_other_state_is_ever_closing(state):
    assert state_now(state, CLOSED_AT, CLOSED_AT) is state


def test_an_open_stage_of_a_paused_session_is_paused():
    assert state_in_session(StageState.OPEN, StageState.PAUSED) is StageState.PAUSED
    assert state_in_session(StageState.OPEN, StageState.OPEN) is StageState.OPEN
    assert state_in_session(StageState.CLOSED, StageState.PAUSED) is StageState.CLOSED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"session_state": StageState.PLANNED}, "session_not_open"),
        ({"is_empty": True}, "stage_is_empty"),
        ({"others_open": 1}, "another_stage_is_open"),
        ({"state": StageState.OPEN}, "impossible_move"),
    ],
)
def test_opening_is_refused_with_its_reason(changes, code):
    good = {"state": StageState.PLANNED, "session_state": StageState.OPEN, "is_empty": False, "others_open": 0}
    assert check_stage_move(Move.OPEN, **good) is StageState.OPEN
    with pytest.raises(RuleError, match=code):
        check_stage_move(Move.OPEN, **{**good, **changes})


def test_an_empty_stage_can_always_be_closed():
    closed = check_stage_move(
        Move.CLOSE, StageState.OPEN, session_state=StageState.PAUSED, is_empty=True, others_open=3
    )
    assert closed is StageState.CLOSED


def test_breaks_and_plenary_work_need_nothing_on_the_page():
    empty = {kind for kind in StageKind if is_empty(kind, StageContents())}
    assert empty == {
        StageKind.LEARN,
        StageKind.SURVEY,
        StageKind.DISCUSS,
        StageKind.DRAFT,
        StageKind.VOTE,
        StageKind.COMPARE,
    }
    assert not any(is_empty(kind, StageContents(1, 1, 1, 1, 1)) for kind in StageKind)
