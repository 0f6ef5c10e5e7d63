"""Permission is one table, closed by default."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import NotAllowed
from deliberation.roles import PERMISSIONS, Action, Actor, Relation, Role, Thing, check_may, may, roles_that_may
from deliberation.stages import StageKind, StageState

ALL = frozenset(Role)
things = st.builds(
    Thing,
    st.sampled_from(Relation),
    st.one_of(st.none(), st.sampled_from(StageKind)),
    st.one_of(st.none(), st.sampled_from(StageState)),
)


def _actor(*roles: Role) -> Actor:
    return Actor(frozenset(roles))


@given(st.sampled_from(Action), things)
def test_nobody_without_a_role_may_do_anything(action, thing):
    assert not may(_actor(), action, thing)


@given(st.sampled_from(Action), st.sampled_from(Role), things)
def test_nothing_is_allowed_without_a_row(action, role, thing):
    if role not in roles_that_may(action):
        assert not may(_actor(role), action, thing)


@given(st.sets(st.sampled_from(Role)), st.sampled_from(Action), things)
def test_more_roles_never_take_a_permission_away(roles, action, thing):
    if any(may(_actor(role), action, thing) for role in roles):
        assert may(Actor(frozenset(roles)), action, thing)


@given(st.sampled_from(Action), st.sampled_from(Role))
def test_nobody_may_act_on_what_belongs_elsewhere(action, role):
    for kind, state in product([None, *StageKind], [None, *StageState]):
        assert not may(_actor(role), action, Thing(Relation.OTHER, kind, state))


@pytest.mark.parametrize("state", list(StageState))
def test_votes_are_cast_only_in_an_open_or_closing_vote_stage(state):
    for kind in StageKind:
        allowed = may(_actor(Role.PARTICIPANT), Action.CAST_VOTE, Thing(stage_kind=kind, stage_state=state))
        assert allowed == (kind is StageKind.VOTE and state in {StageState.OPEN, StageState.CLOSING})


def test_only_a_participant_takes_part():
    for action in (Action.CAST_VOTE, Action.ADD_COMMENT, Action.RATE_MODEL, Action.ANSWER_QUESTIONNAIRE):
        assert roles_that_may(action) == {Role.PARTICIPANT}


def test_the_commissioner_never_moderates_never_writes_findings_and_never_sees_the_roll():
    forbidden = {Action.MODERATE, Action.WRITE_FINDING, Action.RUN_ANALYSIS, Action.MANAGE_ROLL, Action.SEE_ANALYSIS}
    assert not any(Role.COMMISSIONER in roles_that_may(action) for action in forbidden)


def test_only_the_facilitator_sees_the_roll_and_only_the_analyst_writes_findings():
    assert roles_that_may(Action.MANAGE_ROLL) == {Role.FACILITATOR}
    assert roles_that_may(Action.WRITE_FINDING) == {Role.ANALYST}


def test_the_evaluator_reads_the_process_record_and_writes_only_the_evaluation():
    allowed = {row.action for row in PERMISSIONS if row.role is Role.EVALUATOR}
    assert Action.SEE_PROCESS_RECORD in allowed
    beyond = {action for action in allowed if not action.value.startswith(("see_", "preview"))}
    assert beyond == {Action.JUDGE_DIALOGUE, Action.EXPORT_OVERSIGHT}


def test_a_refusal_says_whether_only_the_stage_stands_in_the_way():
    closed = Thing(stage_kind=StageKind.VOTE, stage_state=StageState.CLOSED)
    with pytest.raises(NotAllowed) as refusal:
        check_may(_actor(Role.PARTICIPANT), Action.CAST_VOTE, closed)
    assert refusal.value.code == "stage_not_open"
    with pytest.raises(NotAllowed) as refusal:
        check_may(_actor(Role.ANALYST), Action.CAST_VOTE, closed)
    assert refusal.value.code == "not_allowed"


def test_every_action_has_somebody_who_may_do_it():
    assert [action for action in Action if not roles_that_may(action)] == []
