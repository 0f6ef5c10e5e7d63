"""What makes a preference question and a ballot good, pages of options, draws, and the up and down buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.preferences import (
    PreferenceKind,
    Shift,
    check_dots,
    check_question,
    dots_left,
    drawn_order,
    pages_of,
    places_of,
    shifted,
)
from tests.deliberation.refusals import refused_code

NAMES = ("a", "b", "c", "d")
places = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4)).map(places_of)


@pytest.mark.parametrize(
    ("kind", "options", "dots", "seats", "code"),
    [
        ("ranking", ["A"], 5, 1, "too_few_options"),
        ("ranking", [str(n) for n in range(13)], 5, 1, "too_many_options"),
        ("approval", [str(n) for n in range(61)], 5, 5, "too_many_options"),
        ("approval", ["One", "two ", " ONE"], 1, 1, "same_option_twice"),
        ("approval", ["A", "B"], 3, 1, "impossible_dots"),
        ("approval", ["A", "B"], 0, 1, "impossible_dots"),
        ("approval", ["A", "B"], 1, 2, "impossible_seats"),
    ],
)
def test_a_question_that_cannot_be_put_is_refused(kind, options, dots, seats, code):
    assert refused_code(lambda: check_question(PreferenceKind(kind), options, dots=dots, seats=seats)) == code


def test_a_ranking_needs_no_dots():
    check_question(PreferenceKind.RANKING, ["A", "B"], dots=99, seats=99)


def test_more_dots_than_there_are_is_refused_with_how_many_are_too_many():
    with pytest.raises(Exception, match="too_many_dots") as refusal:
        check_dots("abcdefg", dots=5, is_none=False)
    assert refusal.value.facts == {"given": 7, "dots": 5, "over": 2}


def test_none_of_these_beside_dots_contradicts_itself():
    check_dots((), dots=5, is_none=True)
    assert refused_code(lambda: check_dots("a", dots=5, is_none=True)) == "dots_and_none"


def test_dots_that_are_left_never_go_below_nothing():
    assert [dots_left("ab", 5), dots_left("abcdefg", 5)] == [3, 0]


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (12, [12]), (13, [7, 6]), (30, [10, 10, 10])])
def test_a_long_list_is_split_over_even_pages_of_at_most_twelve(count, sizes):
    pages = pages_of(range(count))
    assert [len(page) for page in pages] == sizes
    assert [one for page in pages for one in page] == list(range(count))


def test_a_draw_is_the_same_for_everybody_with_the_same_seed_and_another_with_another():
    assert drawn_order("seed", NAMES) == drawn_order("seed", reversed(NAMES))
    assert len({tuple(drawn_order(str(seed), NAMES)) for seed in range(200)}) == 24


def test_places_have_no_gaps():
    assert places_of({"a": 7, "b": 2, "c": 7}) == {"b": 1, "a": 2, "c": 2}


@pytest.mark.parametrize(
    ("key", "shift", "after"),
    [
        ("b", Shift.UP, {"b": 1, "a": 2, "c": 2}),
        ("a", Shift.UP, {"a": 1, "c": 2, "b": 3}),
        ("a", Shift.DOWN, {"c": 1, "a": 2, "b": 3}),
        ("b", Shift.DOWN, {"a": 1, "c": 1, "b": 2}),
        ("b", Shift.SAME, {"a": 1, "c": 1, "b": 1}),
        ("a", Shift.SAME, {"a": 1, "c": 1, "b": 2}),
        ("d", Shift.UP, {"a": 1, "c": 1, "b": 2, "d": 3}),
        ("d", Shift.DOWN, {"a": 1, "c": 1, "b": 2}),
    ],
)
def test_buttons_move_an_option_one_place(key, shift, after):
    assert shifted({"a": 1, "c": 1, "b": 2}, key, shift) == after


@given(places, st.sampled_from(NAMES), st.sampled_from(Shift))
def test_a_press_keeps_the_others_in_their_order_and_leaves_no_gap(before, key, shift):
    after = shifted(before, key, shift)
    others = [one for one in before if one != key]
    assert all((before[a] < before[b]) == (after[a] < after[b]) for a in others for b in others)
    assert sorted(set(after.values())) == list(range(1, len(set(after.values())) + 1))


@given(places, st.sampled_from(NAMES))
def test_up_enough_times_is_first_and_alone(before, key):
    for _ in range(9):
        before = shifted(before, key, Shift.UP)
    assert [one for one, place in before.items() if place == 1] == [key]
