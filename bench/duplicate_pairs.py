"""How well close statements are found, on arguments that people sorted by key point (../shared/data, ArgKP)."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from analysis import embed
from analysis.matrix import Floats
from deliberation.similar import NEAR, NEAR_BY_WORDS, Known, content_words, likeness, nearest, rarity, says_opposite
from deliberation.similar import SMALL_WORDS as SMALL

EACH = 120
"""Pairs of each kind drawn from a topic, at most."""
KNOWN, ASKED = 40, 20
"""A hint is tried on this many known statements, with this many new texts of a topic."""
LEAST_RIGHT = 0.7
"""Share of the statements shown that has to be right on the half where a threshold is chosen."""
SAME, OTHER_POINT, OTHER_STANCE = "same key point", "other key point", "other stance"
_ENDINGS = (("ing", 6), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4))


@dataclass(frozen=True)
class Argument:
    """One argument as people sorted it."""

    text: str
    stance: str
    point: str


@dataclass(frozen=True)
class Topic:
    """The arguments on one motion, with what is reckoned once for all pairs."""

    arguments: list[Argument]
    rows: Floats

    @cached_property
    def words(self) -> list[frozenset[str]]:
        """Content words of each argument."""
        return [content_words(one.text) for one in self.arguments]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How rare each word is in the topic."""
        return rarity(self.words)

    @cached_property
    def meanings(self) -> Floats:
        """Closeness of each argument to each other one (n x n)."""
        return np.stack([embed.closeness(row, self.rows) for row in self.rows])


Pair = tuple[Topic, int, int, str]


def measure(path: Path, seed: int = 1) -> dict[str, Any]:
    """Precision, recall, F1 and AUC on the half of the topics on which no threshold was chosen."""
    chosen_on, told_on = _halves(path, seed)
    here, there = _pairs(chosen_on, seed), _pairs(told_on, seed)
    return {
        "topics": {"chosen_on": len(chosen_on), "told_on": len(told_on)},
        "pairs": {kind: sum(pair[3] == kind for pair in there) for kind in (SAME, OTHER_POINT, OTHER_STANCE)},
        "pairs_told": {name: _told(score, here, there) for name, score in WAYS.items()},
        "chosen": {name: chosen(chosen_on, meant, sweep, seed) for name, (meant, sweep) in HINTS.items()},
        "hints": {
            name: {str(known): hints(told_on, meant, known, seed) for known in (15, KNOWN, 150)}
            for name, (meant, _) in HINTS.items()
        },
        "thresholds": {"both": NEAR, "words": NEAR_BY_WORDS},
        "opposites": opposites(there, [one.text for topic in told_on for one in topic.arguments]),
    }


def _before(topic: Topic, a: int, b: int) -> float:
    """What was there before: words in common over words in the shorter text, without weights."""
    one, other = _words_before(topic.arguments[a].text), _words_before(topic.arguments[b].text)
    common = len(one & other)
    if common < 2:
        return 1.0 if one and one == other else 0.0
    return common / min(len(one), len(other))


def _words(topic: Topic, a: int, b: int) -> float:
    return likeness(topic.words[a], topic.words[b], topic.weights)


def _meaning(topic: Topic, a: int, b: int) -> float:
    return float(topic.meanings[a, b])


WAYS: dict[str, Callable[[Topic, int, int], float]] = {
    "words alone, before": _before,
    "words alone": _words,
    "meaning, uncentred": lambda topic, a, b: float(topic.rows[a] @ topic.rows[b]),
    "meaning": _meaning,
    "both": lambda topic, a, b: _words(topic, a, b) + _meaning(topic, a, b),
}


def _told(score: Callable[[Topic, int, int], float], here: Sequence[Pair], there: Sequence[Pair]) -> dict[str, Any]:
    scores, truth = _scored(score, here)
    threshold = max(np.quantile(scores, np.linspace(0.3, 0.995, 140)), key=lambda one: _f1(scores >= one, truth))
    scores, truth = _scored(score, there)
    kinds = np.array([pair[3] for pair in there])
    called = scores >= threshold
    found = {
        "threshold": round(float(threshold), 3),
        "precision": float(truth[called].mean()),
        "recall": float(called[truth].mean()),
        "f1": _f1(called, truth),
        "called_close_of_other_stance": float(called[kinds == OTHER_STANCE].mean()),
    }
    for name, kind in (("auc_other_point", OTHER_POINT), ("auc_other_stance", OTHER_STANCE)):
        some = truth | (kinds == kind)
        found[name] = float(roc_auc_score(truth[some], scores[some]))
    ranked = truth[np.argsort(-scores, kind="stable")]
    right = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    enough = np.flatnonzero(right >= LEAST_RIGHT)
    found[f"recall_at_precision_{LEAST_RIGHT}"] = (
        float(ranked[: enough[-1] + 1].sum() / truth.sum()) if len(enough) else 0
    )
    return {name: round(value, 3) for name, value in found.items()}


def _scored(score: Callable[[Topic, int, int], float], pairs: Sequence[Pair]) -> tuple[Any, Any]:
    return (
        np.array([score(topic, a, b) for topic, a, b, _ in pairs]),
        np.array([kind == SAME for *_, kind in pairs]),
    )


def _f1(called: Any, truth: Any) -> float:
    right = float((called & truth).sum())
    return 2 * right / float(called.sum() + truth.sum()) if right else 0.0


def chosen(topics: Sequence[Topic], meant: bool, sweep: Sequence[float], seed: int) -> dict[str, Any]:
    """What each threshold would do among `KNOWN` statements, and the lowest one that is right often enough."""
    tried = {one: hints(topics, meant, KNOWN, seed, near=one) for one in sweep}
    good = [one for one, found in tried.items() if found["right"] >= LEAST_RIGHT]
    return {"threshold": min(good, default=max(sweep)), "tried": {str(one): found for one, found in tried.items()}}


def hints(topics: Sequence[Topic], meant: bool, known: int, seed: int, near: float | None = None) -> dict[str, float]:
    """What somebody would meet: new texts against `known` others of their topic, at most three shown.

    `hinted` is the share of texts with a hint, `right` the share of shown ones with the same key point,
    `found` the share of texts with a fellow for whom one is shown, `chance` what a random pick would get right.
    """
    rng = Random(seed)
    texts = hinted = shown = right = fellows = found = 0
    chance = 0.0
    for topic in topics:
        for _ in range(ASKED):
            own, *others = rng.sample(range(len(topic.arguments)), min(known + 1, len(topic.arguments)))
            meanings = embed.closeness(topic.rows[own], topic.rows[others]).tolist() if meant else [None] * len(others)
            among = [
                Known(key, topic.arguments[key].text, meaning) for key, meaning in zip(others, meanings, strict=True)
            ]
            same = {key for key in others if topic.arguments[key].point == topic.arguments[own].point}
            told = nearest(topic.arguments[own].text, among, near=near or NEAR, near_by_words=near or NEAR_BY_WORDS)
            close = {one.key for one in told if not one.is_opposite}
            texts += 1
            hinted += bool(close)
            shown += len(close)
            right += len(close & same)
            fellows += bool(same)
            found += bool(close & same)
            chance += len(same) / len(others)
    figures = {
        "hinted": hinted / texts,
        "right": right / max(1, shown),
        "found": found / fellows,
        "chance": chance / texts,
    }
    return {name: round(value, 3) for name, value in figures.items()}


HINTS: dict[str, tuple[bool, Sequence[float]]] = {
    "words alone": (False, (0.2, 0.25, 0.3, 0.35, 0.4)),
    "both": (True, (0.55, 0.6, 0.65, 0.7, 0.75, 0.8)),
}
"""Whether the meaning is used, and the thresholds tried."""


def opposites(pairs: Sequence[Pair], texts: Sequence[str]) -> dict[str, Any]:
    """How often a "not" put into a text is noticed, and how often two texts are called opposites."""
    turned = [(text, _turned(text)) for text in texts]
    made = [(text, other) for text, other in turned if other]
    kinds: dict[str, list[bool]] = {}
    for topic, a, b, kind in pairs:
        kinds.setdefault(kind, []).append(says_opposite(topic.arguments[a].text, topic.arguments[b].text))
    return {
        "texts_turned": len(made),
        "noticed": round(float(np.mean([says_opposite(*one) for one in made])), 3),
        "called_opposite": {kind: round(float(np.mean(found)), 4) for kind, found in kinds.items()},
    }


def _turned(text: str) -> str:
    """The text with "not" after its one "should", "must", "can", "will", "is" or "are"; empty if there is not one."""
    turns = re.findall(r"\b(?:should|must|can|will|is|are)\b", text)
    return re.sub(rf"\b{turns[0]}\b", f"{turns[0]} not", text) if len(turns) == 1 else ""


def _halves(path: Path, seed: int) -> tuple[list[Topic], list[Topic]]:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["topic"] for row in rows})
    Random(seed).shuffle(names)
    made = []
    for name in names:
        arguments = [Argument(row["text"], row["stance"], row["key_point"]) for row in rows if row["topic"] == name]
        made.append(Topic(arguments, embed.embed([one.text for one in arguments])))
    return made[: len(made) // 2], made[len(made) // 2 :]


def _pairs(topics: Sequence[Topic], seed: int) -> list[Pair]:
    """As many pairs of each kind, at most `EACH` of a kind from a topic."""
    rng = Random(seed)
    drawn: list[Pair] = []
    for topic in topics:
        kinds: dict[str, list[tuple[int, int]]] = {SAME: [], OTHER_POINT: [], OTHER_STANCE: []}
        for a, one in enumerate(topic.arguments):
            for b in range(a + 1, len(topic.arguments)):
                other = topic.arguments[b]
                kind = SAME if one.point == other.point else OTHER_POINT if one.stance == other.stance else OTHER_STANCE
                kinds[kind].append((a, b))
        count = min(EACH, *(len(pairs) for pairs in kinds.values()))
        drawn += [(topic, a, b, kind) for kind, pairs in kinds.items() for a, b in rng.sample(pairs, count)]
    return drawn


def _words_before(text: str) -> frozenset[str]:
    words = (
        word.replace("’", "'").removesuffix("'s") for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.lower())
    )
    kept = (word for word in words if word not in (SMALL | {"no", "not"}) and len(word) > 1)
    return frozenset(_stem_before(word) for word in kept)


def _stem_before(word: str) -> str:
    for ending, least in _ENDINGS:
        if len(word) >= least and word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
