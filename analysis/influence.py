"""How far a number of identical voters could move the common ground, whatever they vote."""

from dataclasses import dataclass

import numpy as np

from analysis.agreement import Z_90, Counts, common_ground, count_all, figures, ids_of
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
    reach: dict[Id, float]

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
    lowest, stays = _score(Counts(counts.agree, counts.disagree + extra, counts.seen + extra), matrix.left_out, z)
    highest, could = _score(Counts(counts.agree + extra, counts.disagree, counts.seen + extra), matrix.left_out, z)
    ahead = np.sort(highest[could])
    sure = []
    for one in agrees:
        j = one.column
        others = len(ahead) - int(np.searchsorted(ahead, lowest[j], side="left")) - int(highest[j] >= lowest[j])
        if stays[j] and others < pick:
            sure.append(matrix.statements[j])
    share = counts.agree[0] / np.maximum(counts.seen[0], 1)
    reach = extra / np.maximum(counts.seen[0] + extra, 1) * np.maximum(share, 1 - share)
    return Influence(
        extra,
        tuple(ids_of(agrees, matrix.statements)),
        tuple(sure),
        {matrix.statements[j]: float(reach[j]) for j in np.flatnonzero(~matrix.left_out).tolist()},
    )


def _score(counts: Counts, left_out: Bools, z: float) -> tuple[Floats, Bools]:
    """The score by which common ground is ranked, and what may be on the list at all (C each)."""
    tests = figures(counts)
    score: Floats = tests.p_agree[0] * tests.z_agree[0]
    return score, ~left_out & (tests.p_agree[0] > 0.5) & (tests.z_agree[0] > z)
