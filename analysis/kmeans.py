"""Weighted k-means from many seeded starts, and the silhouette: small, exact and the same on every run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.matrix import Floats

ROUNDS = 100
BASE_POINTS = 256
"""Above this many people, groups are looked for among so many points that stand for their neighbours."""
_STRIPS = 16


@dataclass(frozen=True)
class Partition:
    """Labels 0..k-1 of m points, the centres (k x d), and the weighted sum of squared distances to them."""

    labels: NDArray[np.int64]
    centres: Floats
    inertia: float


@dataclass(frozen=True)
class BasePoints:
    """m points that stand for people: `points` m x d, `weight` m (how many people), `of` (people -> point)."""

    points: Floats
    weight: Floats
    of: NDArray[np.int64]


def base_points(people: Floats, weight: Floats | None = None) -> BasePoints:
    """People themselves, or for many people 16 x 16 neighbourhoods of (nearly) equal numbers.

    `people` is n x 2; `weight` (n) counts a person that often, 0 leaves one out. Strips along the first axis, then
    cells along the second; ties by row. Each cell stands at its members' weighted mean.
    """
    weight = np.ones(len(people)) if weight is None else weight
    if len(people) <= BASE_POINTS:
        return BasePoints(people, weight, np.arange(len(people)))
    place = np.empty(len(people), dtype=np.int64)
    place[np.argsort(people[:, 0], kind="stable")] = np.arange(len(people))
    strip = place * _STRIPS // len(people)
    place[np.lexsort((people[:, 1], strip))] = np.arange(len(people))
    of = place * (_STRIPS * _STRIPS) // len(people)
    total: Floats = np.bincount(of, weights=weight, minlength=BASE_POINTS).astype(np.float64)
    sums = np.stack([np.bincount(of, weights=weight * people[:, d], minlength=BASE_POINTS) for d in (0, 1)], axis=1)
    return BasePoints(sums / np.where(total > 0, total, 1.0)[:, None], total, of)


def best_partition(
    points: Floats, k: int, *, starts: int, min_size: float, rng: np.random.Generator, weight: Floats | None = None
) -> Partition | None:
    """The k-means partition with the lowest inertia among those with no group under `min_size`.

    `points` is m x d, `weight` m. None when no start gives such a partition. Ties go to the earlier start.
    """
    weight = np.ones(len(points)) if weight is None else weight
    if weight.sum() < max(k, k * min_size) or (weight > 0).sum() < k:
        return None
    labels, centres, inertia = _lloyd(points, weight, _spread_centres(points, weight, k, starts, rng))
    best: int | None = None
    for start in range(starts):
        sizes = np.bincount(labels[start], weights=weight, minlength=k)
        if sizes.min() < max(1, min_size):
            continue
        # A relative margin keeps rounding noise from choosing between equal optima.
        if best is None or inertia[start] < inertia[best] * (1 - 1e-9):
            best = start
    return None if best is None else Partition(labels[best], centres[best], float(inertia[best]))


def refined(points: Floats, centres: Floats) -> NDArray[np.int64]:
    """Labels of all points (m) after Lloyd rounds from the centres (k x d)."""
    labels, _, _ = _lloyd(points, np.ones(len(points)), centres[None])
    found: NDArray[np.int64] = labels[0]
    return found


def nearest(points: Floats, centres: Floats) -> NDArray[np.int64]:
    """The nearest centre of each point (m); ties: the lower one."""
    found: NDArray[np.int64] = ((centres**2).sum(axis=1)[:, None] - 2 * (centres @ points.T)).argmin(axis=0)
    return found


def silhouette(distances: Floats, labels: NDArray[np.int64], weight: Floats | None = None) -> float:
    """Mean silhouette of m labelled points from their m x m distances; one alone in its group counts 0.

    With `weight` (m) a point stands for so many people in one place. Source: Rousseeuw (1987).
    """
    weight = np.ones(len(labels)) if weight is None else weight
    k = int(labels.max()) + 1
    member = np.zeros((len(labels), k))
    rows = np.arange(len(labels))
    member[rows, labels] = weight
    sizes = member.sum(axis=0)
    if (sizes > 0).sum() < 2:
        return 0.0
    totals = distances @ member
    own = totals[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    others = np.where(sizes > 0, totals / np.maximum(sizes, 1), np.inf)
    others[rows, labels] = np.inf
    next_best = others.min(axis=1)
    widest = np.maximum(own, next_best)
    score = np.where(widest > 0, (next_best - own) / np.where(widest > 0, widest, 1.0), 0.0)
    return float((weight * np.where(sizes[labels] > 1, score, 0.0)).sum() / weight.sum())


def pairwise(points: Floats) -> Floats:
    """Euclidean distances (m x m) of m points."""
    square = (points**2).sum(axis=1)
    gram = points @ points.T
    result: Floats = np.sqrt(np.maximum(square[:, None] + square[None, :] - 2 * gram, 0.0))
    np.fill_diagonal(result, 0.0)
    return result


def _spread_centres(points: Floats, weight: Floats, k: int, starts: int, rng: np.random.Generator) -> Floats:
    """Starting centres (starts x k x d) far from each other, drawn as in k-means++ (Arthur, Vassilvitskii 2007)."""
    draws = rng.random((k, starts))
    chosen = np.empty((starts, k), dtype=np.int64)
    chosen[:, 0] = _drawn(np.broadcast_to(weight, (starts, len(weight))), draws[0])
    gap = np.full((starts, len(points)), np.inf)
    for place in range(1, k):
        away = ((points[None, :, :] - points[chosen[:, place - 1]][:, None, :]) ** 2).sum(axis=2)
        np.minimum(gap, away, out=gap)
        chosen[:, place] = _drawn(gap * weight, draws[place])
    centres: Floats = points[chosen]
    return centres


def _drawn(mass: Floats, draw: Floats) -> NDArray[np.int64]:
    """One column of each row (s x m), drawn with chances in proportion to its mass; the first where there is none."""
    total = np.cumsum(mass, axis=1)
    found: NDArray[np.int64] = (total <= (draw * total[:, -1])[:, None]).sum(axis=1)
    return np.where(total[:, -1] > 0, np.minimum(found, mass.shape[1] - 1), 0)


def _lloyd(points: Floats, weight: Floats, centres: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Lloyd rounds for all starts at once: labels (starts x m), centres, inertia (starts). Ties: lower centre."""
    starts, k, dimensions = centres.shape
    centres = centres.copy()
    shift = (np.arange(starts) * k)[:, None]
    labels: NDArray[np.int64] = np.full((starts, len(points)), -1, dtype=np.int64)
    closest = np.zeros((starts, len(points)))
    weights = np.broadcast_to(weight, labels.shape).ravel()
    moments = [np.broadcast_to(weight * points[:, d], labels.shape).ravel() for d in range(dimensions)]
    moving = np.arange(starts)
    for _ in range(ROUNDS):
        here = centres[moving]
        distance = (here**2).sum(axis=2)[:, :, None] - 2 * (here @ points.T)
        new = distance.argmin(axis=1)
        closest[moving] = np.take_along_axis(distance, new[:, None, :], axis=1)[:, 0, :]
        changed = (new != labels[moving]).any(axis=1)
        labels[moving] = new
        moving = moving[changed]
        if not len(moving):
            break
        cells = len(moving) * len(points)
        flat = (labels[moving] + shift[: len(moving)]).ravel()
        sizes = np.bincount(flat, weights=weights[:cells], minlength=len(moving) * k).reshape(-1, k)
        for d in range(dimensions):
            sums = np.bincount(flat, weights=moments[d][:cells], minlength=len(moving) * k).reshape(-1, k)
            centres[moving, :, d] = np.where(sizes > 0, sums / np.where(sizes > 0, sizes, 1.0), centres[moving, :, d])
    inertia: Floats = (closest * weight).sum(axis=1) + ((points**2).sum(axis=1) * weight).sum()
    return labels, centres, inertia
