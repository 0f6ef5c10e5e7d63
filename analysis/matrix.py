"""The opinion matrix: who voted what, last write wins, as three sorted arrays and a sparse centred matrix."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.frames import Id, Tables, plain_ids

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LEFT_OUT_STATES = ("refused", "withdrawn")


@dataclass(frozen=True)
class OpinionMatrix:
    """Current votes of n participants on C statements; nothing dense of size n x C.

    `row`, `col`, `vote`, `important` have one entry a seen cell, sorted by (row, col). Rows follow the sorted
    participant ids, columns the sorted statement ids. `left_out` (C) marks statements that are kept out of
    the map and the lists (refused, withdrawn or meta); their votes stay counted.
    """

    participants: tuple[Id, ...]
    statements: tuple[Id, ...]
    row: Ints
    col: Ints
    vote: NDArray[np.int8]
    important: Bools
    left_out: Bools
    superseded: int

    @property
    def votes_per_participant(self) -> Ints:
        """Seen cells of each participant (n), left-out statements included."""
        return np.bincount(self.row, minlength=len(self.participants)).astype(np.int64)


def opinion_matrix(tables: Tables) -> OpinionMatrix:
    """The matrix of checked tables. In a cell the latest vote counts, then the later in the log."""
    participants = pd.Index(tables.votes["participant"].unique()).sort_values()
    statements = pd.Index(tables.statements["statement"])
    row = participants.get_indexer(pd.Index(tables.votes["participant"])).astype(np.int64)
    col = statements.get_indexer(pd.Index(tables.votes["statement"])).astype(np.int64)
    order = np.lexsort((tables.votes["cast_at"].to_numpy(), col, row))
    row, col = row[order], col[order]
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = (row[1:] != row[:-1]) | (col[1:] != col[:-1])
    left_out = tables.statements["state"].isin(LEFT_OUT_STATES).to_numpy(dtype=np.bool_)
    left_out = left_out | tables.statements["is_meta"].to_numpy(dtype=np.bool_)
    return OpinionMatrix(
        participants=plain_ids(participants),
        statements=plain_ids(statements),
        row=row[last],
        col=col[last],
        vote=tables.votes["position"].to_numpy(dtype=np.int8)[order][last],
        important=tables.votes["important"].to_numpy(dtype=np.bool_)[order][last],
        left_out=left_out,
        superseded=int((~last).sum()),
    )


def column_means(matrix: OpinionMatrix) -> Floats:
    """Mean vote over those who saw each statement (C); 0 for left-out statements and those nobody saw."""
    size = len(matrix.statements)
    seen = np.bincount(matrix.col, minlength=size)
    total = np.bincount(matrix.col, weights=matrix.vote.astype(np.float64), minlength=size)
    means: Floats = np.where(matrix.left_out, 0.0, total / np.maximum(seen, 1))
    return means


def centred(matrix: OpinionMatrix, means: Floats) -> sparse.csr_matrix:
    """Votes less their statement's mean where seen, else 0 (n x C, sparse): filling a blank with the mean and
    centring leaves it empty. Left-out columns are empty. Source: opinion-analysis, A1 and A3."""
    values = np.where(matrix.left_out[matrix.col], 0.0, matrix.vote - means[matrix.col])
    shape = (len(matrix.participants), len(matrix.statements))
    starts = np.concatenate(([0], np.cumsum(matrix.votes_per_participant)))
    result = sparse.csr_matrix((values, matrix.col, starts), shape=shape)
    result.eliminate_zeros()
    return result
