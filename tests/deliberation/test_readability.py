"""How hard a text is to read, by formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.readability import Band, minutes_to_read, score, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("data", 2), ("scan", 1), ("picture", 2), ("people", 2), ("hospital", 3), ("made", 1),
        ("table", 2), ("asked", 1), ("wanted", 2), ("needed", 2), ("changes", 2), ("makes", 1), ("the", 1),
        ("commissioner", 4), ("deliberation", 5), ("rhythm", 1),
    ],
)  # fmt: skip
def test_syllables_of_usual_words(word: str, count: int) -> None:
    assert syllables(word) == count


def test_short_plain_sentences_are_as_promised() -> None:
    found = score("A scan is a picture. It shows the inside of your body. A doctor looks at it.")
    assert found is not None
    assert found.band is Band.FITS
    assert (found.sentences, found.words) == (3, 17)


def test_an_official_sentence_is_too_hard() -> None:
    found = score(
        "Notwithstanding considerations regarding proportionality, organisational accountability necessitates "
        "comprehensive documentation of interdepartmental decision-making responsibilities."
    )
    assert found is not None
    assert found.band is Band.TOO_HARD


def test_the_grade_is_the_published_formula() -> None:
    found = score("The cat sat on the mat.")
    assert found is not None
    assert found.grade == pytest.approx(0.39 * 6 + 11.8 * 6 / 6 - 15.59, abs=0.06)


def test_list_items_are_sentences_and_headings_and_addresses_do_not_count() -> None:
    found = score("# What a scan is\n\n- a picture\n- of you\n\nSee [the study](https://example.org/a-long-address).")
    assert found is not None
    assert found.sentences == 3
    assert found.words == 7


def test_a_text_without_words_has_no_score() -> None:
    assert score(" \n\n 12 34 ") is None


@given(st.text(max_size=200))
def test_any_text_has_a_score_or_none_and_takes_whole_minutes(text: str) -> None:
    found = score(text)
    assert found is None or (found.age >= 5 and found.sentences <= found.words <= found.syllables)
    assert minutes_to_read(text) >= 0


@given(st.integers(1, 2000))
def test_minutes_are_rounded_up(words: int) -> None:
    minutes = minutes_to_read("word " * words)
    assert (minutes - 1) * 200 < words <= minutes * 200
