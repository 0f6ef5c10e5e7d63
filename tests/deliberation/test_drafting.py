"""Writing together: the pen, versions, quotes, answers and agreement."""

from datetime import UTC, datetime, timedelta

import pytest

from deliberation.drafting import (
    Agreement,
    SuggestionState,
    check_agreement,
    check_answer,
    check_holds_pen,
    check_newest,
    check_pen_free,
    check_quote,
    pen_is_free,
)
from tests.deliberation.refusals import refused_code

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("holder", "silent", "is_free"),
    [(None, None, True), (1, 0, True), (2, 0, False), (2, 599, False), (2, 600, True), (2, None, True)],
)
def test_the_pen_is_free_when_nobody_holds_it_or_its_holder_was_silent_for_ten_minutes(holder, silent, is_free):
    used_at = None if silent is None else NOW - timedelta(seconds=silent)
    assert pen_is_free(holder, used_at, NOW, by=1) is is_free
    assert refused_code(lambda: check_pen_free(holder, used_at, NOW, by=1)) == (None if is_free else "pen_taken")


def test_only_the_scribe_writes():
    check_holds_pen(3, 3)
    assert refused_code(lambda: check_holds_pen(None, 3)) == "pen_missing"
    assert refused_code(lambda: check_holds_pen(4, 3)) == "pen_missing"


def test_words_written_on_an_older_version_do_not_go_over_a_newer_one():
    check_newest(2, 2)
    assert refused_code(lambda: check_newest(1, 2)) == "draft_changed"


@pytest.mark.parametrize(
    ("quote", "code"), [("", None), ("to be\n asked", None), ("Asked", "quote_missing"), ("be told", "quote_missing")]
)
def test_a_quoted_part_has_to_stand_in_the_text(quote, code):
    assert refused_code(lambda: check_quote(quote, "We want to  be asked.")) == code


@pytest.mark.parametrize(
    ("state", "reason", "code"),
    [
        (SuggestionState.TAKEN, "", None),
        (SuggestionState.PARTLY, " ", "why_missing"),
        (SuggestionState.NOT_TAKEN, "", "why_missing"),
        (SuggestionState.NOT_TAKEN, "Too long.", None),
        (SuggestionState.OPEN, "x", "unknown_answer"),
    ],
)
def test_what_is_not_taken_whole_needs_a_why(state, reason, code):
    assert refused_code(lambda: check_answer(state, reason)) == code


def test_agreed_except_says_what():
    check_agreement(Agreement.AGREED, "")
    check_agreement(Agreement.AGREED_EXCEPT, "The last word.")
    assert refused_code(lambda: check_agreement(Agreement.AGREED_EXCEPT, " ")) == "except_missing"
