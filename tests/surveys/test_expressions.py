"""Conditions: read, refused by name, and answering as survey-core 3.1.1 did."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.errors import ExpressionError
from surveys.expressions import ARITHMETIC, Binary, Node, evaluate, holds, parse_expression, references, walk
from surveys.reading import LONGEST
from surveys.values import Value
from tests.shared_data import shared_folder

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
answers = st.dictionaries(st.sampled_from("abc"), scalars | st.lists(scalars, max_size=3))


def a_list_is_added(tree: Node, values: dict[str, Value]) -> bool:
    """Whether `+` or another sum meets a list: outside the subset, refused when a questionnaire is read."""
    return any(
        isinstance(evaluate(side, values), list)
        for node in walk(tree)
        if isinstance(node, Binary) and node.operator in ARITHMETIC
        for side in (node.left, node.right)
    )


def same(ours: Value, engine: Value) -> bool:
    if isinstance(ours, bool) or isinstance(engine, bool) or not isinstance(ours, int | float):
        return type(ours) is type(engine) and ours == engine
    return isinstance(engine, int | float) and ours == pytest.approx(engine)


def test_every_recorded_row_inside_the_subset_gives_the_value_and_the_condition_of_survey_core() -> None:
    rows = json.loads((shared_folder("surveys") / "surveyjs" / "oracle_expressions_3.1.1.json").read_text("utf-8"))
    inside, differing = 0, []
    for row in rows:
        try:
            tree = parse_expression(row["expr"])
        except ExpressionError:
            continue
        if a_list_is_added(tree, row["values"]):
            continue
        inside += 1
        if not same(evaluate(tree, row["values"]), row["value"]) or holds(tree, row["values"]) is not row["cond"]:
            differing.append(row)
    assert differing == []
    assert (len(rows), inside) == (984, 457)


def test_what_is_outside_is_a_function_a_path_a_bare_word_or_does_not_parse() -> None:
    rows = json.loads((shared_folder("surveys") / "surveyjs" / "oracle_expressions_3.1.1.json").read_text("utf-8"))
    codes: dict[str, set[str]] = {}
    for expression in {row["expr"] for row in rows}:
        try:
            parse_expression(expression)
        except ExpressionError as refused:
            codes.setdefault(refused.code, set()).add(expression)
    assert set(codes) == {"expression_function", "expression_reference", "expression_bare_word"}
    assert codes["expression_bare_word"] == {"innerFunc_nested"}
    assert len(codes["expression_reference"]) == 3


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("'Yes' = 'yes'", {}, True),
        ("' x ' = 'x'", {}, True),
        ("'1' = 1", {}, True),
        ("1 = '1.0'", {}, True),
        ("{a} > {b}", {"a": "9", "b": "10"}, False),
        ("'2026-01-02' < '2026-01-10'", {}, True),
        ("'true' = true", {}, True),
        ("false = 0", {}, True),
        ("{a} = ''", {}, True),
        ("{a} = null", {}, True),
        ("{a} <> 1", {}, True),
        ("{a} < 1", {}, False),
        ("{a} > 1", {}, False),
        ("{a} = 0", {}, False),
        ("{a} = false", {}, False),
        ("{a} empty", {"a": 0}, False),
        ("{a} empty", {"a": False}, False),
        ("{a} empty", {"a": []}, True),
        ("[2,1] = [1,2]", {}, True),
        ("{a} anyof ['x']", {}, False),
        ("{a} allof ['x']", {}, False),
        ("{a} anyof ['x', 'y']", {"a": "y"}, True),
        ("{a} noneof ['x']", {}, True),
        ("{a} notcontains 'x'", {}, True),
        ("{a} contains 'x'", {"a": ["x", "y"]}, True),
        ("12 contains 1", {}, True),
        ("{a} contains '1'", {"a": [11]}, False),
        ("'AbcDEf' contains 'BCD'", {}, True),
        ("true or false and false", {}, True),
        ("!{a}", {}, True),
        ("!{a} = 1", {"a": 2}, False),
        ("{a-Comment} notempty", {"a-Comment": "why"}, True),
        ("{x} + 1 empty", {}, False),
    ],
)
def test_the_reference_table_of_coercions_holds(text: str, values: dict[str, Value], expected: bool) -> None:
    assert holds(parse_expression(text), values) is expected


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("{a} + 1", {}, 1),
        ("{a} * 2", {}, 0),
        ("{a} + 1", {"a": "1"}, 2),
        ("'a' - 1", {}, None),
        ("1 / 0", {}, None),
        ("0.1 + 0.2", {}, 0.3),
        ("2 - 3 - 4", {}, -5),
        ("2 - -1", {}, 3),
        ("1 -1", {}, 0),
        ("2 + 2 * 2", {}, 6),
        ("(2 + 2) * 2 % 5", {}, 3),
        (r"'I\'m \"here\"'", {}, 'I\'m "here"'),
        (r"'a\n'", {}, r"a\n"),
    ],
)
def test_sums_and_texts_give_the_engine_s_values(text: str, values: dict[str, Value], expected: Value) -> None:
    assert evaluate(parse_expression(text), values) == expected


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("today() > 1", "expression_function", "today"),
        ("{a} = yes", "expression_bare_word", "yes"),
        ("not {a}", "expression_operator", "not"),
        ("{a} is empty", "expression_operator", "is"),
        ("{a.b} = 1", "expression_reference", "{a.b} = 1"),
        ("{a", "expression_reference", "{a"),
        ("{a} = 'x", "expression_unclosed_text", "'x"),
        ("{a} = 1 +", "expression_ends_early", ""),
        ("({a} = 1", "expression_ends_early", ""),
        ("{a} {b}", "expression_unexpected", "b"),
        ("[1,]", "expression_unexpected", "]"),
        ("- 5", "expression_unexpected", "- 5"),
        ("007 = 7", "expression_unexpected", "007 = 7"),
        ("{a} = ‘x’", "expression_character", "‘"),
        ("2 ^ 3", "expression_character", "^"),
        ("", "expression_ends_early", ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place_and_what_stood_there(text: str, code: str, found: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_expression(text)
    assert (refused.value.code, refused.value.facts["found"]) == (code, found)
    assert 0 <= refused.value.facts["position"] <= len(text)


@pytest.mark.parametrize(
    "text", ["(" * 50_000, "!" * 1_500 + "1", "[" * 1_500, "1" + "+1" * 900, "1" * 100_000, "'" * 100_000]
)
def test_a_condition_made_to_hurt_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_expression(text)


def test_the_longest_condition_is_still_read() -> None:
    text = "{a} = '" + "x" * (LONGEST - 8) + "'"
    assert references(parse_expression(text)) == {"a"}


@given(st.text(alphabet="{}ab()[]!'\"=<>+-*/%,. 109andorempty", max_size=60), answers)
def test_any_text_is_a_condition_or_is_refused(text: str, values: dict[str, Any]) -> None:
    try:
        tree = parse_expression(text)
    except ExpressionError:
        return  # the one refusal allowed: any other exception fails the test
    assert holds(tree, values) in (True, False)
