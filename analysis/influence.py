"""How far a number of identical voters could move the common ground, and the common ground where nobody weighs much."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.agreement import Z_90, Listed, common_ground, count_all, figures, ids_of
from analysis.frames import Id
from analysis.matrix import Bools, Floats, OpinionMatrix


@dataclass(frozen=True)
class Influence:
    """What `extra` people more could do to the list of statements that most people agree with.

    `listed` is the list as it stands; `sure` are those of it that stay however the extra people vote; `reach`
    (each statement that is not left out) is the most by which they move its share of agreement (0 to 1).
    """

    extra: int
    listed: tuple[Id, ...]
    sure: tuple[Id, ...]
    reach: Mapping[Id, float]

    @property
    def may_leave(self) -> int:
        """No more statements than this can leave the list."""
        return len(self.listed) - len(self.sure)


def influence(matrix: OpinionMatrix, extra: int, *, pick: int = 10, z: float = Z_90) -> Influence:
    """The bound for `extra` people who may vote on every statement. It is exact for one statement at a time.

    A statement is sure when, with all extra votes against it and for every other, it still belongs on the list:
    they can do no worse, for its score only falls with votes against it and that of others only rises.
    """
    counts = count_all(matrix)
    agrees, _disagrees = common_ground(figures(counts), matrix.left_out, pick=pick, z=z)
    agree, seen = counts.agree[0].astype(np.float64), counts.seen[0].astype(np.float64)
    lowest, stays = _score(agree, seen + extra, matrix.left_out, z)
    highest, could = _score(agree + extra, seen + extra, matrix.left_out, z)
    ahead = np.sort(highest[could])
    sure = []
    for one in agrees:
        j = one.column
        others = len(ahead) - int(np.searchsorted(ahead, lowest[j], side="left")) - int(highest[j] >= lowest[j])
        if stays[j] and others < pick:
            sure.append(matrix.statements[j])
    share = agree / np.maximum(seen, 1)
    reach = extra / np.maximum(seen + extra, 1) * np.maximum(share, 1 - share)
    return Influence(
        extra,
        tuple(ids_of(agrees, matrix.statements)),
        tuple(sure),
        {matrix.statements[j]: float(reach[j]) for j in np.flatnonzero(~matrix.left_out).tolist()},
    )


def usual_votes(matrix: OpinionMatrix) -> float:
    """The median of the numbers of votes that people cast; 0 without people."""
    votes = matrix.votes_per_participant
    return float(np.median(votes)) if len(votes) else 0.0


def capped_common_ground(
    matrix: OpinionMatrix, *, cap: float | None = None, pick: int = 10, z: float = Z_90
) -> list[Listed]:
    """What most people agree with where nobody weighs more than `cap` votes in all (by default `usual_votes`).

    A person with v votes counts min(1, cap / v) in each, so that a few who vote on everything do not outweigh
    many who vote on some. Ties go to the smaller column.
    """
    votes = matrix.votes_per_participant
    most = usual_votes(matrix) if cap is None else cap
    weight = np.minimum(1.0, most / np.maximum(votes, 1))[matrix.row]
    size = len(matrix.statements)
    agree = np.bincount(matrix.col, weights=weight * (matrix.vote > 0), minlength=size).astype(np.float64)
    seen = np.bincount(matrix.col, weights=weight, minlength=size).astype(np.float64)
    score, listed = _score(agree, seen, matrix.left_out, z)
    order = sorted(np.flatnonzero(listed).tolist(), key=lambda j: (-score[j], j))[:pick]
    return [Listed(j, "agree", float(score[j])) for j in order]


def _score(agree: Floats, seen: Floats, left_out: Bools, z: float) -> tuple[Floats, Bools]:
    """The score of `agreement.common_ground`, and what may be on the list at all (C each). Weights may be parts."""
    p = (agree + 1) / (seen + 2)
    value = 2 * np.sqrt(seen + 1) * ((agree + 1) / (seen + 1) - 0.5)
    return p * value, ~left_out & (p > 0.5) & (value > z)
