"""Criteria: at most seven, different from each other, in words that were said."""

import pytest

from deliberation.criteria import (
    CRITERIA_LIMIT,
    check_criterion,
    check_is_draft,
    check_list,
    check_reopen,
    words_not_said,
)
from deliberation.errors import RuleError
from tests.deliberation.refusals import refused_code


def _texts(count: int) -> list[str]:
    return [f"Criterion {n}" for n in range(count)]


@pytest.mark.parametrize("count", [1, 6, 7])
def test_a_list_of_one_to_seven_can_be_closed(count):
    check_list(_texts(count))


def test_an_eighth_criterion_is_refused_and_the_refusal_says_how_many_are_over():
    with pytest.raises(RuleError) as refusal:
        check_list(_texts(CRITERIA_LIMIT + 1))
    assert refusal.value.code == "too_many_criteria"
    assert refusal.value.facts == {"limit": 7, "count": 8, "over": 1}


def test_an_empty_list_cannot_be_closed():
    assert refused_code(lambda: check_list([])) == "no_criteria"


def test_two_criteria_with_the_same_words_are_refused():
    assert refused_code(lambda: check_list(["It is fair", "it is FAIR"])) == "criterion_repeated"


def test_a_criterion_is_one_line():
    assert check_criterion("  It is\n fair  ") == "It is fair"
    assert refused_code(lambda: check_criterion(" \n ")) == "words_empty"
    assert refused_code(lambda: check_criterion("x" * 121)) == "words_too_long"


def test_a_closed_list_is_no_draft_and_opens_again_only_while_nobody_marked_it():
    assert refused_code(lambda: check_is_draft(is_closed=True)) == "criteria_closed"
    check_is_draft(is_closed=False)
    check_reopen(is_closed=True, marks=0)
    assert refused_code(lambda: check_reopen(is_closed=True, marks=1)) == "grid_begun"
    assert refused_code(lambda: check_reopen(is_closed=False, marks=0)) == "criteria_open"


def test_words_that_nobody_said_are_named_and_forms_of_a_word_count_as_said():
    assert words_not_said("Those who decide are independent", ["They decided alone."]) == ["those", "independent"]
    assert words_not_said("They decide alone", ["They decided alone."]) == []
    assert words_not_said("It is so", ["no"]) == []
