"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.changes import changed_lines, has_changes
from deliberation.differences import Change, Stretch
from deliberation.paragraphs import paragraphs_of

pieces = ["a", "scan", "is", "not", "a picture", "\n", "\n\n", "# Title\n", "- item"]
words = st.lists(st.sampled_from(pieces), max_size=12)
texts = words.map(" ".join)


@given(texts, texts)
def test_every_paragraph_of_the_new_text_is_there_once_and_in_order(old: str, new: str) -> None:
    lines = changed_lines(old, new)
    assert [line.paragraph for line in lines if line.paragraph] == paragraphs_of(new)
    for line in lines:
        if line.paragraph and line.stretches:
            kept = "".join(one.text for one in line.stretches if one.change is not Change.OUT)
            assert kept == line.paragraph.text


@given(texts, texts)
def test_nothing_is_marked_exactly_where_the_paragraphs_are_the_same(old: str, new: str) -> None:
    same = [one.text for one in paragraphs_of(old)] == [one.text for one in paragraphs_of(new)]
    assert has_changes(changed_lines(old, new)) != same


def test_one_word_is_marked_and_not_the_paragraph() -> None:
    (line,) = changed_lines("A scan is a picture.", "A scan is no picture.")
    assert [one.text.strip() for one in line.stretches if one.change is not Change.SAME] == ["a", "no"]


def test_somebody_who_saw_nothing_before_sees_nothing_marked() -> None:
    lines = changed_lines(None, "One.\n\nTwo.")
    assert len(lines) == 2
    assert not has_changes(lines)


def test_a_paragraph_that_is_gone_stands_where_it_stood() -> None:
    lines = changed_lines("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")
    assert [line.paragraph.text if line.paragraph else "" for line in lines] == ["One.", "", "Three."]
    assert lines[1].stretches == (Stretch(Change.OUT, "Two."),)
