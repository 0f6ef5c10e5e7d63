"""Slates on the six public conversations and on simulated ones with known truth: whom they cover.

`python -m bench.slates` prints one JSON object.
"""

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.agreement import count_votes, figures, representative
from analysis.frames import checked
from analysis.groups import given_groups
from analysis.matrix import OpinionMatrix, matrix_of, opinion_matrix
from analysis.polis_export import read_polis_export
from analysis.slate import AS_CAST, EQUAL_SHARES, PHRAGMEN, choose_slate
from tests.shared_data import CONVERSATIONS, shared_folder

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

WAYS = {
    "equal shares": partial(choose_slate, method=EQUAL_SHARES),
    "equal shares, as cast": partial(choose_slate, method=EQUAL_SHARES, unseen=AS_CAST),
    "phragmen": partial(choose_slate, method=PHRAGMEN),
    "phragmen, as cast": partial(choose_slate, method=PHRAGMEN, unseen=AS_CAST),
}
BLOCS = (0.5, 0.3, 0.2)


def measure(names: Sequence[str] = CONVERSATIONS, seeds: int = 5) -> dict[str, Any]:
    """Coverage of each way on the conversations `names`, and on simulations."""
    found = {name: conversation(shared_folder(f"opinion/{name}")) for name in names}
    return {"conversations": found, "simulated": simulated(seeds)}


def conversation(folder: Path) -> dict[str, Any]:
    """Share of the people in published groups who agree with one statement or more of slates of equal size.

    "representative" is the lists of A7 together, whose size the other slates have.
    """
    export = read_polis_export(folder)
    matrix = opinion_matrix(checked(export.tables))
    grouping = given_groups(matrix, export.published_groups)
    who = grouping.label >= 0
    counts = count_votes(matrix, grouping.label, len(grouping.names))
    tests = figures(counts)
    lists = [representative(counts, tests, g, matrix.left_out) for g in range(len(grouping.names))]
    listed = sorted({one.column for each in lists for one in each})
    result: dict[str, Any] = {"seats": len(listed), "representative": round(share(matrix, who, listed), 3)}
    result["greedy"] = round(share(matrix, who, greedy(matrix, who, len(listed))), 3)
    for name, way in WAYS.items():
        slate = way(matrix, who, seats=len(listed))
        result[name] = {"covered": round(slate.covered_share, 3), "jr": slate.is_jr, "ejr_plus": slate.is_ejr_plus}
    return result


def simulated(seeds: int, *, people: int = 400, statements: int = 150, seats: int = 5) -> dict[str, Any]:
    """Coverage if everybody had been asked everything, of slates made from the few votes that were cast.

    Three blocs of unequal size each like statements of their own and few others; `smallest` is the coverage of the
    bloc covered least, "all votes" the slate that knew every vote. Mean over seeds and densities .03, .1, .3.
    """
    rows: dict[str, list[tuple[float, float]]] = {}
    for kind in ("at random", "by arrival"):
        for density in (0.03, 0.1, 0.3):
            for seed in range(seeds):
                rng = np.random.default_rng([seed, int(density * 100)])
                bloc = rng.choice(len(BLOCS), size=people, p=BLOCS)
                own = rng.choice(len(BLOCS), size=statements, p=BLOCS)
                likes = np.where(
                    bloc[:, None] == own, rng.uniform(0.3, 0.9, statements), rng.uniform(0.02, 0.3, statements)
                )
                agrees = rng.random(likes.shape) < likes
                seen = _seen(rng, bloc, statements, density, late=kind == "by arrival")
                matrix, whole = _matrix(agrees, seen), _matrix(agrees, np.ones_like(seen))
                slates = {name: [one.column for one in way(matrix, seats=seats).seats] for name, way in WAYS.items()}
                slates["greedy"] = greedy(matrix, seen.any(axis=1), seats)
                slates["all votes"] = [one.column for one in choose_slate(whole, seats=seats, unseen=AS_CAST).seats]
                for name, columns in slates.items():
                    covered = agrees[:, columns].any(axis=1)
                    least = min(float(covered[bloc == g].mean()) for g in range(len(BLOCS)))
                    rows.setdefault(f"{kind}: {name}", []).append((float(covered.mean()), least))
    means = {name: np.mean(each, axis=0).round(3).tolist() for name, each in rows.items()}
    return {name: {"covered": covered, "smallest": least} for name, (covered, least) in means.items()}


def greedy(matrix: OpinionMatrix, who: Bools, seats: int) -> list[int]:
    """The statements that each cover most people not covered yet, by votes as cast; ties to the lowest column."""
    use = who[matrix.row] & (matrix.vote > 0) & ~matrix.left_out[matrix.col]
    row, col = matrix.row[use], matrix.col[use]
    reached = np.zeros(len(who), dtype=np.bool_)
    chosen: list[int] = []
    for _ in range(seats):
        count = np.bincount(col[~reached[row]], minlength=len(matrix.statements))
        count[chosen] = -1
        chosen.append(int(np.argmax(count)))
        reached[row[col == chosen[-1]]] = True
    return chosen


def share(matrix: OpinionMatrix, who: Bools, columns: Sequence[int]) -> float:
    """Share of the people of `who` who agree with one of the columns or more."""
    use = who[matrix.row] & (matrix.vote > 0) & np.isin(matrix.col, columns)
    return len(np.unique(matrix.row[use])) / max(1, int(who.sum()))


def _seen(rng: np.random.Generator, bloc: Ints, statements: int, density: float, *, late: bool) -> Bools:
    """Who saw what: at random, or only what was there when they came, the blocs coming one after another."""
    effort = rng.lognormal(0, 0.6, len(bloc))
    chance = np.clip(density * effort, 1 / statements, 1)[:, None]
    if not late:
        return np.asarray(rng.random((len(bloc), statements)) < chance)
    arrival = np.argsort(np.argsort(bloc + rng.random(len(bloc)) * 1.5)) / len(bloc)
    born = np.where(rng.random(statements) < 0.3, 0.0, rng.random(statements))
    there = born[None, :] <= arrival[:, None]
    return np.asarray(there & (rng.random(there.shape) < np.minimum(1, chance / there.mean(axis=1, keepdims=True))))


def _matrix(agrees: Bools, seen: Bools) -> OpinionMatrix:
    row, col = np.nonzero(seen)
    vote = np.where(agrees[row, col], 1, -1).astype(np.int8)
    return matrix_of(row, col, vote, participants=range(len(agrees)), statements=range(agrees.shape[1]))


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=1)
    print()
