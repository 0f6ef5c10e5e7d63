"""What the gap report tells before an assessment is handed in, and the timeline, versions and harms beside it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.access_applications import Detail, Environment, OptOut, Route, check_window, missing_details
from deliberation.assessment import ApplicationState
from deliberation.assessment_changes import changes_between
from deliberation.assessment_gaps import find_gaps, is_vague
from deliberation.assessment_steps import STEPS, StepState, holder_of, step_at, step_of_move, step_states
from deliberation.assessment_template import LATER, TEMPLATE, AssessmentQuestion
from deliberation.errors import RuleError
from deliberation.harms import COLUMNS, HarmRating, Scenario, check_rating, sorted_harms
from deliberation.reading_age import is_hard, reading_age

ANSWERS = {question.value: "We look first." for question in AssessmentQuestion} | {"stakeholders": "Night nurses"}
RATED = {rating.value: 2 for rating in HarmRating}
HARM = {
    "key": "a", "text": "It is missed.", "stakeholder": "People with scans", "scenario": "worst_failing", **RATED,
    "mitigation": "A second look.", "owner": "lead", "due_on": "2027-01-01",
}  # fmt: skip


def _codes(answers=None, harms=None):
    content = {"answers": {**ANSWERS, **(answers or {})}, "harms": [HARM] if harms is None else harms}
    return [gap.code for gap in find_gaps(content)]


def test_a_complete_assessment_has_no_gap():
    assert _codes() == []


@pytest.mark.parametrize(
    ("answers", "harms", "code"),
    [
        ({"plain_summary": " "}, None, "no_summary"),
        ({"worst_failing": ""}, None, "no_failure_scenario"),
        ({"stakeholders": "Night nurses\nUsers"}, None, "vague_stakeholder"),
        ({"purpose": ""}, None, "unanswered"),
        ({}, [], "no_harms"),
        ({}, [{**HARM, "scenario": "best"}], "no_failing_harm"),
        ({}, [{**HARM, "detectability": None}], "harm_unrated"),
        ({}, [{**HARM, "mitigation": ""}], "harm_unmitigated"),
        ({}, [{**HARM, "owner": " "}], "mitigation_unowned"),
        ({}, [{**HARM, "due_on": ""}], "mitigation_undated"),
        ({}, [{**HARM, "stakeholder": "the users"}], "vague_harm_stakeholder"),
    ],
)
def test_each_kind_of_gap_is_told_and_nothing_else(answers, harms, code):
    assert _codes(answers, harms) == [code]


def test_a_summary_that_only_experts_can_read_is_told():
    hard = "Participatory stewardship necessitates proportionate institutional accountability arrangements."
    assert _codes({"plain_summary": hard}) == ["summary_hard"]
    assert is_hard(hard)
    assert not is_hard("We look at old scans. A doctor reads each one.")
    assert reading_age("We look at old scans.") < 9


def test_what_the_workshop_adds_is_no_gap_before_it():
    assert _codes({question.value: "" for question in LATER}) == []


@pytest.mark.parametrize(
    "name", ["users", "Users.", "all patients", "the general public", "", "End users"]
)
def test_names_of_groups_that_say_nothing_are_vague(name):
    assert is_vague(name)


@pytest.mark.parametrize("name", ["Radiographers on night shifts", "Patients with kidney disease", "Welsh speakers"])
def test_groups_that_somebody_could_meet_are_not_vague(name):
    assert not is_vague(name)


def test_the_form_asks_each_route_for_what_it_needs_and_nothing_else():
    train = missing_details(Route.TRAIN, {}, Environment.SECURE, OptOut.APPLIED)
    research = missing_details(Route.RESEARCH, {}, Environment.SECURE, OptOut.APPLIED)
    assert Detail.PRODUCT in train
    assert Detail.RESEARCH_QUESTION not in train
    assert Detail.PRODUCT not in research
    assert Detail.TEST_PLAN in missing_details(Route.TEST, {}, None, None)


def test_why_is_asked_only_of_an_extract_and_of_an_opt_out_that_is_not_applied():
    assert Detail.WHY_EXTRACT not in missing_details(Route.TRAIN, {}, Environment.SECURE, OptOut.APPLIED)
    asked = missing_details(Route.TRAIN, {}, Environment.EXTRACT, OptOut.NOT_APPLIED)
    assert {Detail.WHY_EXTRACT, Detail.OPT_OUT_WHY} <= set(asked)


def test_a_window_longer_than_the_asset_allows_is_refused():
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    check_window(first, last, 365)
    with pytest.raises(RuleError, match="window_too_long"):
        check_window(first, last, 364)
    with pytest.raises(RuleError, match="window_backwards"):
        check_window(last, first, None)


def test_every_state_stands_at_one_step_and_somebody_has_the_turn():
    for state in ApplicationState:
        assert sum(state in step.states for step in STEPS) == 1
        assert holder_of(state)


@given(been=st.frozensets(st.sampled_from(list(ApplicationState))), state=st.sampled_from(list(ApplicationState)))
def test_at_most_one_step_is_now_and_all_after_it_are_to_come(been, state):
    states = list(step_states(state, been | {state}).values())
    assert states.count(StepState.NOW) <= 1
    if StepState.NOW in states:
        place = states.index(StepState.NOW)
        assert set(states[place + 1 :]) <= {StepState.NEXT}
        assert StepState.NEXT not in states[:place]
        assert STEPS[place] == step_at(state)


def test_steps_that_a_withdrawn_application_never_reached_are_left_out():
    states = step_states(ApplicationState.CLOSED, frozenset({ApplicationState.DRAFT, ApplicationState.CLOSED}))
    assert states["1"] is StepState.DONE
    assert states["3"] is StepState.LEFT_OUT


def test_the_check_of_the_notes_is_told_under_the_workshop_and_a_publication_under_publication():
    checked = step_of_move(ApplicationState.WORKSHOP_HELD, ApplicationState.NOTES_CHECKED)
    published = step_of_move(ApplicationState.RESPONSE_WINDOW, ApplicationState.PUBLISHED)
    withdrawn = step_of_move(ApplicationState.DRAFT, ApplicationState.CLOSED)
    assert [step.key for step in (checked, published, withdrawn)] == ["3", "6", "1"]


def test_every_question_stands_in_one_section():
    asked = [question for questions in TEMPLATE.values() for question in questions]
    assert sorted(asked) == sorted(AssessmentQuestion)


@given(
    harms=st.lists(
        st.fixed_dictionaries({
            "text": st.text(max_size=3), "scenario": st.sampled_from([one.value for one in Scenario]),
            "importance": st.one_of(st.none(), st.integers(1, 5)), "due_on": st.sampled_from(["", "2026-01-01"]),
        }),
        max_size=6,
    ),
    by=st.sampled_from([*COLUMNS, "nonsense"]),
    down=st.booleans(),
)  # fmt: skip
def test_any_column_puts_the_harms_in_order_and_loses_none(harms, by, down):
    rows = sorted_harms(harms, by, is_down=down)
    assert sorted(row["number"] for row in rows) == list(range(1, len(harms) + 1))
    rated = [row["importance"] for row in sorted_harms(harms, "importance", is_down=down)]
    known = [value for value in rated if value is not None]
    assert known == sorted(known, reverse=down)
    assert rated[len(known) :] == [None] * (len(rated) - len(known))


def test_no_column_holds_a_product_or_a_total():
    assert set(COLUMNS) == {
        "number", "text", "stakeholder", "scenario", "importance", "urgency", "difficulty", "detectability",
        "mitigation", "owner", "due_on",
    }  # fmt: skip


@pytest.mark.parametrize(("value", "points"), [(0, 5), (6, 5), (4, 3)])
def test_a_rating_off_the_scale_is_refused(value, points):
    with pytest.raises(RuleError, match="rating_off_scale"):
        check_rating(value, points)


def test_changes_between_versions_name_answers_harms_and_form_by_words():
    before = {"answers": {"purpose": "We save time.", "team": "Two."}, "harms": [HARM, {**HARM, "key": "b"}]}
    after = {
        "answers": {"purpose": "We save much time.", "team": "Two."},
        "harms": [{**HARM, "importance": 5}, {**HARM, "key": "c"}],
        "application": {"route": "train", "details": {"purpose": "x"}},
    }
    changes = changes_between(before, after)
    assert [one.key for one in changes.answers] == ["purpose"]
    assert "".join(s.text for s in changes.answers[0].stretches if s.change.value == "in").strip() == "much"
    assert [(one.kind, one.harm["key"]) for one in changes.harms] == [("changed", "a"), ("in", "c"), ("out", "b")]
    assert [one.key for one in changes.harms[0].fields] == ["importance"]
    assert {one.key for one in changes.form} == {"route", "purpose"}
    assert changes_between(after, after).count == 0
