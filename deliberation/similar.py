"""Which statements say nearly the same, by their words and (where it is known) by their meaning. A hint, no verdict."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import fsum, log, sqrt

NEAR = 0.65
"""Likeness of words plus closeness of meaning from which a statement is close (docs/methods/duplicates.md)."""
NEAR_BY_WORDS = 0.3
"""Likeness of words alone, where the meaning is not known."""
MOST = 3
_ALMOST_ALL = 0.6
"""Share of words in common (of the shorter text) from which a "not" makes the two texts opposites."""
_SMALL = (
    "a an and any are as at be been but by can could do does for from get has have her his how i if in is it its"
    " me more my of on one or our out own people person should so some than that the their them there they this to"
    " too up us want was we what when which who will with would you your must may might also just very really only"
    " look looked looking need needs think thinks"
)
SMALL_WORDS = frozenset(_SMALL.split())
_TURNING = (
    "not no never nobody none nothing neither nor without cannot ban banned bans forbid forbidden prohibit prohibited"
    " refuse refused stop stopped stops against oppose opposed prevent prevented abolish abolished deny denied"
)
_NOT = frozenset(_TURNING.split())
_MAY = frozenset({"allow", "permit", "permitt", "let"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Known:
    """A statement that is there already; `meaning` is its closeness in meaning to the new text, -1 to 1, if known."""

    key: int
    text: str
    meaning: float | None = None


@dataclass(frozen=True)
class Near:
    """A statement that is close. `is_opposite` when it says nearly the same with a "not" more or less."""

    key: int
    score: float
    is_opposite: bool


def words_of(text: str) -> list[str]:
    """Words in lower case, with one kind of apostrophe and without "'s"."""
    return [word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=20_000)
def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, without plural and past endings. A "not" is none of them."""
    return frozenset(_content(word) for word in words_of(text)) - {""}


def rarity(texts: Collection[Collection[str]]) -> dict[str, float]:
    """Word -> square of its weight among these texts (as content words): what stands in every text tells little."""
    counted = Counter(chain.from_iterable(texts))
    return {word: (1 + log((len(texts) + 1) / (count + 1))) ** 2 for word, count in counted.items()}


def likeness(one: Collection[str], other: Collection[str], weights: Mapping[str, float] | None = None) -> float:
    """Cosine of two sets of content words, 0 to 1; `weights` are squares, 1 for a word that has none (see `rarity`)."""
    a, b = frozenset(one), frozenset(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    return _weight(a & b, weights) / sqrt(_weight(a, weights) * _weight(b, weights))


def says_opposite(one: str, other: str) -> bool:
    """Whether two texts share nearly all their words and one has a "not" (a ban, a refusal) more than the other."""
    a, b = content_words(one) - _MAY, content_words(other) - _MAY
    common = len(a & b)
    return common >= 2 and common >= _ALMOST_ALL * min(len(a), len(b)) and _turns(one) != _turns(other)


def nearest(
    text: str,
    known: Sequence[Known],
    *,
    limit: int = MOST,
    near: float = NEAR,
    near_by_words: float = NEAR_BY_WORDS,
) -> list[Near]:
    """The closest of `known`, at most `limit`: the closest first, what says the opposite last.

    Neither the order of `known` nor a doubled text in it changes which are close.
    """
    own = content_words(text)
    worded = [content_words(one.text) for one in known]
    weights = rarity([own, *worded])
    most = _weight(own, weights)
    close = []
    for one, words in zip(known, worded, strict=True):
        least, meaning = (near_by_words, 0.0) if one.meaning is None else (near, one.meaning)
        common = own & words
        # the likeness of words is at most this, whatever else the other text says: most are done with here
        if meaning + (sqrt(_weight(common, weights) / most) if common else 0.0) < least:
            continue
        score = likeness(own, words, weights) + meaning
        if score >= least:
            close.append(Near(one.key, round(score / least, 6), says_opposite(text, one.text)))
    return sorted(close, key=lambda near: (near.is_opposite, -near.score, near.key))[:limit]


def similar_to(text: str, known: Sequence[Known]) -> list[int]:
    """Keys of what is close to `text`, the closest first: for words of other kinds, such as questions."""
    return [one.key for one in nearest(text, known)]


@lru_cache(maxsize=65_536)
def _content(word: str) -> str:
    if word in SMALL_WORDS or word in _NOT or word.endswith("n't") or len(word) < 2:
        return ""
    for ending, least in (("ing", 6), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4)):
        if len(word) >= least and word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _weight(words: Collection[str], weights: Mapping[str, float] | None) -> float:
    # fsum: the same sum in whatever order a set gives its words
    return float(len(words)) if weights is None else fsum([weights.get(word, 1.0) for word in words])


def _turns(text: str) -> bool:
    """Whether the words that turn a sentence round are odd in number; "not only" and "not just" turn nothing."""
    words = words_of(text)
    turned = 0
    for place, word in enumerate(words):
        if word == "not" and words[place + 1 : place + 2] in (["only"], ["just"]):
            continue
        turned += word in _NOT or word.endswith("n't")
    return turned % 2 == 1
