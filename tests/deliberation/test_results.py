"""Results stay hidden until voting has closed; and what calls for other words."""

import pytest

from deliberation.errors import RuleError
from deliberation.reasons import CHIPS, USUAL_CHIPS, checked_chips, chosen_chips, offered_chips
from deliberation.results import (
    calls_for_other_words,
    check_results_choice,
    results_are_hidden,
    totals_are_told,
)
from deliberation.sessions import DialogueMode
from deliberation.stages import StageState
from deliberation.voting import MOST_ASKED, Position, check_minimum, may_stop
from tests.deliberation.refusals import refused_code as refused


@pytest.mark.parametrize("state", [StageState.OPEN, StageState.PAUSED, StageState.CLOSING])
def test_nobody_sees_results_until_the_stage_has_closed_and_late_votes_are_in(state: StageState):
    assert results_are_hidden(state, early=False)
    assert not results_are_hidden(state, early=True)


def test_results_are_seen_once_the_stage_has_closed():
    assert not results_are_hidden(StageState.CLOSED, early=False)


def test_when_results_are_seen_is_chosen_before_the_stage_opens_and_then_fixed():
    check_results_choice(False, True, has_opened=False)
    check_results_choice(True, True, has_opened=True)
    assert refused(lambda: check_results_choice(False, True, has_opened=True)) == "results_fixed"
    assert refused(lambda: check_results_choice(True, False, has_opened=True)) == "results_fixed"


@pytest.mark.parametrize(
    ("done", "minimum", "left", "may"),
    [(0, 0, 9, True), (5, 0, 9, True), (5, 6, 9, False), (6, 6, 9, True), (5, 6, 0, True), (0, 6, 0, True)],
)
def test_stop_here_is_offered_once_the_minimum_is_met_or_nothing_is_left(done, minimum, left, may):
    assert may_stop(done, minimum, left) is may


def test_a_stage_asks_for_at_most_fifty_statements():
    check_minimum(0)
    check_minimum(MOST_ASKED)
    assert refused(lambda: check_minimum(-1)) == "number_too_low"
    assert refused(lambda: check_minimum(MOST_ASKED + 1)) == "number_too_high"


def test_totals_of_a_panel_are_exact_and_those_of_an_open_dialogue_wait_for_twenty():
    assert totals_are_told(1, DialogueMode.PANEL)
    assert not totals_are_told(19, DialogueMode.OPEN)
    assert totals_are_told(20, DialogueMode.OPEN)


@pytest.mark.parametrize(
    ("puzzled", "voted", "mode", "calls"),
    [
        (2, 2, DialogueMode.PANEL, False),
        (3, 30, DialogueMode.PANEL, True),
        (3, 31, DialogueMode.PANEL, False),
        (4, 4, DialogueMode.OPEN, False),
        (5, 50, DialogueMode.OPEN, True),
        (5, 51, DialogueMode.OPEN, False),
    ],
)
def test_enough_people_who_do_not_understand_call_for_other_words(puzzled, voted, mode, calls):
    assert calls_for_other_words(puzzled, voted, mode) is calls


def test_chips_are_kept_without_blanks_and_repeats():
    assert checked_chips({Position.AGREE: [" fair ", "", "fair", "safe"]}) == {"1": ["fair", "safe"], "-1": []}


def test_too_many_or_too_long_chips_are_refused():
    assert refused(lambda: checked_chips({Position.AGREE: [str(n) for n in range(CHIPS + 1)]})) == "too_many_chips"
    with pytest.raises(RuleError) as refusal:
        checked_chips({Position.DISAGREE: ["x" * 61]})
    assert (refusal.value.code, refusal.value.facts["position"]) == ("chip_too_long", -1)


def test_a_stage_without_chips_of_its_own_offers_the_usual_ones_and_a_pass_has_none():
    assert offered_chips(None, Position.AGREE) == USUAL_CHIPS[Position.AGREE]
    assert offered_chips({"1": ["fair"]}, Position.AGREE) == ("fair",)
    assert offered_chips({"1": ["fair"]}, Position.DISAGREE) == ()
    assert offered_chips(None, Position.PASS) == ()


def test_only_chips_that_are_offered_can_be_chosen():
    assert chosen_chips(["made up", "safe", "fair"], ["fair", "safe"]) == ["fair", "safe"]
