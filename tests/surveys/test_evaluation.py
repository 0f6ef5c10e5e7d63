"""What is shown, required and accepted, for one person's answers; and definitions that come back as they went."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import SurveyDefinitionError, check, next_page, parse, percent_complete, visible_pages, visible_questions
from surveys.evaluation import required_questions
from tests.shared_data import shared_folder
from tests.surveys.builders import definition, question

CHAIN = definition(
    question(name="a", showOtherItem=True),
    question("checkbox", "b", visibleIf="{a} = 'yes'", showNoneItem=True),
    question("comment", "c", visibleIf="{b} contains 'no'", requiredIf="{a-Comment} empty"),
    question("html", "note", html="Thank you", visibleIf="{c} notempty"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["yes", "other"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def shown(answers: dict[str, Any]) -> list[str]:
    return [question.name for question in visible_questions(parse(CHAIN), answers)]


def test_a_question_is_shown_only_once_its_condition_holds() -> None:
    assert shown({}) == ["a"]
    assert shown({"a": "yes", "b": ["no"], "c": "so"}) == ["a", "b", "c", "note"]


def test_the_answers_of_hidden_questions_are_cleared_down_the_chain() -> None:
    done = check(parse(CHAIN), {"a": "no", "b": ["no"], "c": "left over"})
    assert (done.answers, done.errors) == ({"a": "no"}, {})


def test_a_hidden_required_question_is_no_error_and_a_shown_one_is() -> None:
    read = parse(definition(question(name="a"), question("text", "b", isRequired=True, visibleIf="{a} = 'yes'")))
    assert not check(read, {"a": "no"}).errors
    assert {name: error.code for name, error in check(read, {"a": "yes"}).errors.items()} == {"b": "answer_required"}


def test_a_condition_can_make_a_question_required() -> None:
    answers = {"a": "yes", "b": ["no"]}
    assert [question.name for question in required_questions(parse(CHAIN), answers)] == ["c"]
    assert check(parse(CHAIN), answers).errors["c"].code == "answer_required"


def test_something_else_needs_its_words_and_keeps_them_only_while_it_is_chosen() -> None:
    read = parse(CHAIN)
    assert check(read, {"a": "other"}).errors["a-Comment"].code == "answer_required"
    assert check(read, {"a": "other", "a-Comment": "mine"}).answers == {"a": "other", "a-Comment": "mine"}
    assert check(read, {"a": "no", "a-Comment": "mine"}).answers == {"a": "no"}


def test_only_the_problems_of_the_page_at_hand_are_reported() -> None:
    pages = [{"name": name, "elements": [question("text", name + "1", isRequired=True)]} for name in ("one", "two")]
    read = parse({"pages": pages})
    assert set(check(read, {}, page=read.pages[0]).errors) == {"one1"}
    assert set(check(read, {}).errors) == {"one1", "two1"}


def test_a_page_without_anything_to_show_is_passed_over() -> None:
    pages = [
        {"name": "one", "elements": [question(name="a")]},
        {"name": "two", "elements": [question("text", "b")], "visibleIf": "{a} = 'yes'"},
        {"name": "three", "elements": [question("text", "c")]},
    ]
    read = parse({"pages": pages})
    assert [page.name for page in visible_pages(read, {"a": "no"})] == ["one", "three"]
    assert next_page(read, {"a": "no"}, "one") == read.pages[2]
    assert next_page(read, {"a": "yes"}, "one") == read.pages[1]
    assert next_page(read, {}, "three") is None
    assert percent_complete(read, {"a": "no"}) == 50


def test_names_that_no_question_has_are_said_and_not_stored() -> None:
    done = check(parse(CHAIN), {"csrf_token": "x"})
    assert (done.answers, done.ignored) == ({}, ("csrf_token",))


@pytest.mark.parametrize(
    ("elements", "code", "element", "property"),
    [
        ([question("html", "n", html="<b>x</b>")], "has_markup", "n", "html"),
        ([question(visibleIf="{later} = 1"), question("text", "later")], "expression_later_question", "q", "visibleIf"),
        (
            [question("checkbox", "m"), question(requiredIf="{m} + 1 = 2")],
            "expression_list_arithmetic",
            "q",
            "requiredIf",
        ),
        ([question(visibleIf="today() = 1")], "expression_function", "q", "visibleIf"),
        ([question(choicesByUrl={"url": "x"})], "unknown_property", "q", "choicesByUrl"),
        ([question(validators=[])], "unknown_property", "q", "validators"),
        ([question("rating", rateMin=5, rateMax=5)], "bad_limits", "q", "rateMax"),
        ([question(name="a.b")], "bad_name", "pages[0].elements[0]", "name"),
        ([question(title={"default": "x", "fr": "y"})], "unknown_property", "q", "title.fr"),
        ([question(choices=["A", "a"])], "choice_repeated", "q", "choices"),
        ([question(choices=["other"], showOtherItem=True)], "choice_repeated", "q", "choices"),
        ([question(name="q"), question("text", "Q")], "name_repeated", "Q", "name"),
    ],
)
def test_a_refusal_names_the_element_and_the_property(
    elements: list[dict[str, Any]], code: str, element: str, property: str
) -> None:
    with pytest.raises(SurveyDefinitionError) as refused:
        parse(definition(*elements))
    assert (refused.value.code, refused.value.element, refused.value.property) == (code, element, property)


def test_welsh_words_are_given_and_come_back() -> None:
    read = parse(definition(question(title={"default": "Why?", "cy": "Pam?"})))
    assert [read.questions[0].heading.text_in(lang) for lang in ("cy", "cy-GB", "en")] == ["Pam?", "Pam?", "Why?"]
    assert read.to_dict()["pages"][0]["elements"][0]["title"] == {"default": "Why?", "cy": "Pam?"}


words = st.text("abc d", min_size=1, max_size=9).filter(str.strip)
texts = words | st.fixed_dictionaries({"default": words, "cy": words})
conditions = st.sampled_from(["true", "1 = 2 or !false", "[1] contains 1"])


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Any questionnaire of the subset with up to five questions on one page."""
    elements = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(
            st.sampled_from(["radiogroup", "checkbox", "dropdown", "rating", "text", "comment", "boolean", "html"])
        )
        said: dict[str, Any] = {"type": kind, "name": f"q{number}", "title": draw(texts)}
        if draw(st.booleans()):
            said["visibleIf"] = draw(conditions) if number == 0 else f"{{q{number - 1}}} notempty or true"
        if kind == "html":
            elements.append(said | {"html": draw(texts)})
            continue
        said |= {"isRequired": draw(st.booleans()), "description": draw(texts)}
        if kind in ("radiogroup", "checkbox", "dropdown"):
            said["choices"] = [{"value": f"v{n}", "text": draw(texts)} for n in range(draw(st.integers(1, 3)))]
            said |= {"showOtherItem": draw(st.booleans()), "showNoneItem": draw(st.booleans())}
        elif kind == "rating":
            said |= {
                "rateMin": draw(st.integers(0, 3)),
                "rateMax": draw(st.integers(4, 10)),
                "minRateDescription": "low",
            }
        elif kind == "text" and draw(st.booleans()):
            said |= {"inputType": "number", "min": 0, "max": draw(st.integers(1, 90))}
        elif kind == "comment":
            said["maxLength"] = draw(st.integers(1, 500))
        elements.append(said)
    for before, after in pairwise(elements):
        if before["type"] == "html" and "visibleIf" in after:
            after["visibleIf"] = "true"  # a block to read has no answer to ask about
    return definition(*elements)


@given(definitions())
def test_a_definition_comes_back_equal(said: dict[str, Any]) -> None:
    read = parse(said)
    assert parse(json.loads(json.dumps(read.to_dict()))) == read
    # Nothing that was said is lost; what stands at its default need not be written.
    for before, after in zip(said["pages"][0]["elements"], read.to_dict()["pages"][0]["elements"], strict=True):
        assert {key: value for key, value in before.items() if value is not False} == after


@given(definitions(), st.dictionaries(st.sampled_from(["q0", "q1", "q2", "q0-Comment", "x"]), JSON) | JSON)
def test_no_answers_make_check_raise_and_good_answers_stay_as_they_are(said: dict[str, Any], raw: Any) -> None:
    read = parse(said)
    done = check(read, raw)
    assert check(read, done.answers).answers == done.answers
    assert set(done.answers) <= {name for item in read.questions for name in (item.name, item.comment_name)}


LOOKS = frozenset(
    {
        "logoPosition", "showQuestionNumbers", "showPrevButton", "showCompletedPage", "showPageTitles", "widthMode",
        "focusFirstQuestionAutomatic", "questionTitleLocation", "titleLocation", "placeholder", "colCount",
        "completedHtml", "questionsOrder", "valueName", "displayMode", "hideNumber", "validators", "mode",
        "gridLayoutEnabled",
    }
)  # fmt: skip


def without_looks(said: Any) -> Any:
    """A definition without settings that change nothing in what is shown (or only the order, which is not compared)."""
    if isinstance(said, dict):
        return {key: without_looks(value) for key, value in said.items() if key not in LOOKS}
    return [without_looks(item) for item in said] if isinstance(said, list) else said


def test_recorded_definitions_show_and_require_what_survey_core_did_once_their_looks_are_taken_off() -> None:
    folder = shared_folder("surveys") / "surveyjs"
    rows = json.loads((folder / "oracle_survey-core_3.1.1.json").read_text("utf-8"))
    markup = json.loads((folder / "surveyjs_markup_definitions.json").read_text("utf-8"))
    inside, hiding = 0, 0
    for row in rows:
        name, _, index = row["def"].partition("#")
        said = without_looks(markup[int(index)]["json"] if index else json.loads((folder / name).read_text("utf-8")))
        if "elements" in said:
            said["pages"] = [{"name": "page1", "elements": said.pop("elements")}]
        try:
            read = parse(said)
        except SurveyDefinitionError:
            continue
        inside += 1
        hiding += len(row["visible"]) < len(read.questions)
        assert sorted(question.name for question in visible_questions(read, row["answers"])) == sorted(row["visible"])
        needed = {question.name for question in read.questions if question.is_required}
        assert needed == set(row["required"]), row["def"]
    assert (inside, hiding) == (120, 8)
