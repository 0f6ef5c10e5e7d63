"""Rules of stewardship models: combinations, second ratings, cards."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.cards import check_facts, check_points
from deliberation.errors import RuleError
from deliberation.stewardship import (
    COMBINATION_ANSWERS,
    NOBODY,
    NONE_OF_THESE,
    CardField,
    CombinationQuestion,
    Movement,
    Rating,
    check_combination,
    combination_parts,
    movement,
)

answers = st.fixed_dictionaries(
    {question.value: st.sampled_from([*offered, NONE_OF_THESE]) for question, offered in COMBINATION_ANSWERS.items()}
)


def test_each_question_lets_people_say_that_access_should_not_be_granted():
    assert all(NOBODY in offered for offered in COMBINATION_ANSWERS.values())
    assert set(COMBINATION_ANSWERS) == set(CombinationQuestion)


@given(answers)
def test_every_offered_answer_is_taken_and_read_back_in_order(given_answers):
    checked = check_combination(given_answers)
    parts = combination_parts(checked)
    assert parts
    assert [question for question, _ in parts] == list(CombinationQuestion)[: len(parts)]
    assert all(checked[question] == answer for question, answer in parts)


@given(answers, st.sampled_from(CombinationQuestion))
def test_a_missing_answer_is_named(given_answers, question):
    with pytest.raises(RuleError) as refusal:
        check_combination({name: value for name, value in given_answers.items() if name != question.value})
    assert refusal.value.facts["missing"] == question.value


@given(answers, st.sampled_from(CombinationQuestion))
def test_an_answer_that_was_not_offered_is_refused(given_answers, question):
    with pytest.raises(RuleError, match="unknown_answer"):
        check_combination({**given_answers, question.value: "the king"})


def test_no_access_throughout_is_one_thing():
    assert combination_parts(dict.fromkeys(CombinationQuestion, NOBODY)) == [
        (CombinationQuestion.WHO_SETS_RULES, NOBODY)
    ]


@pytest.mark.parametrize(("before", "now"), list(product([None, *Rating], Rating)))
def test_only_a_second_rating_is_asked_about(before, now):
    expected = None if before is None else Movement.SAME if before is now else Movement.MOVED
    assert movement(before, now) is expected


def test_a_fact_without_a_source_is_refused_unless_it_is_not_known_or_defines_the_model():
    with pytest.raises(RuleError, match="fact_unsourced"):
        check_facts({"who_decides": {"text": "A board."}})
    checked = check_facts(
        {"who_decides": {"text": "A board.", "source": "x"}, "say_no": {"text": "No.", "by_definition": True}}
    )
    assert set(checked) == {field.value for field in CardField}
    assert checked["appeal"]["not_known"]


def test_both_sides_get_equal_room():
    check_points(["a"], ["b"])
    with pytest.raises(RuleError, match="points_unequal"):
        check_points(["a", "b"], ["c"])
