"""One whole analysis on synthetic votes, beside the time to read its three arrays once."""

import resource
import statistics
import time
from typing import Any

import numpy as np
import pandas as pd

from analysis.frames import Tables
from analysis.pipeline import analyse
from analysis.results import Settings

SIZES = ((500, 80, 0.3), (2_000, 200, 0.13), (10_000, 500, 0.1))


def tables_of(people: int, statements: int, density: float, seed: int = 1) -> Tables:
    """Two planted groups, votes at random cells."""
    rng = np.random.default_rng(seed)
    cells = rng.choice(people * statements, size=int(people * statements * density), replace=False)
    person, statement = cells // statements, cells % statements
    leaning = rng.normal(size=statements)
    side = np.where(person % 2 == 0, 1.0, -1.0)
    chance = 1 / (1 + np.exp(-2 * side * leaning[statement]))
    position = np.where(rng.random(len(cells)) < chance, 1, -1)
    position[rng.random(len(cells)) < 0.15] = 0
    votes = pd.DataFrame({"participant": person, "statement": statement, "position": position})
    known = pd.DataFrame({"statement": np.arange(statements), "state": "approved", "is_meta": False})
    return Tables(votes=votes, statements=known)


def measure(repeats: int = 3) -> list[dict[str, Any]]:
    """Median seconds by size, and the ratio to summing the three arrays once."""
    found = []
    for people, statements, density in SIZES:
        tables = tables_of(people, statements, density)
        seconds, floor = [], []
        for _ in range(repeats):
            start = time.perf_counter()
            for column in ("participant", "statement", "position"):
                tables.votes[column].to_numpy().sum()
            floor.append(time.perf_counter() - start)
            start = time.perf_counter()
            result = analyse(tables, Settings())
            seconds.append(time.perf_counter() - start)
        found.append(
            {
                "people": people,
                "statements": statements,
                "votes": len(tables.votes),
                "seconds": round(statistics.median(seconds), 3),
                "times_read_floor": round(statistics.median(seconds) / statistics.median(floor)),
                "peak_megabytes_of_process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "groups": len(result.groups),
            }
        )
    return found
