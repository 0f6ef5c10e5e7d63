"""Points from comments: exactly what was said, and nothing once it is gone."""

import pytest

from deliberation.points import find_part, words_of_part
from tests.deliberation.refusals import refused_code

SAID = "It is open. I like that a lot."


@pytest.mark.parametrize("words", [SAID, "It is open.", "  I like that "])
def test_a_part_is_found_where_it_was_said(words):
    assert words_of_part(SAID, find_part(SAID, words)) == words.strip()


@pytest.mark.parametrize("words", ["It is closed.", "it is open.", "It is open. that"])
def test_words_that_were_not_said_are_refused(words):
    assert refused_code(lambda: find_part(SAID, words)) == "part_not_said"


def test_an_empty_or_very_long_part_is_refused():
    assert refused_code(lambda: find_part(SAID, "  ")) == "words_empty"
    assert refused_code(lambda: find_part("x" * 400, "x" * 301)) == "words_too_long"


def test_a_comment_that_was_changed_or_erased_has_no_such_part_any_more():
    part = find_part(SAID, "It is open.")
    assert words_of_part("", part) is None
    assert words_of_part("It is shut. I like that a lot.", part) is None
