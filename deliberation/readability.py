"""How hard a text is to read, by formula. A formula counts; only a person can say whether a text is clear."""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

WORDS_A_MINUTE = 200
"""A calm pace for a text one has to judge."""
WANTED_AGE = 11
"""PEOPLE.md, rule 13: reading age 9 to 11."""
MOST_AGE = 14
"""The same rule: 11 to 14 where a medical term cannot be avoided."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?]+(?=\s|$|[\"”’)])|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>|#]|\d{1,9}[.)]))")
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t].*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|https?://\S+")
_VOWELS = re.compile(r"[aeiouy]+")


class Band(StrEnum):
    """How a reading age compares with what participants are promised."""

    FITS = "fits"
    HARDER = "harder"
    TOO_HARD = "too_hard"


@dataclass(frozen=True)
class Score:
    """Counts, the Flesch-Kincaid grade, and the reading age in years that goes with it."""

    words: int
    sentences: int
    syllables: int
    grade: float
    age: int

    @property
    def band(self) -> Band:
        """Against the promise to participants."""
        if self.age <= WANTED_AGE:
            return Band.FITS
        return Band.HARDER if self.age <= MOST_AGE else Band.TOO_HARD


def score(text: str) -> Score | None:
    """The Flesch-Kincaid grade of an English Markdown text; None where there are no words.

    grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (J. P. Kincaid, R. P. Fishburne, R. L. Rogers and
    B. S. Chissom, Derivation of New Readability Formulas, Naval Technical Training Command, Research Branch Report
    8-75, 1975). A pupil of the first grade is six to seven years old, so the reading age is the grade plus five,
    rounded, and at least five. Headings are left out; each item of a list counts as a sentence. Syllables are counted
    by rule and are off by one here and there; over a page that evens out.
    """
    plain = _LINK.sub(r"\1 ", _HEADING.sub("", text))
    sentences = [found for part in _END.split(plain) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    spoken = sum(syllables(word) for word in words)
    grade = fsum((0.39 * len(words) / len(sentences), 11.8 * spoken / len(words), -15.59))
    return Score(len(words), len(sentences), spoken, round(grade, 1), max(5, round(grade + 5)))


def syllables(word: str) -> int:
    """About how many syllables an English word has: groups of vowels, without a silent e at the end; at least 1."""
    low = re.sub(r"[^a-z]", "", word.lower())
    found = len(_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith(("le", "ee", "ie", "ye")) and found > 1:
        found -= 1
    if re.search(r"[^aeiouytd]ed$", low) and found > 1:
        found -= 1
    if re.search(r"(?:[^aeiouscxzg]|[^aeiou]th)es$", low) and not low.endswith(("les", "shes", "ches")) and found > 1:
        found -= 1
    return max(1, found)


def minutes_to_read(text: str) -> int:
    """Whole minutes for a text at 200 words a minute, rounded up; none for none."""
    return -(-len(_WORD.findall(text)) // WORDS_A_MINUTE)
