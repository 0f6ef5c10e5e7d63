"""Opinion groups the way Polis finds them: a hundred base clusters, then two to five groups, never one."""

import numpy as np
from numpy.typing import NDArray

from analysis.components import OpinionMap
from analysis.groups import Grouping, Verdict, ordered
from analysis.kmeans import pairwise, silhouette
from analysis.later import Later
from analysis.matrix import Bools, Floats, OpinionMatrix

spatial = Later("scipy.spatial")

BASE_CLUSTERS = 100
BASE_ROUNDS, GROUP_ROUNDS = 100, 20
_STILL = 0.01
_MANY = 1_000_000


def polis_groups(matrix: OpinionMatrix, placed: OpinionMap, who: Bools, *, max_groups: int = 5) -> Grouping:
    """A cold start of Polis' grouping of `who` (n); the answer depends on votes alone, not on how they came in.

    Base clusters start from the first 100 distinct places in the order in which people first appear (by statement,
    then participant); groups of base clusters from the first k distinct centres; the number of groups by the
    silhouette over base clusters, ties to more groups. Not tested against chance. Source: opinion-analysis, A5.
    """
    people = _by_appearance(matrix, who)
    label = np.full(len(who), -1, dtype=np.int64)
    if len(people) < 2:
        label[people] = 0
        return Grouping(label, ("A",) if len(people) else (), Verdict.TOO_FEW)
    places = placed.people[people]
    base_of, base = _lloyd(places, np.ones(len(places)), _first_distinct(places, BASE_CLUSTERS), BASE_ROUNDS, _STILL)
    members = np.bincount(base_of, minlength=len(base)).astype(np.float64)
    distances = pairwise(base)
    best: tuple[float, NDArray[np.int64]] | None = None
    tried = []
    for k in range(2, min(max_groups, 2 + len(base) // 12) + 1):
        start = _first_distinct(base, k)
        if len(start) < k:
            break
        group_of, _ = _lloyd(base, members, start, GROUP_ROUNDS, 0.0)
        score = silhouette(distances, group_of)
        tried.append((k, score))
        if best is None or score >= best[0]:
            best = (score, group_of)
    if best is None:
        label[people] = 0
        return Grouping(label, ("A",), Verdict.ONE_GROUP)
    label[people] = best[1][base_of]
    renamed, names = ordered(label)
    return Grouping(renamed, names, Verdict.UNTESTED, silhouettes=tuple(tried))


def _by_appearance(matrix: OpinionMatrix, who: Bools) -> NDArray[np.int64]:
    """Row numbers of `who`, ordered by the first statement voted on, then by id. Rows are sorted by column already."""
    first = np.full(len(who), len(matrix.statements), dtype=np.int64)
    begins = np.ones(len(matrix.row), dtype=np.bool_)
    begins[1:] = matrix.row[1:] != matrix.row[:-1]
    first[matrix.row[begins]] = matrix.col[begins]
    people = np.flatnonzero(who)
    return people[np.argsort(first[people], kind="stable")]


def _first_distinct(points: Floats, most: int) -> Floats:
    """The first `most` distinct points in order (m x 2)."""
    _, first = np.unique(points, axis=0, return_index=True)
    found: Floats = points[np.sort(first)[:most]]
    return found


def _lloyd(
    points: Floats, weight: Floats, centres: Floats, rounds: int, still: float
) -> tuple[NDArray[np.int64], Floats]:
    """Labels and centres after Lloyd rounds, until each sorted centre moved less than `still`; empty centres go."""
    labels = _nearest(points, centres)
    for _ in range(rounds):
        sizes = np.bincount(labels, weights=weight, minlength=len(centres))
        sums = [np.bincount(labels, weights=weight * points[:, d], minlength=len(centres)) for d in (0, 1)]
        moved = (np.stack(sums, axis=1) / np.where(sizes > 0, sizes, 1.0)[:, None])[sizes > 0]
        done = len(moved) == len(centres) and bool(
            (np.sqrt(((_sorted(moved) - _sorted(centres)) ** 2).sum(axis=1)) <= still).all()
        )
        centres = moved
        labels = _nearest(points, centres)
        if done:
            break
    return labels, centres


def _nearest(points: Floats, centres: Floats) -> NDArray[np.int64]:
    if len(points) * len(centres) > _MANY:
        return np.asarray(spatial.cKDTree(centres).query(points)[1], dtype=np.int64)
    distance = (centres**2).sum(axis=1)[:, None] - 2 * (centres @ points.T)
    return np.asarray(distance.argmin(axis=0), dtype=np.int64)


def _sorted(centres: Floats) -> Floats:
    found: Floats = centres[np.lexsort((centres[:, 1], centres[:, 0]))]
    return found
