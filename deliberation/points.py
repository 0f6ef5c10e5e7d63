"""Points on a model's card that come from people: a comment, or a part of it, exactly as it was said."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from deliberation.comments import tidy
from deliberation.errors import RuleError

POINT_LIMIT = 300


class PointSide(StrEnum):
    """On which side of a card a point stands."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True)
class Part:
    """Where a part lies in a comment's text, in characters, with the SHA-256 of its words (hex).

    The words themselves are not copied: when the comment is taken back, nothing is left to show.
    """

    start: int
    length: int
    digest: str


def find_part(comment: str, words: str) -> Part:
    """Where the words stand in the comment.

    Raises:
        RuleError: `words_empty`; `part_not_said` where they do not stand there as written;
            `words_too_long` (limit, length, over).
    """
    wanted = tidy(words)
    if not wanted:
        raise RuleError("words_empty")
    start = comment.find(wanted)
    if start < 0:
        raise RuleError("part_not_said")
    if len(wanted) > POINT_LIMIT:
        raise RuleError("words_too_long", limit=POINT_LIMIT, length=len(wanted), over=len(wanted) - POINT_LIMIT)
    return Part(start, len(wanted), _digest(wanted))


def words_of_part(comment: str, part: Part) -> str | None:
    """The words as they stand in the comment now; None when they were changed or erased since."""
    words = comment[part.start : part.start + part.length]
    return words if words and _digest(words) == part.digest else None


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
