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
    return {word: _rarity(count, len(texts)) for word, count in counted.items()}


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


class Corpus:
    """Texts made ready once, so that what is close to each of many others is found in a few milliseconds."""

    def __init__(self, keys: Sequence[int], texts: Sequence[str]) -> None:
        self.keys = tuple(keys)
        self.texts = tuple(texts)
        self._worded = [content_words(text) for text in texts]
        self._places: dict[str, list[int]] = {}
        for place, words in enumerate(self._worded):
            for word in words:
                self._places.setdefault(word, []).append(place)
        self._place_of = {key: place for place, key in enumerate(self.keys)}
        self._squares: dict[int, list[float]] = {}

    def nearest(
        self,
        text: str,
        meanings: Sequence[float | None] | None = None,
        *,
        limit: int = MOST,
        excluding: int | None = None,
        near: float = NEAR,
        near_by_words: float = NEAR_BY_WORDS,
    ) -> list[Near]:
        """The closest, at most `limit`: the closest first, what says the opposite last.

        Neither the order of the texts nor a doubled one changes which are close.

        Args:
            meanings: for each text its closeness in meaning, -1 to 1, None where it is not known; None for no text.
            excluding: the key of `text` itself, where it is one of these.
        """
        left_out = self._place_of.get(excluding) if excluding is not None else None
        common, squares, most = self._compared(content_words(text), is_one=left_out is not None)
        close = []
        for place, shared in enumerate(common):
            meaning = meanings[place] if meanings is not None else None
            least, score = (near_by_words, 0.0) if meaning is None else (near, meaning)
            if shared:
                score += shared / sqrt(squares[place] * most)
            if score >= least and place != left_out:
                close.append((round(score / least, 6), place))
        return self._named(text, sorted(close, key=lambda one: (-one[0], self.keys[one[1]])), limit)

    def _compared(self, own: Collection[str], *, is_one: bool) -> tuple[list[float], list[float], float]:
        """For each text the weight of the words in common, and of its own; last that of `own`."""
        total = len(self.keys) + (0 if is_one else 1)
        common, squares, weights = [0.0] * len(self.keys), self._squares_among(total), []
        if not is_one:
            squares = squares[:]
        for word in sorted(own):
            places = self._places.get(word, ())
            weight = _rarity(len(places) + (0 if is_one else 1), total)
            less = 0.0 if is_one else weight - _rarity(len(places), total)
            weights.append(weight)
            for place in places:
                common[place] += weight
                squares[place] += less
        return common, squares, fsum(weights)

    def _squares_among(self, total: int) -> list[float]:
        """For each text the weight of its words among `total` texts, reckoned once."""
        if total not in self._squares:
            weights = {word: _rarity(len(places), total) for word, places in self._places.items()}
            self._squares[total] = [fsum([weights[word] for word in words]) for words in self._worded]
        return self._squares[total]

    def _named(self, text: str, close: Sequence[tuple[float, int]], limit: int) -> list[Near]:
        """The first `limit` of those that are close; to tell an opposite takes as long as all the rest."""
        alike: list[Near] = []
        opposite: list[Near] = []
        for score, place in close:
            is_opposite = says_opposite(text, self.texts[place])
            (opposite if is_opposite else alike).append(Near(self.keys[place], score, is_opposite))
            if len(alike) == limit:
                break
        return [*alike, *opposite][:limit]


def nearest(
    text: str,
    known: Sequence[Known],
    *,
    limit: int = MOST,
    near: float = NEAR,
    near_by_words: float = NEAR_BY_WORDS,
) -> list[Near]:
    """The closest of `known`, for one text alone: see `Corpus.nearest`."""
    corpus = Corpus([one.key for one in known], [one.text for one in known])
    meanings = [one.meaning for one in known]
    return corpus.nearest(text, meanings, limit=limit, near=near, near_by_words=near_by_words)


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


def _rarity(count: int, total: int) -> float:
    return (1 + log((total + 1) / (count + 1))) ** 2


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
