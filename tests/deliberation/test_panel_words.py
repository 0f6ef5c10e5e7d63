"""The words of the pages that a panel's members read: short, and at reading age 9 to 11."""

import re
from pathlib import Path

import pytest

from tests.deliberation.kit_reading import negations, reading_grade

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "panel"
OURS = ("_check.html", "_own.html", "_task.html", "answer.html", "home.html", "next.html", "point.html", "report.html")
SAID = re.compile(r'_\(\s*"((?:[^"\\]|\\.)*)"|ngettext\("((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"')


def sentences_of(name: str) -> list[str]:
    """What a page says, with 3 where a number stands."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    words = [part for found in SAID.findall(text) for part in found if part]
    return [re.sub(r"%\(\w+\)s", "3", one) for one in words]


@pytest.mark.parametrize("name", OURS)
def test_a_page_of_the_panel_can_be_read_at_age_nine_to_eleven(name: str):
    said = sentences_of(name)
    assert said, name
    assert reading_grade(". ".join(said)) <= 6
    for words in said:
        for sentence in re.split(r"(?<=[.?!]) ", words):
            if len(sentence.split()) >= 8:  # shorter ones swing too much on one word
                assert reading_grade(sentence) <= 8, sentence
            assert negations(sentence) <= 1, sentence


def test_every_box_says_who_sees_it_and_that_the_name_is_never_with_it():
    for name in ("point.html", "report.html", "answer.html"):
        said = " ".join(sentences_of(name))
        assert "Who sees this:" in said, name
        assert "Your name is never with it." in said, name
