"""The opinion map: two leading components of the votes, and where people and statements stand."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import eigh

from analysis.later import Later
from analysis.matrix import Bools, Floats, OpinionMatrix, centred, column_means

linalg = Later("scipy.sparse.linalg")

DENSE_LIMIT = 100
"""Up to this many statements the C x C product is solved whole; above it ARPACK is faster and needs no threads."""
LOOSE = 1e-3
"""Tolerance of the components of simulated votes, which only serve a test."""
NOTHING = 1e-12
"""A component with less than this share of the variance is none."""


@dataclass(frozen=True)
class OpinionMap:
    """Positions on two axes. `components` is 2 x C, `people` n x 2, `statements` C x 2, `share` 2."""

    components: Floats
    people: Floats
    statements: Floats
    share: Floats


def opinion_map(matrix: OpinionMatrix) -> OpinionMap:
    """The map of everybody who voted. Source: opinion-analysis, A3 and A4."""
    means = column_means(matrix)
    votes = centred(matrix, means)
    components, share = leading_components(votes)
    return OpinionMap(
        components=components,
        people=project(matrix, votes, components),
        statements=statement_places(components, means, matrix.left_out),
        share=share,
    )


def statement_places(components: Floats, means: Floats, left_out: Bools) -> Floats:
    """Where somebody stands who only agrees with a statement (C x 2); left-out ones in the middle. Source: A4."""
    scale = np.sqrt(len(means)) * np.where(left_out, 0.0, 1 - means)
    places: Floats = (scale[None, :] * components).T
    return places


def components_of_product(product: Floats) -> tuple[Floats, Floats]:
    """Two leading components (2 x C) and shares (2) from the product X'X (C x C) itself, such as a sum over shards."""
    size, total = len(product), float(np.trace(product))
    components, share = np.zeros((2, size)), np.zeros(2)
    if total <= 0:
        return components, share
    values, vectors = eigh(product, subset_by_index=(max(0, size - 2), size - 1))
    for axis, place in enumerate(np.argsort(-values, kind="stable")[:2]):
        if values[place] > NOTHING * total:
            components[axis] = _with_sign(vectors[:, place])
            share[axis] = values[place] / total
    return components, share


def leading_components(
    votes: sparse.csr_matrix, weight: Floats | None = None, *, tolerance: float = 0.0
) -> tuple[Floats, Floats]:
    """Two leading eigenvectors of X'X (2 x C) and their shares of the variance (2), exact by default.

    The largest loading of each is positive, so no axis flips between runs (tie: the lowest statement id). A
    component without variance is all zero. `weight` (n) counts a participant that often; `tolerance` is the relative
    error allowed to eigenvalues, for replicates that only serve a test.
    """
    size = votes.shape[1]
    if weight is not None:
        scale = np.repeat(np.sqrt(weight), np.diff(votes.indptr))
        votes = sparse.csr_matrix((votes.data * scale, votes.indices, votes.indptr), shape=votes.shape)
    total = float(votes.data @ votes.data)
    components, share = np.zeros((2, size)), np.zeros(2)
    if total <= 0:
        return components, share
    if size <= DENSE_LIMIT:
        values, vectors = eigh((votes.T @ votes).toarray(), subset_by_index=(max(0, size - 2), size - 1))
    else:
        # A loose answer needs no double floats, and singles are read twice as fast.
        kind = np.float32 if tolerance >= LOOSE else np.float64
        votes = votes.astype(kind, copy=False)
        back, start = votes.T, np.linspace(1.0, 2.0, size).astype(kind)
        product = linalg.LinearOperator((size, size), matvec=lambda v: back @ (votes @ v), dtype=kind)
        values, vectors = linalg.eigsh(product, k=2, which="LA", v0=start, ncv=12, tol=tolerance)
    for axis, place in enumerate(np.argsort(-values, kind="stable")[:2]):
        if values[place] > NOTHING * total:
            components[axis] = _with_sign(vectors[:, place])
            share[axis] = values[place] / total
    return components, share


def project(matrix: OpinionMatrix, votes: sparse.csr_matrix, components: Floats) -> Floats:
    """Positions (n x 2), scaled by sqrt(C / seen) so that few votes do not pull somebody to the middle."""
    size, out = len(matrix.statements), int(matrix.left_out.sum())
    seen = matrix.votes_per_participant
    if out:
        kept = ~matrix.left_out[matrix.col]
        seen = np.bincount(matrix.row[kept], minlength=len(matrix.participants)) + out
    scale = np.sqrt(size / np.maximum(1, seen))
    positions: Floats = scale[:, None] * np.asarray(votes @ components.T)
    return positions


def _with_sign(vector: Floats) -> Floats:
    size = np.abs(vector)
    largest = int(np.argmax(size >= size.max() * (1 - 1e-9)))
    result: Floats = vector if vector[largest] > 0 else -vector
    return result
