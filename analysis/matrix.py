"""The opinion matrix: who voted what, last write wins, as three sorted arrays and a sparse centred matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.frames import Id, Tables, plain_ids

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]
Bools = NDArray[np.bool_]

LEFT_OUT_STATES = ("refused", "withdrawn")
_WORD = 63
"""Bits of a packed vote; what does not fit is sorted by a slower way."""


@dataclass(frozen=True)
class OpinionMatrix:
    """Current votes of n participants on C statements; nothing dense of size n x C.

    `row`, `col`, `vote`, `important` have one entry a seen cell, sorted by (row, col). Rows follow the sorted
    participant ids, columns the sorted statement ids. `left_out` (C) marks statements that are kept out of
    the map and the lists (refused, withdrawn or meta); their votes stay counted.
    """

    participants: Sequence[Id]
    statements: Sequence[Id]
    row: Ints
    col: Ints
    vote: NDArray[np.int8]
    important: Bools
    left_out: Bools
    superseded: int

    @cached_property
    def votes_per_participant(self) -> NDArray[np.int64]:
        """Seen cells of each participant (n), left-out statements included."""
        return np.bincount(self.row, minlength=len(self.participants)).astype(np.int64)

    def of_people(self, people: Ints) -> "OpinionMatrix":
        """The matrix of some participants only (rising row numbers); all statements stay."""
        place = np.full(len(self.participants), -1, dtype=np.int32)
        place[people] = np.arange(len(people), dtype=np.int32)
        row = place[self.row]
        kept = row >= 0
        return OpinionMatrix(
            participants=[self.participants[int(i)] for i in people],
            statements=self.statements,
            row=row[kept],
            col=self.col[kept],
            vote=self.vote[kept],
            important=self.important[kept],
            left_out=self.left_out,
            superseded=0,
        )


def opinion_matrix(tables: Tables) -> OpinionMatrix:
    """The matrix of checked tables. In a cell the latest vote counts, then the later in the log."""
    participants = pd.Index(tables.votes["participant"].unique()).sort_values()
    statements = pd.Index(tables.statements["statement"])
    left_out = tables.statements["state"].isin(LEFT_OUT_STATES).to_numpy(dtype=np.bool_)
    return matrix_of(
        participants.get_indexer(pd.Index(tables.votes["participant"])),
        statements.get_indexer(pd.Index(tables.votes["statement"])),
        tables.votes["position"].to_numpy(dtype=np.int8),
        participants=plain_ids(participants),
        statements=plain_ids(statements),
        when=tables.votes["cast_at"].to_numpy(),
        important=tables.votes["important"].to_numpy(dtype=np.bool_),
        left_out=left_out | tables.statements["is_meta"].to_numpy(dtype=np.bool_),
    )


def matrix_of(
    row: Ints,
    col: Ints,
    vote: NDArray[np.int8],
    *,
    participants: Sequence[Id],
    statements: Sequence[Id],
    when: NDArray[Any] | None = None,
    important: Bools | None = None,
    left_out: Bools | None = None,
) -> OpinionMatrix:
    """The matrix of m vote events, in the order of the log.

    `row`, `col` (m) point into participants and statements, `vote` (m) is -1, 0 or 1. Of several votes in a cell
    the latest by `when` counts, of equally late ones the later in the log.
    """
    if when is not None and len(when) and (when[1:] < when[:-1]).any():
        log = np.argsort(when, kind="stable")
        row, col, vote = row[log], col[log], vote[log]
        important = None if important is None else important[log]
    if important is not None and not important.any():
        important = None
    row, col, vote, flags, superseded = _last_votes(row, col, vote, important, len(participants), len(statements))
    return OpinionMatrix(
        participants=participants,
        statements=statements,
        row=row,
        col=col,
        vote=vote,
        important=np.zeros(len(row), dtype=np.bool_) if flags is None else flags,
        left_out=np.zeros(len(statements), dtype=np.bool_) if left_out is None else left_out,
        superseded=superseded,
    )


def _last_votes(
    row: Ints, col: Ints, vote: NDArray[np.int8], important: Bools | None, people: int, size: int
) -> tuple[Ints, Ints, NDArray[np.int8], Bools | None, int]:
    """Cells sorted by (row, col) with the last vote of each: row, col, vote, important, superseded.

    A vote is packed into one whole number (row, column, place in the log, importance, vote), because sorting
    plain numbers is several times faster than sorting an order of them.
    """
    if len(row) == 0:
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing.copy(), np.zeros(0, dtype=np.int8), None, 0
    col_bits, log_bits = _bits(size), _bits(len(row))
    if _bits(people) + col_bits + log_bits + 3 > _WORD:
        return _last_votes_slowly(row, col, vote, important)
    packed = row.astype(np.int64)
    packed <<= col_bits
    packed |= col
    packed <<= log_bits
    packed |= np.arange(len(row), dtype=np.int64)
    packed <<= 3
    if important is not None:
        packed |= important.astype(np.int8) << 2
    packed |= vote + np.int8(1)
    if not (packed[1:] > packed[:-1]).all():
        packed.sort()
    cell = packed >> (log_bits + 3)
    last = np.ones(len(cell), dtype=np.bool_)
    np.not_equal(cell[1:], cell[:-1], out=last[:-1])
    superseded = int(len(last) - np.count_nonzero(last))
    if superseded:
        cell, packed = cell[last], packed[last]
    small = packed.astype(np.int8)
    small &= 7
    flags = None if important is None else small > 3
    small &= 3
    small -= 1
    columns = cell.astype(np.int32)
    columns &= np.int32((1 << col_bits) - 1)
    cell >>= col_bits
    return cell.astype(np.int32), columns, small, flags, superseded


def _last_votes_slowly(
    row: Ints, col: Ints, vote: NDArray[np.int8], important: Bools | None
) -> tuple[Ints, Ints, NDArray[np.int8], Bools | None, int]:
    """The same for ids so many that a vote does not fit into one number."""
    order = np.lexsort((col, row))
    row, col = row[order], col[order]
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = (row[1:] != row[:-1]) | (col[1:] != col[:-1])
    kept = order[last]
    return (
        row[last].astype(np.int64),
        col[last].astype(np.int64),
        vote[kept],
        None if important is None else important[kept],
        int((~last).sum()),
    )


def _bits(size: int) -> int:
    """Bits that hold 0..size-1."""
    return max(1, int(size - 1).bit_length())


def column_means(matrix: OpinionMatrix, weight: Floats | None = None) -> Floats:
    """Mean vote over those who saw each statement (C); 0 for left-out statements and those nobody saw.

    `weight` (n) counts a participant that often.
    """
    size = len(matrix.statements)
    if weight is None:
        # Votes are small whole numbers: both kinds are counted in one exact pass.
        tally = np.bincount(matrix.col * 3 + (matrix.vote + np.int8(1)), minlength=3 * size).reshape(size, 3)
        seen: Floats = tally.sum(axis=1).astype(np.float64)
        total: Floats = (tally[:, 2] - tally[:, 0]).astype(np.float64)
    else:
        by_cell = weight[matrix.row]
        seen = np.bincount(matrix.col, weights=by_cell, minlength=size).astype(np.float64)
        total = np.bincount(matrix.col, weights=by_cell * matrix.vote, minlength=size).astype(np.float64)
    means: Floats = np.where(matrix.left_out | (seen <= 0), 0.0, total / np.where(seen > 0, seen, 1.0))
    return means


def centred(matrix: OpinionMatrix, means: Floats) -> sparse.csr_matrix:
    """Votes less their statement's mean where seen, else 0 (n x C, sparse): filling a blank with the mean and
    centring leaves it empty. Left-out columns hold zeros. Source: opinion-analysis, A1 and A3."""
    values = matrix.vote - means[matrix.col]
    if matrix.left_out.any():
        values[matrix.left_out[matrix.col]] = 0.0
    starts = np.zeros(len(matrix.participants) + 1, dtype=matrix.col.dtype)
    np.cumsum(matrix.votes_per_participant, out=starts[1:])
    result = sparse.csr_matrix((values, matrix.col, starts), shape=(len(starts) - 1, len(matrix.statements)))
    result.has_canonical_format = True
    return result
