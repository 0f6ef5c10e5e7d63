"""What one piece of work on three arrays takes, measured inside a process of its own. Needs numpy alone."""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

NAMES = ("participant", "statement", "vote")
FLOORS = 5


def arguments() -> argparse.ArgumentParser:
    """The one argument every child takes: the folder of the arrays, where the groups found are left too."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    return parser


def load(folder: Path) -> tuple[Any, Any, Any]:
    """The three arrays, whole in memory."""
    participant, statement, vote = (np.load(folder / f"{name}.npy") for name in NAMES)
    return participant, statement, vote


def read_floor(arrays: tuple[Any, Any, Any]) -> float:
    """Seconds to sum the three arrays once: the median of five."""
    found = []
    for _ in range(FLOORS):
        start = time.perf_counter()
        for one in arrays:
            one.sum()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def metered(work: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """What the work gives, and its seconds (wall, CPU of all threads) and peak megabytes (10^6 bytes).

    `peak_mb` is of the whole process; `peak_mb_above_start` is above what was resident when the work began. Where
    the system does not let a process forget its earlier peak, `peak_was_reset` is false and the figure may be too low.
    """
    was_reset = _forget_peak()
    at_start = _status("VmRSS")
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = _status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return found, {
        "seconds": wall,
        "cpu_seconds": cpu,
        "peak_mb": peak,
        "peak_mb_above_start": max(0.0, peak - at_start),
        "peak_was_reset": was_reset,
    }


def report(folder: Path, people: Any, label: Any, found: dict[str, Any]) -> None:
    """Leaves the groups (`people` ids, `label`, -1 for none) in the folder and prints the figures as the last line."""
    np.save(folder / "people.npy", np.asarray(people))
    np.save(folder / "label.npy", np.asarray(label))
    sys.stdout.write("\n" + json.dumps(found) + "\n")


def _forget_peak() -> bool:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def _status(field: str) -> float:
    """A field of the process's status in megabytes; 0 where the system has none."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(field + ":")), 0.0)
