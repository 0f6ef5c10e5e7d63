"""Ours alone: everyday sizes, very many people, growth with the number of votes, and what robust mode costs."""

from typing import Any

import numpy as np

from bench.apart import Saved, measured, rounded, say, size_of
from bench.synthetic import votes

MILLION = 1_000_000
GROWTH = (1, 2, 5, 10, 20, 50)
EVERYDAY = ((500, 80, 0.3), (2_000, 200, 0.13), (10_000, 500, 0.1))
EACH, STATEMENTS = 40, 2_000
"""Votes a person and statements of the growth series: more votes are more people, as at 200,000 x 2,000."""


def tables() -> list[dict[str, Any]]:
    """A whole report's analysis, from tables to the frozen result with its own settings, at everyday sizes."""
    found = []
    for people, statements, density in EVERYDAY:
        made = votes(people, statements, density)
        say(f"tables: {people} people x {statements} statements")
        with Saved(made) as saved:
            found.append(size_of(made, statements) | {"ours": measured(saved, "bench.child_tables")})
    return found


def large() -> list[dict[str, Any]]:
    """200,000 people x 2,000 statements, the votes in random order and sorted: times the read floor, and memory."""
    found = []
    for shuffled in (True, False):
        made = votes(200_000, STATEMENTS, 0.02, shuffled=shuffled)
        order = "random" if shuffled else "sorted"
        say(f"200000 people x {STATEMENTS} statements, order {order}")
        with Saved(made) as saved:
            ours = measured(saved, "bench.child_ours", repeats=3)
        found.append(size_of(made, STATEMENTS) | {"order": order, "ours": ours})
    return found


def growth(millions: tuple[int, ...] = GROWTH) -> dict[str, Any]:
    """Seconds and memory of a series of sizes, with the exponents fitted by least squares on logarithms."""
    series = []
    for size in millions:
        made = votes(size * MILLION // EACH, STATEMENTS, EACH / STATEMENTS)
        say(f"growth: {size} million votes")
        with Saved(made) as saved:
            series.append(size_of(made, STATEMENTS) | {"ours": measured(saved, "bench.child_ours")})
    done = [one for one in series if "seconds" in one["ours"]]
    sizes = [one["votes"] for one in done]
    return {
        "series": series,
        "exponent_of_seconds": exponent(sizes, [one["ours"]["seconds"] for one in done]),
        "exponent_of_memory": exponent(sizes, [one["ours"]["peak_mb_above_start"] for one in done]),
    }


def robust(bootstraps: int = 100, permutations: int = 100) -> dict[str, Any]:
    """Robust mode beside the plain one on 2,000 people x 1,000 statements, a tenth of the cells filled."""
    made = votes(2_000, 1_000, 0.1)
    with Saved(made) as saved:
        say("2000 people x 1000 statements: plain")
        plain = measured(saved, "bench.child_ours", repeats=3)
        say("2000 people x 1000 statements: robust")
        asked = ["--method", "robust", "--bootstraps", str(bootstraps), "--permutations", str(permutations)]
        careful = measured(saved, "bench.child_ours", asked)
    entry = size_of(made, 1_000) | {"plain": plain, "robust": careful}
    if "seconds" in plain and "seconds" in careful:
        entry |= rounded(
            {
                "robust_times_plain": careful["seconds"] / plain["seconds"],
                "robust_times_plain_by_cpu": careful["cpu_seconds"] / plain["cpu_seconds"],
            }
        )
    return entry


def exponent(sizes: list[int], values: list[float]) -> float | None:
    """b of value = a * size^b by least squares on logarithms; None from fewer than two positive points."""
    points = [(size, value) for size, value in zip(sizes, values, strict=True) if size > 0 and value > 0]
    if len(points) < 2:
        return None
    x, y = np.log(np.array(points, dtype=np.float64)).T
    return round(float(np.polyfit(x, y, 1)[0]), 3)
