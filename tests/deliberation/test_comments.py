"""Rules about words: tidy, not empty, not too long; personal data is found."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.comments import COMMENT_LIMIT, STATEMENT_LIMIT, check_reply, check_statement, check_words, tidy
from deliberation.errors import RuleError
from deliberation.personal_data import PersonalData, find_personal_data, is_nhs_number, without
from tests.deliberation.refusals import refused_code


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in once)


@given(st.text(max_size=400))
def test_words_are_kept_whole_or_refused(text):
    code = refused_code(lambda: check_words(text, limit=100))
    length = len(tidy(text))
    assert code == ("words_empty" if length == 0 else "words_too_long" if length > 100 else None)
    if code is None:
        assert check_words(text, limit=100) == tidy(text)


def test_the_refusal_says_how_much_is_too_much():
    with pytest.raises(RuleError) as refusal:
        check_words("a" * (COMMENT_LIMIT + 3), limit=COMMENT_LIMIT)
    assert refusal.value.facts["over"] == 3


def test_a_statement_is_one_line():
    assert check_statement("One\n  idea\tonly ") == "One idea only"
    assert len(check_statement("a" * STATEMENT_LIMIT)) == STATEMENT_LIMIT


def test_a_reply_to_a_reply_is_refused():
    check_reply(is_reply=False)
    with pytest.raises(RuleError, match="no_reply_here"):
        check_reply(is_reply=True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mail ann.b+c@example.co.uk now", PersonalData.EMAIL),
        ("Ring 07700 900 123.", PersonalData.PHONE),
        ("Ring +44 7700 900123", PersonalData.PHONE),
        ("Ring (020) 7946 0958", PersonalData.PHONE),
        ("It is 943 476 5919", PersonalData.NHS_NUMBER),
        ("It is 9434765919", PersonalData.NHS_NUMBER),
        ("I live in CF10 3NQ, up the hill", PersonalData.POSTCODE),
        ("i live in m1 1ae", PersonalData.POSTCODE),
    ],
)
def test_personal_data_is_found(text, kind):
    assert [one.kind for one in find_personal_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "40,000 chest scans in 2024",
        "3 in every 10",
        "943 476 5918 is no such number",
        "MRI or CT2 scans",
        "a@b",
        "Covid 19",
    ],
)
def test_numbers_and_short_words_are_left_alone(text):
    assert find_personal_data(text) == []


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_at_most_one_last_digit_makes_an_nhs_number(digits):
    body = "".join(map(str, digits))
    assert sum(is_nhs_number(body + str(last)) for last in range(10)) <= 1


@given(st.text(max_size=300))
def test_taking_out_leaves_nothing_that_would_warn_again_at_the_same_place(text):
    found = find_personal_data(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert without(text, found).count("[...]") >= len(found)


def test_taking_out_keeps_the_other_words():
    text = "Mail ann@example.org or ring 07700 900123."
    assert without(text, find_personal_data(text)) == "Mail [...] or ring [...]."
