"""The analysis of three arrays, for data of any size: who voted, on what, and how."""

import numpy as np
from numpy.typing import NDArray

from analysis.core import Core, core_of
from analysis.frames import POSITIONS, TableError
from analysis.matrix import Bools, Ints, matrix_of
from analysis.results import POLIS, ROBUST, Settings

PLAIN = "plain"
"""As robust, without the test against chance and without bootstraps."""


def analyse_arrays(
    participant: Ints,
    statement: Ints,
    vote: NDArray[np.int8],
    *,
    method: str = PLAIN,
    seed: int = 0,
    bootstraps: int = 100,
    permutations: int = 99,
    when: NDArray[np.generic] | None = None,
    left_out: Bools | None = None,
) -> Core:
    """Map, groups, counts and tests of m vote events in the order of the log.

    Args:
        participant, statement: whole numbers from 0 (m each); the largest says how many there are.
        vote: -1, 0 or 1 (m).
        method: "plain", "robust" or "polis".
        when: times (m), where the order of the arrays is not that of the votes.
        left_out: statements kept out of the map and lists (C).

    Raises:
        TableError: `unknown_position`, `bad_id` for a negative number, `length` for arrays of unequal length.
    """
    if not len(participant) == len(statement) == len(vote):
        raise TableError("length", "votes: the three arrays differ in length")
    people, size = (int(ids.max(initial=-1)) + 1 for ids in (participant, statement))
    size = size if left_out is None else max(size, len(left_out))
    if len(vote):
        if min(int(participant.min()), int(statement.min())) < 0:
            raise TableError("bad_id", "votes: ids are counted from 0")
        if not POSITIONS[0] <= int(vote.min()) <= int(vote.max()) <= POSITIONS[-1]:
            raise TableError("unknown_position", "votes: positions are -1, 0 or 1")
    matrix = matrix_of(
        participant, statement, vote, participants=range(people), statements=range(size), when=when, left_out=left_out
    )
    if method == PLAIN:
        bootstraps = permutations = 0
    elif method not in (ROBUST, POLIS):
        raise ValueError(f"no method {method!r}")
    settings = Settings(
        method=POLIS if method == POLIS else ROBUST, seed=seed, bootstraps=bootstraps, permutations=permutations
    )
    return core_of(matrix, settings)
