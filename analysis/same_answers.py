"""People whose votes are exactly the same, on the same statements, more often than chance allows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.frames import Id
from analysis.later import Later
from analysis.matrix import Bools, Floats, Ints, OpinionMatrix

stats = Later("scipy.stats")

LEAST_VOTES = 10
LEVEL = 0.01
TIMES = 10.0
LIKE_MINDED = 0.8
COMMON = 5
MOST_SETS = 100
"""Sets that are weighed; the others are less telling than each of these."""


@dataclass(frozen=True)
class SameAnswers:
    """One set of people with the same votes. `people` are ids, rising; `votes` is how many each cast.

    expected  how many others would vote exactly so by chance, of the `alike` people who met the same statements
    chance    upper bound of the chance that any such set turns up in the whole conversation (at most 1)
    """

    people: tuple[Id, ...]
    votes: int
    alike: int
    expected: float
    chance: float


def same_answers(
    matrix: OpinionMatrix, *, least: int = LEAST_VOTES, level: float = LEVEL, times: float = TIMES
) -> tuple[SameAnswers, ...]:
    """Sets far larger than chance makes, the largest first (ties: smallest person).

    A set is flagged when the chance of it, times the number of people with at least `least` votes, is below
    `level`, and it holds `times` as many further people as expected. Short rows on which most people agree are
    often equal, so what is expected comes from people who vote alike: see `_expected`.
    """
    eligible = np.flatnonzero(matrix.votes_per_participant >= least)
    if len(eligible) < 2:
        return ()
    starts = np.searchsorted(matrix.row, np.arange(len(matrix.participants) + 1))
    pattern = _row_hash(matrix.col.astype(np.uint64), starts)[eligible]
    answers = _row_hash(matrix.col.astype(np.uint64) * np.uint64(3) + (matrix.vote + 1).astype(np.uint64), starts)
    sets = _equal_sets(answers[eligible], eligible, matrix, starts)
    if not sets:
        return ()
    _, place, sizes = np.unique(pattern, return_inverse=True, return_counts=True)
    alike = dict(zip(eligible.tolist(), sizes[place].tolist(), strict=True))
    log_chance = _log_chance_of_rows(matrix, starts)

    def evidence(members: Ints) -> float:
        more, rest = len(members) - 1, alike[int(members[0])] - 1
        return more * (float(np.log(more / rest)) - float(log_chance[members[0]]))

    sets.sort(key=lambda one: (-evidence(one), int(one[0])))
    by_column = sparse.csc_matrix(
        (matrix.vote + np.int8(2), matrix.col, starts), shape=(len(matrix.participants), len(matrix.statements))[::-1]
    ).T.tocsc()
    found = []
    for members in sets[:MOST_SETS]:
        cells = slice(starts[members[0]], starts[members[0] + 1])
        columns, votes = matrix.col[cells], matrix.vote[cells]
        rest = alike[int(members[0])] - 1
        share = _expected(by_column, columns, votes, members)
        chance = min(1.0, float(stats.binom.sf(len(members) - 2, rest, share)) * len(eligible))
        if chance < level and len(members) - 1 >= times * rest * share:
            ids = tuple(matrix.participants[int(i)] for i in members)
            found.append(SameAnswers(ids, len(columns), rest + 1, rest * share, chance))
    order = {one: i for i, one in enumerate(matrix.participants)}
    return tuple(sorted(found, key=lambda one: (-len(one.people), -one.votes, order[one.people[0]])))


def _expected(by_column: sparse.csc_matrix, columns: Ints, votes: NDArray[np.int8], members: Ints) -> float:
    """The chance that somebody who met these statements votes exactly so.

    It is the share of like-minded people (equal on at least 80 of 100 of the statements both met, at least 5)
    times the product over statements of the larger of two shares voting so: among the like-minded, and among
    everybody. Members of the set are not among its like-minded, else a large set would explain itself; they are
    among everybody, else the few who dissent from what all others say would look like copies of one another.
    """
    part = by_column[:, columns]
    person, place = part.indices, np.repeat(np.arange(len(columns)), np.diff(part.indptr))
    same = part.data == (votes + np.int8(2))[place]
    everybody = _share(place, same, len(columns), np.full(len(columns), 1 / 3), 3)
    others = ~np.isin(person, members)
    person, place, same = person[others], place[others], same[others]
    people = part.shape[0]
    met = np.bincount(person, minlength=people)
    equal = np.bincount(person[same], minlength=people)
    known = met >= COMMON
    like = known & (equal >= LIKE_MINDED * met)
    inside = like[person]
    alike = _share(place[inside], same[inside], len(columns), everybody, 2)
    part_alike = (int(like.sum()) + 1) / (int(known.sum()) + 2)
    return float(part_alike * np.exp(np.log(np.maximum(alike, everybody)).sum()))


def _log_chance_of_rows(matrix: OpinionMatrix, starts: Ints) -> Floats:
    """Logarithm of the chance of each row (n), were its votes drawn apart from the shares of everybody."""
    cell = matrix.col.astype(np.int64) * 3 + matrix.vote + 1
    votes = np.bincount(cell, minlength=3 * len(matrix.statements)).reshape(-1, 3) + 1.0
    logs = np.log(votes / votes.sum(axis=1, keepdims=True)).ravel()
    total = np.concatenate([[0.0], np.cumsum(logs[cell])])
    result: Floats = total[starts[1:]] - total[starts[:-1]]
    return result


def _share(place: Ints, same: Bools, size: int, prior: Floats, weight: float) -> Floats:
    """Share of equal votes by statement (size), drawn to `prior` as if by `weight` more votes."""
    hits, seen = np.bincount(place[same], minlength=size), np.bincount(place, minlength=size)
    result: Floats = (hits + weight * prior) / (seen + weight)
    return result


def _equal_sets(answers: NDArray[np.uint64], rows: Ints, matrix: OpinionMatrix, starts: Ints) -> list[Ints]:
    """Rows with one hash, checked cell by cell against the first of them."""
    order = np.argsort(answers, kind="stable")
    edges = np.flatnonzero(np.diff(answers[order], prepend=answers[order[0]] + np.uint64(1)))
    sets = []
    for first, last in zip(edges, np.append(edges[1:], len(order)), strict=True):
        if last - first < 2:
            continue
        members = np.sort(rows[order[first:last]])
        cells = [slice(starts[i], starts[i + 1]) for i in members]
        equal = [
            np.array_equal(matrix.col[cells[0]], matrix.col[one])
            and np.array_equal(matrix.vote[cells[0]], matrix.vote[one])
            for one in cells
        ]
        if sum(equal) > 1:
            sets.append(members[np.array(equal)])
    return sets


def _row_hash(values: NDArray[np.uint64], starts: Ints) -> NDArray[np.uint64]:
    """One 64-bit number a row: the sum of its mixed cells (splitmix64 steps, Steele et al. 2014, not checked)."""
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    total = np.zeros(len(mixed) + 1, dtype=np.uint64)
    np.cumsum(mixed, out=total[1:])
    result: NDArray[np.uint64] = total[starts[1:]] - total[starts[:-1]]
    return result
