"""Moderation: where words go; refusing never removes them from the record by itself."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.moderation import (
    EXCLUDED_FROM_ANALYSIS,
    Decision,
    ReasonCode,
    WordState,
    showing,
    state_after_decision,
)
from tests.deliberation.refusals import refused_code


@pytest.mark.parametrize("reason", list(ReasonCode))
def test_only_abuse_personal_data_and_the_law_keep_words_from_the_analysts(reason):
    shown = showing(WordState.REFUSED, reason)
    assert shown.read_by_analysts == (reason not in EXCLUDED_FROM_ANALYSIS)
    assert (shown.shown_to_all, shown.votable, shown.counted) == (False, False, False)


def test_off_topic_repeated_and_unclear_words_stay_in_the_record():
    assert set(ReasonCode) - EXCLUDED_FROM_ANALYSIS == {ReasonCode.OFF_TOPIC, ReasonCode.REPEATED, ReasonCode.UNCLEAR}


def test_withdrawn_words_are_used_nowhere():
    shown = showing(WordState.WITHDRAWN)
    assert not any((shown.shown_to_all, shown.votable, shown.counted, shown.read_by_analysts))


@pytest.mark.parametrize(("state", "reason"), list(product(WordState, [None, *ReasonCode])))
def test_only_approved_words_are_shown_voted_on_and_counted(state, reason):
    shown = showing(state, reason)
    assert shown.shown_to_all == shown.votable == shown.counted == (state is WordState.APPROVED)


@given(st.sampled_from(WordState), st.sampled_from(Decision), st.one_of(st.none(), st.sampled_from(ReasonCode)))
def test_a_decision_changes_the_state_or_says_why_not(state, decision, reason):
    code = refused_code(lambda: state_after_decision(state, decision, reason))
    if code is not None:
        assert code in {"already_withdrawn", "reason_missing", "already_decided"}
        return
    after = state_after_decision(state, decision, reason)
    assert after is not state
    assert after in {WordState.APPROVED, WordState.REFUSED}
    assert decision is Decision.APPROVE or reason is not None
