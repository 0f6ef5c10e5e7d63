"""What changed between two texts, word by word: for pages that show old and new in one paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

LONGEST = 4000
"""Words; beyond this a text is compared by paragraphs, so that a page never waits."""


class Change(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Stretch:
    """Words that stand together and share one fate; blanks and line breaks are kept."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Stretch]:
    """The stretches that lead from `before` to `after`, removed words first where some were replaced.

    Joining all that is not OUT gives `after`; joining all that is not IN gives `before`.
    """
    old, new = _pieces(before), _pieces(after)
    found: list[Stretch] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(found, Change.SAME, old[i1:i2])
        else:
            _add(found, Change.OUT, old[i1:i2])
            _add(found, Change.IN, new[j1:j2])
    return found


def _pieces(text: str) -> list[str]:
    words = re.findall(r"\S+\s*|\s+", text)
    return words if len(words) <= LONGEST else re.findall(r"[^\n]*\n+|[^\n]+", text)


def _add(found: list[Stretch], change: Change, pieces: Sequence[str]) -> None:
    if pieces:
        found.append(Stretch(change, "".join(pieces)))
