"""The pipeline of research questions: every walk keeps to the table, and each refused step says why."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.moderation import WordState
from deliberation.research_questions import (
    DECIDED,
    MOVES,
    NEEDS_REASON,
    NEEDS_WORDS,
    TAKEN_UP,
    Judgement,
    ResearchState,
    ResearchStep,
    Standing,
    check_cite,
    check_merge_into,
    check_step,
    possible_steps,
)
from tests.deliberation.refusals import refused_code

STEPS = st.sampled_from(list(ResearchStep))
TRIES = st.tuples(STEPS, st.sampled_from(["", "  ", "Because."]), st.sampled_from(["", "What is it?"]))


def _expected(standing: Standing, step: ResearchStep, reason: str, words: str) -> str | None:
    """The refusal that the words of the rule ask for, told another way than in the rule itself."""
    if standing.words is WordState.WITHDRAWN and not standing.has_wording:
        return "already_withdrawn"
    if standing.words in {WordState.WAITING, WordState.REFUSED}:
        return "research_not_checked"
    decided = standing.state in DECIDED or standing.state is ResearchState.MERGED
    if (step is ResearchStep.REOPEN) != decided:
        return "impossible_step"
    if step in {ResearchStep.INCLUDE, ResearchStep.REFRAME} and standing.state is not ResearchState.PRIORITISED:
        return "impossible_step"
    noted = {ResearchState.FEASIBILITY_NOTED, ResearchState.PRIORITISED}
    if step is ResearchStep.PRIORITISE and standing.state not in noted:
        return "impossible_step"
    if step is ResearchStep.INCLUDE and standing.in_remit is Judgement.NO:
        return "outside_remit"
    if step is ResearchStep.REOPEN and standing.cited:
        return "research_cited"
    if step in NEEDS_REASON and not reason.strip():
        return "step_reason_missing"
    return "words_empty" if step in NEEDS_WORDS and not words else None


@given(
    tries=st.lists(TRIES, max_size=25),
    words=st.sampled_from(list(WordState)),
    in_remit=st.sampled_from([None, *Judgement]),
    cited=st.booleans(),
)
def test_on_every_random_walk_a_forbidden_step_is_refused_with_its_reason(tries, words, in_remit, cited):
    state, has_wording, passed = ResearchState.RAISED, False, {ResearchState.RAISED}
    for step, reason, wording in tries:
        standing = Standing(state, words, has_wording, in_remit, cited)
        expected = _expected(standing, step, reason, wording)
        assert refused_code(lambda: check_step(standing, step, reason=reason, words=wording)) == expected  # noqa: B023
        if expected is not None:
            continue
        state = check_step(standing, step, reason=reason, words=wording)
        passed.add(state)
        has_wording = has_wording or step in NEEDS_WORDS
        if state in TAKEN_UP:
            assert {ResearchState.FEASIBILITY_NOTED, ResearchState.PRIORITISED} <= passed


def test_in_every_standing_each_step_is_allowed_or_refused_as_the_words_of_the_rule_say():
    facts = itertools.product(ResearchState, WordState, [False, True], [None, *Judgement], [False, True])
    for standing in (Standing(*one) for one in facts):
        for step, reason, words in itertools.product(ResearchStep, ["", "Because."], ["", "What is it?"]):
            try:
                check_step(standing, step, reason=reason, words=words)
                code = None
            except RuleError as refusal:
                code = refusal.code
            assert code == _expected(standing, step, reason, words), (standing, step)


@given(st.sampled_from(list(ResearchState)), st.sampled_from(list(WordState)), st.booleans(), st.booleans())
def test_a_step_that_is_offered_works_with_a_reason_and_words(state, words, has_wording, cited):
    standing = Standing(state, words, has_wording, None, cited)
    offered = possible_steps(standing)
    for step in ResearchStep:
        code = refused_code(lambda: check_step(standing, step, reason="Why.", words="What?"))  # noqa: B023
        assert (code is None) == (step in offered)


def test_from_raised_to_included_every_stop_is_needed():
    state = ResearchState.RAISED
    for step in (ResearchStep.CLARIFY, ResearchStep.NOTE_FEASIBILITY, ResearchStep.PRIORITISE, ResearchStep.INCLUDE):
        state = check_step(Standing(state), step, reason="It matters.", words="Does it slow access?")
    assert state is ResearchState.INCLUDED


def test_a_changed_wording_is_looked_at_again():
    assert MOVES[ResearchState.PRIORITISED][ResearchStep.CLARIFY] is ResearchState.CLARIFIED


def test_what_is_outside_the_remit_can_be_reframed_but_not_included():
    outside = Standing(ResearchState.PRIORITISED, in_remit=Judgement.NO)
    assert ResearchStep.INCLUDE not in possible_steps(outside)
    assert ResearchStep.REFRAME in possible_steps(outside)


def test_every_decision_needs_a_reason_and_no_earlier_step_does():
    assert {step for step in ResearchStep if step not in NEEDS_REASON} == {
        ResearchStep.CLARIFY, ResearchStep.MERGE, ResearchStep.NOTE_FEASIBILITY, ResearchStep.PRIORITISE,
    }  # fmt: skip


def test_no_state_is_a_dead_end():
    assert all(possible_steps(Standing(state)) for state in ResearchState)


@pytest.mark.parametrize("state", [*sorted(DECIDED), ResearchState.MERGED])
def test_a_question_is_not_merged_into_one_that_is_decided_or_merged(state):
    with pytest.raises(RuleError, match="merge_target_gone"):
        check_merge_into(1, 2, into_state=state, into_words=WordState.APPROVED)


def test_a_question_is_not_merged_into_itself_or_into_hidden_words():
    raised = ResearchState.RAISED
    with pytest.raises(RuleError, match="merge_with_itself"):
        check_merge_into(1, 1, into_state=raised, into_words=WordState.APPROVED)
    with pytest.raises(RuleError, match="merge_target_gone"):
        check_merge_into(1, 2, into_state=raised, into_words=WordState.WAITING)
    check_merge_into(1, 2, into_state=raised, into_words=WordState.APPROVED)


def test_a_clause_names_only_what_was_decided_and_only_once():
    for state in ResearchState:
        code = refused_code(lambda: check_cite(state, is_linked=False))  # noqa: B023
        assert code == (None if state in DECIDED else "not_decided_yet")
    with pytest.raises(RuleError, match="already_linked"):
        check_cite(ResearchState.INCLUDED, is_linked=True)
