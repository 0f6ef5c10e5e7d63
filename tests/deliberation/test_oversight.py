"""The digest rule of review gates: one byte is noticed, and only what was reviewed counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.oversight import (
    STANDARD_GATES,
    WHOLE,
    GateKind,
    Part,
    Standing,
    canonical_text,
    digest_of,
    gate_of_session,
    parts_of,
    readable,
    standing,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
parts = st.lists(st.builds(Part, texts, texts), max_size=5)


def _digest(some: list[Part]) -> str:
    return digest_of(canonical_text(some))


@given(parts)
def test_a_canonical_text_is_read_back_as_the_same_parts(some: list[Part]) -> None:
    assert list(parts_of(canonical_text(some))) == some


@given(parts, parts)
def test_two_contents_have_the_same_digest_only_if_they_are_the_same(one: list[Part], other: list[Part]) -> None:
    assert (_digest(one) == _digest(other)) == (one == other)


@given(parts, st.data())
def test_one_byte_more_in_any_part_is_another_digest(some: list[Part], data: st.DataObject) -> None:
    if not some:
        return
    place = data.draw(st.integers(0, len(some) - 1))
    where = data.draw(st.integers(0, len(some[place].words)))
    words = some[place].words
    changed = [*some]
    changed[place] = Part(some[place].label, words[:where] + " " + words[where:])
    assert _digest(changed) != _digest(some)


def test_words_moved_from_one_part_to_the_next_are_a_change() -> None:
    assert _digest([Part("a", "one two"), Part("b", "")]) != _digest([Part("a", "one"), Part("b", " two")])
    assert _digest([Part("a", "x"), Part("b", "y")]) != _digest([Part("b", "y"), Part("a", "x")])


@pytest.mark.parametrize(
    ("sent", "now", "is_closed", "expected"),
    [
        (None, "a", False, Standing.NOT_SENT),
        (None, "a", True, Standing.NOT_SENT),
        (None, None, False, Standing.GONE),
        ("a", None, True, Standing.GONE),
        ("a", "a", False, Standing.WITH_GROUP),
        ("a", "a", True, Standing.REVIEWED),
        ("a", "b", False, Standing.CHANGED),
        ("a", "b", True, Standing.CHANGED),
    ],
)
def test_how_an_item_stands_follows_from_what_was_sent_and_what_is_there(
    sent: str | None, now: str | None, is_closed: bool, expected: Standing
) -> None:
    assert standing(sent, now, is_closed=is_closed) is expected


def test_the_usual_gates_are_seven_and_every_kind_has_one() -> None:
    assert [code for code, _kind in STANDARD_GATES] == [f"G{number}" for number in range(7)]
    assert {kind for _code, kind in STANDARD_GATES} == set(GateKind)
    assert set(WHOLE) == set(GateKind) - {GateKind.MATERIALS}


def test_each_half_of_the_sessions_has_its_own_gate() -> None:
    assert [gate_of_session(number, 4) for number in (1, 2, 3, 4)] == ["G2", "G2", "G3", "G3"]
    assert [gate_of_session(number, 3) for number in (1, 2, 3)] == ["G2", "G2", "G3"]
    assert gate_of_session(1, 1) == "G2"


def test_what_is_empty_is_not_shown_but_is_in_the_digest() -> None:
    assert readable([Part("Title", "Scans"), Part("Sources", "")]) == "## Title\n\nScans"
    assert _digest([Part("Title", "Scans")]) != _digest([Part("Title", "Scans"), Part("Sources", "")])
