"""Planted groups, their number given: the map with scaled places finds them as well as other ways of placing people."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.components import opinion_map
from analysis.frames import checked
from analysis.groups import eligible, find_groups
from analysis.kmeans import best_partition
from analysis.matrix import Floats, centred, column_means, opinion_matrix
from bench.simulated import simulate


def _agreement(blanks: str, density: float, groups: int, seed: int) -> tuple[float, float, float]:
    """Adjusted Rand index with the truth: ours, unscaled places, a factorisation with intercepts."""
    given = simulate(groups=groups, density=density, blanks=blanks, tie=0.5, seed=seed)
    matrix = opinion_matrix(checked(given.tables))
    placed, who = opinion_map(matrix), eligible(matrix, min_votes=7, fill_to=15)
    truth = given.truth[np.array(matrix.participants)][who]
    votes = centred(matrix, column_means(matrix))

    def found(places: Floats) -> float:
        part = best_partition(places[who], groups, starts=20, min_size=5, rng=np.random.default_rng(0))
        return 0.0 if part is None else float(adjusted_rand_score(truth, part.labels))

    ours = find_groups(matrix, placed, who, seed=0, k=groups).label[who]
    raw = np.asarray(votes @ placed.components.T)
    return (
        float(adjusted_rand_score(truth, ours)),
        found(raw),
        found(_factors(matrix.row, matrix.col, matrix.vote, seed)),
    )


def _factors(row: np.ndarray, col: np.ndarray, vote: np.ndarray, seed: int, rank: int = 2) -> Floats:
    """Places of people in a ridge factorisation with intercepts (the form of Community Notes), by alternating fits."""
    people, size, ridge = int(row.max()) + 1, int(col.max()) + 1, 3.0
    rng = np.random.default_rng(seed)
    u, v = rng.normal(0, 0.1, (people, rank)), rng.normal(0, 0.1, (size, rank))
    own, level, middle = np.zeros(people), np.zeros(size), float(vote.mean())
    for _ in range(30):
        for ids, n, here, there, mine, theirs in (
            (row, people, u, v[col], own, level[col]),
            (col, size, v, u[row], level, own[row]),
        ):
            design = np.column_stack([there, np.ones(len(ids))])
            left = vote - middle - theirs
            gram = np.stack(
                [
                    np.bincount(ids, weights=design[:, a] * design[:, b], minlength=n)
                    for a in range(rank + 1)
                    for b in range(rank + 1)
                ],
                axis=1,
            )
            right = np.stack(
                [np.bincount(ids, weights=design[:, a] * left, minlength=n) for a in range(rank + 1)], axis=1
            )
            solved = np.linalg.solve(
                gram.reshape(n, rank + 1, rank + 1) + ridge * 0.2 * np.eye(rank + 1), right[:, :, None]
            )[:, :, 0]
            here[:], mine[:] = solved[:, :rank], solved[:, rank]
    return u


@pytest.mark.nightly
@pytest.mark.parametrize("groups", [2, 3])
@pytest.mark.parametrize("density", [0.2, 0.5])
@pytest.mark.parametrize("blanks", ["mcar", "arrival", "routed"])
def test_planted_groups_are_found_as_well_as_by_the_best_of_three_ways(
    blanks: str, density: float, groups: int
) -> None:
    ours, *others = np.mean([_agreement(blanks, density, groups, seed) for seed in range(20)], axis=0)
    assert ours >= max(others) - 0.02


def test_clear_planted_groups_are_found_when_their_number_is_given() -> None:
    assert np.median([_agreement("mcar", 0.5, 2, seed)[0] for seed in range(3)]) > 0.75
