"""Word differences: both texts can be got back from them, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.differences import Change, Stretch, differences

TEXTS = st.lists(st.sampled_from(["one", "two", "three.", "\n", " ", "  ", "\n\n", "é"]), max_size=30).map("".join)


def test_a_replaced_word_is_shown_out_and_in_and_the_rest_stays():
    assert differences("We test it once a year.", "We test it twice a year.") == [
        Stretch(Change.SAME, "We test it "),
        Stretch(Change.OUT, "once "),
        Stretch(Change.IN, "twice "),
        Stretch(Change.SAME, "a year."),
    ]


def test_equal_texts_have_one_stretch_and_empty_ones_none():
    assert differences("The same.", "The same.") == [Stretch(Change.SAME, "The same.")]
    assert differences("", "") == []


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str):
    found = differences(before, after)
    assert "".join(one.text for one in found if one.change is not Change.IN) == before
    assert "".join(one.text for one in found if one.change is not Change.OUT) == after


def test_a_very_long_text_is_compared_by_lines_and_still_whole():
    before = "\n".join(f"line {n} holds some words" for n in range(2000))
    found = differences(before, before.replace("line 7 holds", "line 7 has"))
    assert [one.change for one in found] == [Change.SAME, Change.OUT, Change.IN, Change.SAME]
