"""Which statements say nearly the same, by the words they share. A hint, never a verdict."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 0.5
"""Share of words in common (of the smaller set) from which two statements count as close."""
MOST = 3
_SMALL = (
    "a an and any are as at be been but by can could do does for from get has have her his how i if in is it its"
    " me more my no not of on one or our out own people person should so some than that the their them there they"
    " this to too up us want was we what when which who will with would you your"
)
SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Known:
    """A statement that is there already."""

    statement_id: int
    text: str


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, in lower case, without plural and past endings."""
    words = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text.lower()))
    return frozenset(_stem(word) for word in words if word not in SMALL_WORDS and len(word) > 1)


def likeness(one: str, other: str) -> float:
    """Words in common over words in the shorter text, from 0 to 1; below two common words it is 0."""
    a, b = content_words(one), content_words(other)
    common = len(a & b)
    if common < 2:
        return 1.0 if a and a == b else 0.0
    return common / min(len(a), len(b))


def similar_to(text: str, known: Sequence[Known]) -> list[int]:
    """Ids of at most three statements that are close to `text`, the closest first."""
    scored = [(likeness(text, other.text), -place, other.statement_id) for place, other in enumerate(known)]
    close = sorted((entry for entry in scored if entry[0] >= NEAR), reverse=True)
    return [statement_id for _, _, statement_id in close[:MOST]]


def _stem(word: str) -> str:
    for ending, least in (("ing", 6), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4)):
        if len(word) >= least and word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
