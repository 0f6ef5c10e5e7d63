"""The `folkmoot` command as somebody types it: a process of its own, on a data folder of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def folkmoot(folder: Path, *words: str, typed: str = "", fails: bool = False) -> str:
    """Runs `folkmoot <words>` on `folder` and returns what it printed; asserts that it went as expected."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        cwd=ROOT, env={**os.environ, "FOLKMOOT_DATA": str(folder)}, input=typed, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode != 0) is fails, f"folkmoot {' '.join(words)}: {done.returncode}\n{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr if fails else done.stdout


def id_in(printed: str) -> str:
    """The public id that a command printed."""
    found = re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", printed)
    assert found, f"no id in: {printed}"
    return found.group()
