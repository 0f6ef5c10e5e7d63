"""Changing a definition: what is asked changes, what is not asked stays, and the definition given is left alone."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import QuestionKind, SurveyDefinitionError, parse
from surveys.editing import (
    Asked,
    asked_of,
    begin,
    find,
    kept_of,
    with_changes,
    with_heading,
    with_question,
    with_shift,
    without_question,
)

LIST = Asked(QuestionKind.RADIOGROUP, "Who decides?", answers=("A panel", "Each person"))


def two_pages():
    return {
        "title": "T",
        "pages": [
            {"name": "one", "elements": [
                {"type": "radiogroup", "name": "use", "title": "Use?", "choices": [
                    {"value": "y", "text": {"default": "Yes", "cy": "Ie"}}, {"value": "n", "text": "No"}]},
                {"type": "text", "name": "age", "title": "Age?", "inputType": "number", "min": 16},
            ]},
            {"name": "two", "visibleIf": "{use} = 'y'", "elements": [
                {"type": "comment", "name": "why", "title": "Why?"},
            ]},
        ],
    }  # fmt: skip


def names(definition):
    return [[element["name"] for element in page["elements"]] for page in definition["pages"]]


def test_a_new_questionnaire_has_a_title_and_nothing_to_ask():
    assert parse(begin("At the end")).item_count == 0


def test_a_question_is_added_to_the_last_page_with_a_name_of_its_own():
    once, first = with_question(two_pages(), LIST)
    twice, second = with_question(once, LIST)
    assert (first, second) == ("who_decides", "who_decides_2")
    assert names(twice)[1] == ["why", first, second]
    assert parse(twice).question(first).is_required is False


@pytest.mark.parametrize("title", ["¿Qué?", "2 things?", "数据", "x" * 900, "Other comment"])
def test_any_title_makes_a_name_that_can_be_read(title):
    definition, name = with_question(begin("T"), Asked(QuestionKind.COMMENT, title))
    assert parse(definition).question(name).heading.default == title


def test_a_choice_whose_words_stay_keeps_its_value_and_its_welsh():
    new = with_changes(two_pages(), "use", Asked(QuestionKind.CHECKBOX, "Use?", answers=("Maybe", "Yes")))
    assert find(new, "use")["choices"] == [
        {"value": "maybe", "text": "Maybe"},
        {"value": "y", "text": {"default": "Yes", "cy": "Ie"}},
    ]


def test_a_new_answer_never_takes_the_value_of_an_old_one_nor_of_none_and_other():
    start, name = with_question(begin("T"), LIST)
    new = with_changes(start, name, Asked(QuestionKind.RADIOGROUP, "Q", answers=("None", "Other", "A  panel!")))
    assert [choice["value"] for choice in find(new, name)["choices"]] == ["none_2", "other_2", "a_panel_2"]


def test_the_same_words_twice_are_refused():
    with pytest.raises(SurveyDefinitionError, match="choice_repeated"):
        with_changes(two_pages(), "use", Asked(QuestionKind.RADIOGROUP, "Use?", answers=("Yes", "yes", "No")))


@pytest.mark.parametrize(("answers", "refused"), [(("No",), True), (("Yes",), False)])
def test_only_an_answer_that_a_condition_asks_about_has_to_stay(answers, refused):
    asked = Asked(QuestionKind.RADIOGROUP, "Use?", answers=answers)
    if refused:
        with pytest.raises(SurveyDefinitionError, match="choice_in_condition"):
            with_changes(two_pages(), "use", asked)
    else:
        assert parse(with_changes(two_pages(), "use", asked)).question("use").choices[0].value == "y"


def test_becoming_another_kind_takes_out_what_belonged_to_the_old_kind_only():
    new = with_changes(two_pages(), "age", Asked(QuestionKind.RATING, "How old?", low="Young", high="Old"))
    assert find(new, "age") == {
        "type": "rating", "name": "age", "title": "How old?",
        "minRateDescription": "Young", "maxRateDescription": "Old",
    }  # fmt: skip
    assert parse(new).question("age").rate_max == 5


def test_limits_conditions_and_languages_are_kept_and_said():
    definition = two_pages()
    definition["pages"][1]["elements"][0]["visibleIf"] = "{age} > 18"
    assert [kept_of(find(definition, name)) for name in ("use", "age", "why")] == [
        ["languages"], ["limits"], ["condition"],
    ]  # fmt: skip
    for name in ("use", "age", "why"):
        assert with_changes(definition, name, asked_of(find(definition, name))) == definition


def test_a_question_moves_within_its_page_then_into_the_next_and_stops_at_the_ends():
    definition = two_pages()
    assert names(with_shift(definition, "use", 1)) == [["age", "use"], ["why"]]
    assert names(with_shift(definition, "age", 1)) == [["use"], ["age", "why"]]
    assert names(with_shift(definition, "why", -1)) == [["use", "age", "why"], []]
    assert with_shift(definition, "use", -1) == with_shift(definition, "why", 1) == definition


def test_a_question_that_is_taken_out_leaves_its_page_and_its_neighbours():
    new = without_question(two_pages(), "why")
    assert names(new) == [["use", "age"], []]
    assert parse(new).item_count == 2


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        without_question(two_pages(), "nobody")


def test_the_definition_that_is_given_is_never_changed():
    definition = two_pages()
    before = copy.deepcopy(definition)
    with_heading(definition, "New", "Words")
    with_question(definition, LIST)
    with_changes(definition, "age", Asked(QuestionKind.BOOLEAN, "Old?", is_required=True))
    with_shift(definition, "age", 1)
    without_question(definition, "age")
    assert definition == before


def test_an_empty_description_is_left_out():
    assert "description" not in with_heading(with_heading(begin("A"), "B", "Words"), "C", "")


@given(st.lists(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1).map(str.lower), unique=True))
def test_any_different_answers_make_choices_that_can_be_read(words):
    answers = tuple(dict.fromkeys(words)) or ("Yes",)
    definition, name = with_question(begin("T"), Asked(QuestionKind.CHECKBOX, "Q", answers=answers))
    assert [choice.text.default for choice in parse(definition).question(name).choices] == list(answers)
