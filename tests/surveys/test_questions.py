"""Definitions inside the subset are read; everything outside it is refused by name."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import QuestionKind, SurveyDefinitionError, check, parse
from surveys.questions import text_in

KITS = Path(__file__).resolve().parent.parent.parent / "kits"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
COLOURS = {
    "pages": [
        {
            "name": "one",
            "elements": [
                {"type": "radiogroup", "name": "colour", "title": "Which?", "choices": ["red", "blue"]},
                {"type": "checkbox", "name": "many", "choices": ["a", "b"], "showNoneItem": True},
                {"type": "text", "name": "age", "inputType": "number", "min": 16, "max": 120},
                {"type": "comment", "name": "why", "maxLength": 10, "isRequired": True},
                {"type": "rating", "name": "how", "rateMax": 7},
                {"type": "boolean", "name": "sure"},
            ],
        }
    ]
}


@pytest.mark.parametrize("path", sorted(KITS.glob("*/questionnaires/*.json")), ids=lambda path: path.stem)
def test_the_questionnaires_of_the_kit_are_read(path):
    read = parse(json.loads(path.read_text()))
    assert 1 <= len(read.questions) <= 10
    assert not any(question.is_required for question in read.questions)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"triggers": []}, "unknown_property"),
        ({"pages": [{"elements": [{"type": "file", "name": "x"}]}]}, "unknown_type"),
        (
            {"pages": [{"elements": [{"type": "text", "name": "x", "visibleIf": "{y} = 1"}]}]},
            "expression_unknown_question",
        ),
        ({"pages": [{"elements": [{"type": "text"}]}]}, "name_missing"),
        ({"pages": [{"elements": [{"type": "text", "name": "x"}, {"type": "text", "name": "x"}]}]}, "name_repeated"),
        ({"pages": [{"elements": [{"type": "radiogroup", "name": "x"}]}]}, "choices_missing"),
        ({"pages": [{"elements": [{"type": "text", "name": "x", "min": "1"}]}]}, "not_a_number"),
        ({"title": 5}, "bad_text"),
        ({"pages": {}}, "not_an_object"),
    ],
)
def test_what_lies_outside_the_subset_is_refused_by_name(change, code):
    with pytest.raises(SurveyDefinitionError) as refusal:
        parse(change)
    assert refusal.value.code == code


def test_texts_come_in_the_language_asked_for_or_else_the_default():
    read = parse({"title": {"default": "Before", "cy": "Cyn"}})
    assert [text_in(read.title, lang) for lang in ("cy", "en")] == ["Cyn", "Before"]


def test_good_answers_come_back_clean_and_skipped_ones_are_absent():
    done = check(parse(COLOURS), {"colour": "red", "age": " 44 ", "why": "so", "how": "7", "sure": "true"})
    assert done.answers == {"colour": "red", "age": 44, "why": "so", "how": 7, "sure": True}
    assert not done.errors


@pytest.mark.parametrize(
    ("answers", "name", "code"),
    [
        ({"colour": "green", "why": "x"}, "colour", "unknown_answer"),
        ({"many": ["a", "none"], "why": "x"}, "many", "unknown_answer"),
        ({"age": "old", "why": "x"}, "age", "not_a_number"),
        ({"age": "nan", "why": "x"}, "age", "not_a_number"),
        ({"age": "3", "why": "x"}, "age", "number_too_low"),
        ({"how": "8", "why": "x"}, "how", "number_too_high"),
        ({"why": "much too long"}, "why", "words_too_long"),
        ({}, "why", "answer_required"),
    ],
)
def test_a_bad_answer_is_refused_beside_its_question(answers, name, code):
    done = check(parse(COLOURS), answers)
    assert {key: error.code for key, error in done.errors.items()} == {name: code}


def test_every_kind_has_a_question_in_the_example():
    kinds = {question.kind for question in parse(COLOURS).questions}
    assert set(QuestionKind) - kinds == {QuestionKind.DROPDOWN, QuestionKind.HTML}


@given(st.dictionaries(st.sampled_from(["colour", "many", "age", "why", "how", "sure", "x"]), JSON))
def test_no_answers_whatever_raise(raw):
    done = check(parse(COLOURS), raw)
    assert not set(done.answers) & set(done.errors)


@given(JSON)
def test_no_definition_whatever_raises_anything_but_its_own_error(definition):
    try:
        parse(definition)
    except SurveyDefinitionError:
        assert definition or not isinstance(definition, dict)
    else:
        assert isinstance(definition, dict)
