"""How stable the opinion groups are when other people like these had come: a bootstrap over people."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.components import leading_components
from analysis.groups import Grouping
from analysis.kmeans import base_points, best_partition, nearest
from analysis.later import Later
from analysis.matrix import Bools, Floats, OpinionMatrix, centred, column_means

optimize = Later("scipy.optimize")

STABLE, TENTATIVE = 0.8, 0.6
"""Medians from which a grouping (adjusted Rand index) or a group (Jaccard) is called so: opinion-analysis, 7."""
MAX_REFITTED_PEOPLE = 2000
"""Above this many people each replicate is fitted on so many of them, drawn anew, and applied to everybody."""
_STARTS = 6
_TOLERANCE = 5e-4


class Stability(StrEnum):
    """The word for a median over bootstraps."""

    STABLE = "stable"
    TENTATIVE = "tentative"
    NOT_DISTINGUISHABLE = "not_distinguishable"


@dataclass(frozen=True)
class Stabilities:
    """How far a grouping comes again: medians over bootstraps.

    `rand` is the adjusted Rand index with the full solution, `jaccard` (G) that of each group with its best
    counterpart; `strength` (n) the share of bootstraps that put a participant into the counterpart of their own
    group, NaN for people in none.
    """

    rand: float
    jaccard: Floats
    strength: Floats

    @property
    def word(self) -> Stability:
        """The word for the whole grouping."""
        return word_for(self.rand)


def word_for(median: float) -> Stability:
    """stable from .8, tentative from .6, else not distinguishable."""
    if median >= STABLE - 1e-12:
        return Stability.STABLE
    return Stability.TENTATIVE if median >= TENTATIVE - 1e-12 else Stability.NOT_DISTINGUISHABLE


def bootstrap(
    matrix: OpinionMatrix,
    who: Bools,
    grouping: Grouping,
    *,
    seed: int,
    bootstraps: int = 100,
    min_size: int = 5,
) -> Stabilities | None:
    """Draws people again, refits map and groups (the number of groups stays), and places everybody in `who` (n).

    None for fewer than two groups or no bootstraps. Only weights of people change from one replicate to the next:
    votes are never sorted again. Source: Hennig (2007), Jaccard by group (citation not checked).
    """
    k = len(grouping.names)
    if k < 2 or bootstraps < 1:
        return None
    people = np.flatnonzero(who)
    label = grouping.label[people]
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1]))
    raw, seen, scale = _parts(matrix)
    rands, jaccards = [], []
    hits = np.zeros(len(people))
    for _ in range(bootstraps):
        weight = _drawn(len(matrix.participants), rng)
        means, components = _refitted(matrix, weight)
        places = scale[:, None] * np.asarray(raw @ components.T - seen @ (components * means).T)
        base = base_points(places[people], weight[people])
        share = weight[people].sum() / len(people)
        part = best_partition(
            base.points, k, starts=_STARTS, min_size=min(min_size * share, min_size), rng=rng, weight=base.weight
        )
        again = np.zeros(len(people), dtype=np.int64) if part is None else nearest(places[people], part.centres)
        table = np.zeros((k, k))
        np.add.at(table, (label, again), 1)
        rands.append(adjusted_rand(table))
        overlap = table / (table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table)
        jaccards.append(overlap.max(axis=1))
        own, counterpart = optimize.linear_sum_assignment(-overlap)
        match = np.empty(k, dtype=np.int64)
        match[own] = counterpart
        hits += again == match[label]
    strength = np.full(len(matrix.participants), np.nan)
    strength[people] = hits / bootstraps
    return Stabilities(float(np.median(rands)), np.median(np.array(jaccards), axis=0), strength)


def adjusted_rand(table: Floats) -> float:
    """The adjusted Rand index of two partitions from their table of counts. Source: Hubert and Arabie (1985)."""
    pairs = float((table * (table - 1)).sum()) / 2
    rows = float((table.sum(axis=1) * (table.sum(axis=1) - 1)).sum()) / 2
    columns = float((table.sum(axis=0) * (table.sum(axis=0) - 1)).sum()) / 2
    total = float(table.sum() * (table.sum() - 1)) / 2
    expected = rows * columns / total if total else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def _drawn(people: int, rng: np.random.Generator) -> Floats:
    """How often each participant is drawn, with replacement; at most MAX_REFITTED_PEOPLE draws."""
    draws = rng.integers(people, size=min(people, MAX_REFITTED_PEOPLE))
    return np.bincount(draws, minlength=people).astype(np.float64)


def _refitted(matrix: OpinionMatrix, weight: Floats) -> tuple[Floats, Floats]:
    """Means (C) and components (2 x C) of the people drawn."""
    if len(weight) > MAX_REFITTED_PEOPLE:
        drawn = np.flatnonzero(weight)
        matrix, weight = matrix.of_people(drawn), weight[drawn]
    means = column_means(matrix, weight)
    return means, leading_components(centred(matrix, means), weight, tolerance=_TOLERANCE)[0]


def _parts(matrix: OpinionMatrix) -> tuple[sparse.csr_matrix, sparse.csr_matrix, NDArray[np.float64]]:
    """Votes and seen cells without left-out columns (n x C each), and the scale of A4 (n)."""
    kept = ~matrix.left_out[matrix.col]
    seen = np.bincount(matrix.row[kept], minlength=len(matrix.participants)) + int(matrix.left_out.sum())
    raw = centred(matrix, np.zeros(len(matrix.statements)))
    ones = sparse.csr_matrix((kept.astype(np.float64), raw.indices, raw.indptr), shape=raw.shape)
    return raw, ones, np.sqrt(len(matrix.statements) / np.maximum(1, seen))
