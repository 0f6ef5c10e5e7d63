"""Ours beside red-dwarf on the same votes in the same run: how many times faster, and with what part of the memory."""

from typing import Any

from bench.apart import LIMIT, Saved, measured, rounded, say, size_of
from bench.oracles import NotThere, red_dwarf_python
from bench.synthetic import votes

SIZES = ((10_000, 500, 0.1), (50_000, 1_000, 0.05))
REPEATS = 3


def measure(sizes: tuple[tuple[int, int, float], ...] = SIZES, limit: float = LIMIT) -> list[dict[str, Any]]:
    """One entry a size. red-dwarf runs once, ours three times, never together."""
    python, why_not = "", ""
    try:
        python = red_dwarf_python()
    except NotThere as reason:
        why_not = f"red-dwarf is not there: skipped ({reason})"
        say(why_not)
    found = []
    for people, statements, density in sizes:
        made = votes(people, statements, density)
        with Saved(made) as saved:
            say(f"{people} people x {statements} statements: ours")
            ours = measured(saved, "bench.child_ours", repeats=REPEATS, limit=limit)
            theirs: dict[str, Any] = {"skipped": why_not}
            if python:
                say(f"{people} people x {statements} statements: red-dwarf (minutes)")
                theirs = measured(saved, "bench.child_red_dwarf", python=python, limit=limit)
        entry = size_of(made, statements) | {"ours": ours, "red_dwarf": theirs}
        if "seconds" in ours and "seconds" in theirs:
            entry["ratios"] = ratios(ours, theirs)
        found.append(entry)
    return found


def ratios(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """How many times faster ours is, and the part of their memory it takes.

    Against them counts their pipeline alone; `with_list` also has the list of dicts that it must be given.
    """
    memory = max(ours["peak_mb_above_start"], 0.001)
    return rounded(
        {
            "times_faster": theirs["seconds"] / ours["seconds"],
            "times_faster_with_list": (theirs["seconds"] + theirs["seconds_making_the_list"]) / ours["seconds"],
            "times_faster_by_cpu": theirs["cpu_seconds"] / ours["cpu_seconds"],
            "part_of_memory": memory / theirs["peak_mb_above_start"],
            "part_of_memory_with_list": memory / (theirs["peak_mb_above_start"] + theirs["list_mb"]),
            "part_of_whole_process_memory": ours["peak_mb"] / theirs["peak_mb"],
        }
    )
