"""The trade-off grid: four words a cell, a row may be incomplete but not empty."""

import pytest

from deliberation.stewardship import Approach
from deliberation.tradeoffs import Filling, Mark, Verdict, check_ready, check_row, counted, filling
from tests.deliberation.refusals import refused_code


def test_a_row_keeps_what_was_marked_and_leaves_the_rest_unanswered():
    row = check_row({"delegated": "meets", "collective": "", "individual": "not_sure"})
    assert row == {Approach.DELEGATED: Mark.MEETS, Approach.INDIVIDUAL: Mark.NOT_SURE}


def test_a_row_without_any_mark_is_refused():
    assert refused_code(lambda: check_row({"delegated": ""})) == "grid_row_empty"


@pytest.mark.parametrize("sent", [{"delegated": "great"}, {"general": "meets"}, {"somebody": "meets"}])
def test_unknown_marks_and_approaches_are_refused(sent):
    assert refused_code(lambda: check_row(sent)) == "unknown_answer"


def test_the_grid_waits_until_the_list_is_closed():
    check_ready(is_closed=True)
    assert refused_code(lambda: check_ready(is_closed=False)) == "criteria_not_closed"


@pytest.mark.parametrize(
    ("marked", "criteria", "state"),
    [(0, 5, Filling.NOT_BEGUN), (1, 5, Filling.BEGUN), (14, 5, Filling.BEGUN), (15, 5, Filling.FILLED)],
)
def test_a_grid_is_filled_in_when_every_cell_has_an_answer(marked, criteria, state):
    assert filling(marked, criteria) is state


def test_marks_are_counted_for_each_cell_with_zeros():
    said = (Mark.MEETS, Mark.MEETS, Mark.FAILS)
    found = counted((1, Approach.DELEGATED, mark) for mark in said)[1, Approach.DELEGATED]
    assert found == {Mark.MEETS: 2, Mark.PARTLY: 0, Mark.FAILS: 1, Mark.NOT_SURE: 0}


def test_nobody_has_to_find_that_one_approach_will_do():
    assert {Verdict.NONE_MEETS_IT, Verdict.NO_ACCESS, Verdict.DISAGREE_WITH_QUESTION} <= set(Verdict)
