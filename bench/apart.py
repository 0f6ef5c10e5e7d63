"""Runs one measurement in a process of its own, with a time limit, and puts its figures into ratios."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import adjusted_rand_score

from bench.meter import NAMES
from bench.synthetic import Votes

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1200.0


class Saved:
    """Arrays in a temporary folder that children read; use as a context."""

    def __init__(self, votes: Votes) -> None:
        self.votes = votes
        self._kept = tempfile.TemporaryDirectory(prefix="bench-")
        self.folder = Path(self._kept.name)

    def __enter__(self) -> "Saved":
        for name in NAMES:
            np.save(self.folder / f"{name}.npy", getattr(self.votes, name))
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.cleanup()

    def agreement(self) -> float:
        """Adjusted Rand index of the groups the last child left with the truth, over those it grouped."""
        people, label = np.load(self.folder / "people.npy"), np.load(self.folder / "label.npy")
        grouped = label >= 0
        return float(adjusted_rand_score(self.votes.truth[people[grouped].astype(np.int64)], label[grouped]))


def measured(
    saved: Saved,
    module: str,
    options: Sequence[str] = (),
    *,
    python: str = sys.executable,
    limit: float = LIMIT,
    repeats: int = 1,
) -> dict[str, Any]:
    """Figures of a child module: of `repeats` processes one after another, the one with the median time.

    A child that fails or takes more than `limit` seconds is told in `failed`, never raised.
    """
    runs = []
    for _ in range(repeats):
        for name in ("people", "label"):
            (saved.folder / f"{name}.npy").unlink(missing_ok=True)
        one = _child([python, "-W", "ignore", "-m", module, str(saved.folder), *options], limit)
        if "failed" in one:
            return one
        runs.append(one)
    middle = statistics.median_low(run["seconds"] for run in runs)
    found = next(run for run in runs if run["seconds"] == middle)
    found["all_seconds"] = [run["seconds"] for run in runs]
    found["times_read_floor"] = found["seconds"] / found["read_floor_seconds"]
    found["cpu_times_read_floor"] = found["cpu_seconds"] / found["read_floor_seconds"]
    found["peak_above_start_times_input"] = found["peak_mb_above_start"] / saved.votes.megabytes
    found["ari_to_truth"] = saved.agreement()
    return rounded(found)


def rounded(found: dict[str, Any]) -> dict[str, Any]:
    """Four leading digits: more would only be noise."""
    digits = {key: float(f"{value:.4g}") for key, value in found.items() if isinstance(value, float)}
    lists = {key: [float(f"{one:.4g}") for one in value] for key, value in found.items() if isinstance(value, list)}
    return found | digits | lists


def size_of(votes: Votes, statements: int) -> dict[str, Any]:
    """What was analysed, in words a reader can compare."""
    return {
        "people": len(votes.truth),
        "statements": statements,
        "votes": len(votes.vote),
        "input_mb": round(votes.megabytes, 2),
    }


def say(words: str) -> None:
    """A line of progress for the person at the terminal."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


def _child(command: list[str], limit: float) -> dict[str, Any]:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"stopped after {limit:.0f} seconds"}
    except OSError as error:
        return {"failed": str(error)}
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        last = done.stderr.strip().splitlines()[-1:] or ["no word of why"]
        return {"failed": f"ended with {done.returncode}: {last[0]}"}
    return dict(json.loads(lines[-1]))
