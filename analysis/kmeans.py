"""k-means from many seeded starts, and the silhouette: small, exact and the same on every run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.matrix import Floats, Ints

ROUNDS = 100


@dataclass(frozen=True)
class Partition:
    """Labels 0..k-1 of m points, and the sum of squared distances to their centres."""

    labels: Ints
    inertia: float


def best_partition(points: Floats, k: int, *, starts: int, min_size: int, rng: np.random.Generator) -> Partition | None:
    """The k-means partition with the lowest inertia among those with no group under `min_size`.

    `points` is m x d. None when no start gives such a partition. Ties go to the earlier start.
    """
    if len(points) < max(k, k * min_size):
        return None
    centres = np.stack([_spread_centres(points, k, rng) for _ in range(starts)])
    labels, inertia = _lloyd(points, centres)
    best: Partition | None = None
    for start in range(starts):
        sizes = np.bincount(labels[start], minlength=k)
        if sizes.min() < max(1, min_size):
            continue
        # A relative margin keeps rounding noise from choosing between equal optima.
        if best is None or inertia[start] < best.inertia * (1 - 1e-9):
            best = Partition(labels[start], float(inertia[start]))
    return best


def silhouette(distances: Floats, labels: Ints) -> float:
    """Mean silhouette of m labelled points from their m x m distances; one alone in its group counts 0."""
    k = int(labels.max()) + 1
    member = np.zeros((len(labels), k))
    member[np.arange(len(labels)), labels] = 1.0
    sizes = member.sum(axis=0)
    if (sizes > 0).sum() < 2:
        return 0.0
    totals = distances @ member
    rows = np.arange(len(labels))
    own = totals[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    others = np.where(sizes > 0, totals / np.maximum(sizes, 1), np.inf)
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    widest = np.maximum(own, nearest)
    score = np.where(widest > 0, (nearest - own) / np.where(widest > 0, widest, 1.0), 0.0)
    return float(np.where(sizes[labels] > 1, score, 0.0).mean())


def pairwise(points: Floats) -> Floats:
    """Euclidean distances (m x m) of m points."""
    square = (points**2).sum(axis=1)
    gram = points @ points.T
    result: Floats = np.sqrt(np.maximum(square[:, None] + square[None, :] - 2 * gram, 0.0))
    np.fill_diagonal(result, 0.0)
    return result


def _spread_centres(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """k starting centres far from each other, drawn as in k-means++ (Arthur, Vassilvitskii 2007)."""
    chosen = [int(rng.integers(len(points)))]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < k:
        total = np.cumsum(nearest)
        draw = rng.random()
        pick = int(np.searchsorted(total, draw * total[-1], side="right")) if total[-1] > 0 else chosen[-1]
        chosen.append(min(pick, len(points) - 1))
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    centres: Floats = points[np.array(chosen)]
    return centres


def _lloyd(points: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """Lloyd rounds for all starts at once: labels (starts x m), inertia (starts). Ties: lower centre."""
    starts, k, dimensions = centres.shape
    centres = centres.copy()
    shift = (np.arange(starts) * k)[:, None]
    labels: NDArray[np.int64] = np.full((starts, len(points)), -1, dtype=np.int64)
    nearest = np.zeros((starts, len(points)))
    for _ in range(ROUNDS):
        distance = (centres**2).sum(axis=2)[:, :, None] - 2 * (centres @ points.T)
        new = distance.argmin(axis=1)
        nearest = np.take_along_axis(distance, new[:, None, :], axis=1)[:, 0, :]
        if np.array_equal(new, labels):
            break
        labels = new
        flat = (labels + shift).ravel()
        sizes = np.bincount(flat, minlength=starts * k).reshape(starts, k)
        for d in range(dimensions):
            weights = np.broadcast_to(points[:, d], labels.shape).ravel()
            sums = np.bincount(flat, weights=weights, minlength=starts * k).reshape(starts, k)
            centres[:, :, d] = np.where(sizes > 0, sums / np.maximum(sizes, 1), centres[:, :, d])
    inertia: Floats = nearest.sum(axis=1) + (points**2).sum()
    return labels, inertia
