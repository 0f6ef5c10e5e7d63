"""Our whole analysis on three arrays, as a process of its own."""

from typing import Any

from analysis.agreement import common_ground, representative
from analysis.arrays import analyse_arrays
from analysis.core import Core
from bench import meter

LISTED = 5


def work(arrays: tuple[Any, Any, Any], method: str, bootstraps: int, permutations: int) -> Core:
    """Map, groups, counts and tests, and the lists that red-dwarf makes too."""
    core = analyse_arrays(*arrays, method=method, seed=0, bootstraps=bootstraps, permutations=permutations)
    common_ground(core.overall, core.matrix.left_out, pick=LISTED)
    for group in range(len(core.grouping.names)):
        representative(core.counts, core.tests, group, core.matrix.left_out, pick=LISTED)
    return core


def main() -> None:
    """Times the work by the method given."""
    parser = meter.arguments()
    parser.add_argument("--method", default="plain")
    parser.add_argument("--bootstraps", type=int, default=100)
    parser.add_argument("--permutations", type=int, default=99)
    asked = parser.parse_args()
    arrays = meter.load(asked.folder)
    floor = meter.read_floor(arrays)
    core, found = meter.metered(lambda: work(arrays, asked.method, asked.bootstraps, asked.permutations))
    meter.report(asked.folder, core.matrix.participants, core.grouping.label, found | {"read_floor_seconds": floor})


if __name__ == "__main__":
    main()
