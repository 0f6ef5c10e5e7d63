"""Personal data in words: found, marked, taken out; and never a long search, whatever is sent."""

import re
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation import names, personal_data
from deliberation.names import find_names
from deliberation.personal_data import PersonalData, find_personal_data, is_nhs_number, marked, without


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mail ann.lee+x@example.co.uk please", PersonalData.EMAIL),
        ("Mail ann.lee (at) example.org please", PersonalData.EMAIL),
        ("My NHS number is 943 476 5919.", PersonalData.NHS_NUMBER),
        ("9434765919", PersonalData.NHS_NUMBER),
        ("It is 94 34 76 59 19", PersonalData.NHS_NUMBER),
        ("It is 943-476-5919", PersonalData.NHS_NUMBER),
        ("It is 943.476.5919", PersonalData.NHS_NUMBER),
        ("It is 943\u00a0476\u20135919", PersonalData.NHS_NUMBER),
        ("It is 9 4 3 4 7 6 5 9 1 9", PersonalData.NHS_NUMBER),
        ("Since 2020 943 476 5919", PersonalData.NHS_NUMBER),
        ("Ring 07700 900123", PersonalData.PHONE),
        ("Ring 07700.900.123", PersonalData.PHONE),
        ("Ring +44 7700 900123", PersonalData.PHONE),
        ("Ring +44 (0)20 7946 0018", PersonalData.PHONE),
        ("Ring (029) 2018 0000", PersonalData.PHONE),
        ("Ring +353 1 496 0018", PersonalData.PHONE),
        ("I live in CF10 3NQ, up the hill", PersonalData.POSTCODE),
        ("I live in CF10  3NQ", PersonalData.POSTCODE),
        ("i live in m1 1ae", PersonalData.POSTCODE),
    ],
)
def test_addresses_and_numbers_are_found(text, kind):
    assert [one.kind for one in find_personal_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "40,000 chest scans in 2024",
        "3 in every 10",
        "943 476 5918 is no such number",
        "111 111 1111",
        "MRI or CT2 scans",
        "a@b",
        "Covid 19",
        "the A40 2nd exit",
        "1 2 3 4 5 6 7 8 9 ways",
        "from 2001 to 2026, 25 years",
    ],
)
def test_other_numbers_and_short_words_are_left_alone(text):
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dr Smith lost my scan.", ["Smith"]),
        ("Prof. Jane O'Neill-Kaur told me", ["Jane O'Neill-Kaur"]),
        ("Nurse Williams was kind", ["Williams"]),
        ("Mr and Mrs Khan next door", ["Khan"]),
        ("My daughter Anna had an MRI", ["Anna"]),
        ("my daughter anna had one", ["anna"]),
        ("my son, Zaynab-Rose, is four", ["Zaynab-Rose"]),
        ("our neighbour Oluwatobi Ade", ["Oluwatobi Ade"]),
        ("my friends Ella and Imogen", ["Ella", "Imogen"]),
        ("my name is Xiu Ying", ["Xiu Ying"]),
        ("My name’s Quentin", ["Quentin"]),
        ("a man called Tyrese Brown", ["Tyrese Brown"]),
        ("somebody named Quentin", ["Quentin"]),
        ("his wife is called Brigitte", ["Brigitte"]),
        ("Ask Sarah Khan’s doctor", ["Sarah Khan"]),
        ("I asked Mohammed about it", ["Mohammed"]),
        ("Fy merch Ffion", ["Ffion"]),
    ],
)
def test_names_are_found_by_the_words_around_them(text, found):
    assert [text[start:end] for start, end in find_names(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "A trust called Biobank holds it.",
        "The Alan Turing Institute and St Thomas’ Hospital should publish it.",
        "The Francis Crick Institute",
        "Queen Elizabeth Hospital",
        "My GP is great. I am Muslim. My doctor decides.",
        "In May and June my mum May be asked on Monday.",
        "Doctors, nurses and patients in Wales",
        "My partner I think would agree",
        "NHS England should ask People in Great Britain",
        "Will Mark my words",
    ],
)
def test_institutes_months_and_countries_are_no_names(text):
    assert find_names(text) == []


def test_taking_out_keeps_the_other_words():
    text = "Mail ann@example.org or ring 07700 900123. Dr Smith said so."
    found = find_personal_data(text)
    assert without(text, found) == "Mail [...] or ring [...]. Dr [...] said so."
    assert marked(text, found)[:2] == [(None, "Mail "), (PersonalData.EMAIL, "ann@example.org")]


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_at_most_one_last_digit_makes_an_nhs_number(digits):
    body = "".join(map(str, digits))
    assert sum(is_nhs_number(body + str(last)) for last in range(10)) <= 1


@given(st.text())
def test_no_text_at_all_makes_it_fail(text):
    is_nhs_number(text)
    found = find_personal_data(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join(words for _, words in marked(text, found)) == text
    assert without(text, found).count("[...]") >= len(found)


_PIECES = ["Dr Smith", "ann@example.org", "943 476 5919", "07700 900123", "CF10 3NQ", "we", " ", ".", "9", "@"]
SNIPPETS = st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join)


@given(SNIPPETS)
def test_what_was_taken_out_is_not_in_the_words_any_more(text):
    found = find_personal_data(text)
    left = without(text, found, mark=" … ")
    assert [one for one in find_personal_data(left) if one.kind is not PersonalData.NAME] == []


NUMBERS = ["0", "9 ", "0 ( ", "+44", "A1", "A1 1"]
HOSTILE = ["a", "a.", "a@", "a@b.c ", "mail(at)", "my son ", "Dr ", "Anna ", "a-", "Anna and ", *NUMBERS]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_on_hostile_text_grows_no_faster_than_the_text(piece):
    """Lines of Python run, counted, not timed; the regular expressions are bounded by the test after this one."""
    short, long = (_lines_run((piece * size)[:size]) for size in (2_000, 4_000))
    assert long <= 2.2 * short + 200


@pytest.mark.parametrize("piece", ["a@b.c ", "Anna and "])
def test_a_hundred_kilobytes_of_hostile_text_are_bounded_work(piece):
    assert _lines_run((piece * 100_000)[:100_000]) <= 60 * 100_000


@pytest.mark.parametrize(
    "pattern",
    [
        personal_data._EMAIL, personal_data._TEN_DIGITS, personal_data._PHONE, personal_data._POSTCODE,
        personal_data._ORDINAL, names._WORD,
    ],
)  # fmt: skip
def test_every_pattern_has_a_longest_match_so_no_start_costs_more_than_that(pattern: re.Pattern[str]):
    parsed = re._parser.parse(pattern.pattern, pattern.flags)
    assert parsed.getwidth()[1] < 600


def _lines_run(text: str) -> int:
    count = 0

    def tick(frame, event, argument):
        nonlocal count
        count += event == "line"
        return tick

    before = sys.gettrace()
    sys.settrace(tick)
    try:
        find_personal_data(text)
    finally:
        sys.settrace(before)
    return count
