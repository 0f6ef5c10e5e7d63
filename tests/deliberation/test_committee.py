"""The committee's rules: alone first, then the spread; a decision needs every point answered and every reason given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.committee import (
    GRANTS,
    Committee,
    ConditionDraft,
    DecisionDraft,
    Member,
    Outcome,
    ReportUse,
    check_decision,
    check_query,
    check_score_change,
    check_scores,
    is_open,
    may_see_spread,
    unanswered,
)
from deliberation.rubric import STANDARD, Criterion, Level, RubricPart, check_rubric, differing, spread
from tests.deliberation.refusals import refused_code

TODAY = date(2026, 6, 1)
KEYS = [one.key for one in STANDARD]
MEMBERS = st.builds(Member, *[st.booleans()] * 5)
SCORES = st.fixed_dictionaries({key: st.sampled_from(list(Level)) for key in KEYS[:4]})
IN = Member(has_declared=True, has_scored=True)
FULL = dict.fromkeys(KEYS, "sound")
GRANT = DecisionDraft(
    Outcome.GRANT, "It is careful and useful.", ReportUse.NOTHING_MORE, "Finding nodules in chest scans",
    TODAY, TODAY + timedelta(days=365),
)  # fmt: skip
CONDITION = ConditionDraft("Report accuracy by skin tone", "Dr Example", TODAY + timedelta(days=90))
READY = Committee(points=(1, 2), answered=(1, 2), scored=2)


def _decide(draft: DecisionDraft = GRANT, committee: Committee = READY, chair: Member = IN) -> str | None:
    return refused_code(lambda: check_decision(draft, committee, chair=chair, today=TODAY))


@given(member=MEMBERS)
def test_nobody_sees_the_spread_before_their_own_scores_are_in(member: Member):
    assert not may_see_spread(replace(member, has_scored=False))


@given(member=MEMBERS)
def test_a_recused_member_neither_scores_nor_sees_nor_decides(member: Member):
    recused = replace(member, is_recused=True)
    assert not may_see_spread(recused)
    assert refused_code(lambda: check_scores(recused, FULL, KEYS)) == "is_recused"
    assert refused_code(lambda: check_score_change(recused, Level.WEAK, "sound", "Why")) == "is_recused"
    assert _decide(chair=recused) == "is_recused"


@given(scores=st.lists(SCORES, max_size=6), order=st.randoms(use_true_random=False))
def test_the_order_of_members_never_changes_the_spread(scores, order):
    before = spread(scores, KEYS[:4])
    shuffled = list(scores)
    order.shuffle(shuffled)
    assert spread(shuffled, KEYS[:4]) == before
    assert all(sum(row.values()) == len(scores) for row in before.values())


def test_the_spread_counts_each_level_and_nothing_else():
    counts = spread([{"plain": Level.WEAK}, {"plain": Level.STRONG}, {"plain": Level.WEAK}], ["plain"])
    assert counts == {"plain": {Level.ABSENT: 0, Level.WEAK: 2, Level.SOUND: 0, Level.STRONG: 1, Level.CANNOT_TELL: 0}}


def test_levels_that_are_not_beside_each_other_are_worth_talking_about():
    far = spread([{"plain": Level.WEAK}, {"plain": Level.STRONG}], ["plain"])
    near = spread([{"plain": Level.SOUND}, {"plain": Level.STRONG}, {"plain": Level.CANNOT_TELL}], ["plain"])
    assert (differing(far), differing(near)) == (["plain"], [])


def test_scores_need_a_declaration_and_every_criterion():
    assert refused_code(lambda: check_scores(Member(), FULL, KEYS)) == "declare_first"
    one_less = {**FULL, "plain": ""}
    assert refused_code(lambda: check_scores(Member(has_declared=True), one_less, KEYS)) == "levels_missing"
    wrong = {**FULL, "plain": "5"}
    assert refused_code(lambda: check_scores(Member(has_declared=True), wrong, KEYS)) == "unknown_answer"
    assert check_scores(IN, FULL, KEYS)["plain"] is Level.SOUND


def test_scores_can_be_handed_in_again_until_the_spread_has_been_seen():
    assert refused_code(lambda: check_scores(IN, FULL, KEYS)) is None
    assert refused_code(lambda: check_scores(replace(IN, has_seen=True), FULL, KEYS)) == "scores_seen"


def test_a_change_after_the_spread_needs_a_reason_and_a_difference():
    seen = replace(IN, has_seen=True)
    assert refused_code(lambda: check_score_change(seen, Level.WEAK, "sound", "  ")) == "change_reason_missing"
    assert refused_code(lambda: check_score_change(seen, Level.WEAK, "weak", "Why")) == "unchanged"
    assert refused_code(lambda: check_score_change(Member(True), None, "weak", "Why")) == "scores_not_in"
    assert check_score_change(seen, Level.WEAK, "sound", " The answer 2 ") == (Level.SOUND, "The answer 2")


@given(
    points=st.sets(st.integers(1, 12)), answered=st.sets(st.integers(1, 12)), outcome=st.sampled_from(list(Outcome))
)
def test_no_decision_is_saved_with_an_unanswered_point(points, answered, outcome):
    conditions = (CONDITION,) if outcome is Outcome.GRANT_WITH_CONDITIONS else ()
    draft = replace(GRANT, outcome=outcome, conditions=conditions)
    committee = replace(READY, points=points, answered=answered)
    assert unanswered(committee) == sorted(points - answered)
    assert _decide(draft, committee) == ("points_need_answer" if points - answered else None)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_reasons_are_needed_whether_yes_or_no(outcome: Outcome):
    conditions = (CONDITION,) if outcome is Outcome.GRANT_WITH_CONDITIONS else ()
    draft = replace(GRANT, outcome=outcome, conditions=conditions, reasons="  ")
    assert _decide(draft) == "decision_reason_missing"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": ""}, "purpose_missing"),
        ({"ends_on": None}, "window_missing"),
        ({"starts_on": None}, "window_missing"),
        ({"ends_on": TODAY}, "window_backwards"),
        ({"starts_on": date(2025, 1, 1), "ends_on": date(2025, 2, 1)}, "window_past"),
        ({"conditions": (CONDITION,)}, "conditions_elsewhere"),
        ({"outcome": Outcome.GRANT_WITH_CONDITIONS}, "conditions_missing"),
        (
            {"outcome": Outcome.GRANT_WITH_CONDITIONS, "conditions": (replace(CONDITION, owner=" "),)},
            "condition_incomplete",
        ),
        (
            {"outcome": Outcome.GRANT_WITH_CONDITIONS, "conditions": (replace(CONDITION, due_on=None),)},
            "condition_incomplete",
        ),
        (
            {"outcome": Outcome.GRANT_WITH_CONDITIONS, "conditions": (replace(CONDITION, due_on=date(2026, 5, 1)),)},
            "condition_past",
        ),
        ({"report_use": None}, "report_use_missing"),
        ({"report_use": ReportUse.PUT_TO_APPLICANT}, "report_not_put"),
        ({"review_on": TODAY}, "review_past"),
    ],
)
def test_a_grant_needs_its_purpose_its_window_and_whole_conditions(changes, code):
    assert _decide(replace(GRANT, **changes)) == code


def test_declining_needs_no_window():
    assert _decide(DecisionDraft(Outcome.DECLINE, "The consent does not cover it.", ReportUse.NOTHING_MORE)) is None
    assert Outcome.DECLINE not in GRANTS


def test_a_decision_waits_for_scores_and_for_open_questions():
    assert _decide(committee=replace(READY, waiting=1)) == "scores_waiting"
    assert _decide(committee=replace(READY, scored=0)) == "scores_waiting"
    assert _decide(committee=replace(READY, open_queries=(2,))) == "questions_open"
    put = replace(GRANT, report_use=ReportUse.PUT_TO_APPLICANT)
    assert _decide(put, replace(READY, put=1)) is None


def test_a_question_holds_the_decision_up_until_it_is_answered_or_its_day_has_passed():
    assert is_open(False, TODAY, TODAY)
    assert not is_open(True, TODAY, TODAY)
    assert not is_open(False, TODAY - timedelta(days=1), TODAY)
    assert refused_code(lambda: check_query("Who?", due_on=TODAY - timedelta(days=1), today=TODAY)) == "due_past"


def test_whoever_is_recused_or_away_is_not_waited_for():
    assert Member().is_waited_for
    assert not any(one.is_waited_for for one in (IN, Member(is_recused=True), Member(is_away=True)))


def test_a_rubric_says_each_thing_once():
    twice = (*STANDARD, Criterion("again", RubricPart.LIMITS, STANDARD[0].words.upper()))
    assert refused_code(lambda: check_rubric(twice)) == "rubric_repeated"
    assert refused_code(lambda: check_rubric(())) == "rubric_empty"
    assert check_rubric(STANDARD) == STANDARD
