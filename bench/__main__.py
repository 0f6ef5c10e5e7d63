"""`python -m bench [--quick] [part ...]`: runs parts one after another; each prints one JSON object when it is done."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from typing import Any

import numpy
import scipy

from bench import brigades, coverage, duplicates, moderation, red_dwarf, routing, sizes, slates, votes
from bench.apart import say

PARTS: dict[str, Callable[[bool], Any]] = {
    "votes": lambda quick: votes.measure(),
    "moderation": lambda quick: moderation.measure(),
    "tables": lambda quick: sizes.tables(),
    "coverage": lambda quick: coverage.measure(),
    "routing": lambda quick: routing.measure(),
    "brigades": lambda quick: brigades.measure(),
    "slates": lambda quick: slates.measure(),
    "duplicates": lambda quick: duplicates.measure(),
    "robust": lambda quick: sizes.robust(),
    "large": lambda quick: sizes.large(),
    "growth": lambda quick: sizes.growth(sizes.GROWTH[:-1] if quick else sizes.GROWTH),
    "red_dwarf": lambda quick: red_dwarf.measure(red_dwarf.SIZES[:1] if quick else red_dwarf.SIZES),
}


def machine() -> dict[str, Any]:
    """What the numbers were taken on, and how busy it was when the part began."""
    return {
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "blas_threads": os.environ.get("OPENBLAS_NUM_THREADS", "as many as it likes"),
        "load": [round(one, 2) for one in os.getloadavg()],
    }


def main(words: list[str] | None = None) -> None:
    """The parts asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out 50 million votes and red-dwarf's long run")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all of them if none is named")
    asked = parser.parse_args(words)
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; there are {', '.join(PARTS)}")
    for part in asked.parts or PARTS:
        say(f"part {part}")
        began = machine()
        json.dump({"part": part, "machine": began, "found": PARTS[part](asked.quick)}, sys.stdout, indent=2)
        print(flush=True)


if __name__ == "__main__":
    main()
