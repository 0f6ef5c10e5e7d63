"""Our whole analysis on three arrays, as a process of its own."""

from typing import Any

import numpy as np

from analysis.agreement import common_ground, count_all, count_votes, figures, representative
from analysis.components import opinion_map
from analysis.groups import eligible, find_groups
from analysis.matrix import matrix_of
from bench import meter


def analyse_arrays(
    participant: Any, statement: Any, vote: Any, *, method: str, seed: int, bootstraps: int, permutations: int
) -> tuple[Any, Any]:
    """People and their groups; counts, tests and lists are made on the way. Robust mode shuffles, plain does not."""
    people, things = np.unique(participant), np.unique(statement)
    matrix = matrix_of(
        np.searchsorted(people, participant),
        np.searchsorted(things, statement),
        vote,
        participants=people.tolist(),
        statements=things.tolist(),
    )
    placed = opinion_map(matrix)
    who = eligible(matrix, min_votes=7, fill_to=15)
    grouping = find_groups(matrix, placed, who, seed=seed, permutations=permutations if method == "robust" else 0)
    counts = count_votes(matrix, grouping.label, len(grouping.names))
    tests = figures(counts)
    common_ground(figures(count_all(matrix)), matrix.left_out, pick=5)
    for group in range(len(grouping.names)):
        representative(counts, tests, group, matrix.left_out, pick=5)
    return people, grouping.label


def main() -> None:
    """Times `analyse_arrays` by the method given."""
    parser = meter.arguments()
    parser.add_argument("--method", default="plain")
    parser.add_argument("--bootstraps", type=int, default=100)
    parser.add_argument("--permutations", type=int, default=99)
    asked = parser.parse_args()
    arrays = meter.load(asked.folder)
    floor = meter.read_floor(arrays)
    (people, label), found = meter.metered(
        lambda: analyse_arrays(
            *arrays, method=asked.method, seed=0, bootstraps=asked.bootstraps, permutations=asked.permutations
        )
    )
    found["read_floor_seconds"] = floor
    meter.report(asked.folder, people, label, found)


if __name__ == "__main__":
    main()
