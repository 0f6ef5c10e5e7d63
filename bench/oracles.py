"""Environments apart from the project's own for programs we compare with; made when first asked for."""

import fcntl
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".venv-oracles"
RED_DWARF = "red-dwarf==0.4.0"
CHECK = "from importlib.metadata import version; import reddwarf.implementations.polis; print(version('red-dwarf'))"
MINUTES = 15

PREFERENCES_PLACE = ROOT / ".venv-oracles-preferences"
PREFERENCES = (
    "abcvoting==2.19.2", "pref_voting==1.18.2", "numpy==2.4.6", "scipy==1.17.1", "networkx==3.6.1", "tabulate==0.9.0",
    "filelock==3.29.0",
)  # fmt: skip
"""Installed without their own needs: those hold GPL packages, a commercial solver and 500 MB of drawing and solving
that no rule asked here calls. `tests/deliberation/preferences_oracle.py` puts empty modules in their places."""


class NotThere(Exception):
    """One line: why a program to compare with cannot be used."""


def red_dwarf_python(place: Path = PLACE) -> str:
    """The Python that can import red-dwarf (MPL-2.0; run as it is, never read or copied). NotThere with the reason."""
    python = place / "bin" / "python"
    wanted = RED_DWARF.partition("==")[2]
    if _has(python, wanted):
        return str(python)
    try:
        venv.create(place, with_pip=True, clear=place.exists())
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotThere(f"no environment could be made: {error}") from error
    _ask([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", RED_DWARF])
    if not _has(python, wanted):
        raise NotThere(f"{RED_DWARF} was installed, but cannot be imported")
    return str(python)


def preferences_python(place: Path = PREFERENCES_PLACE) -> str:
    """The Python that has abcvoting and pref_voting (both MIT), whole; NotThere with the reason.

    Two processes that ask at once get one environment: the second waits. One that was cut short is made anew.
    """
    python, done = place / "bin" / "python", place / "whole"
    wanted = "\n".join((sys.version, *PREFERENCES))
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if done.exists() and done.read_text("utf-8") == wanted and python.exists():
            return str(python)
        try:
            venv.create(place, with_pip=True, clear=place.exists())
        except (OSError, subprocess.CalledProcessError) as error:
            raise NotThere(f"no environment could be made: {error}") from error
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        _ask([*pip, *PREFERENCES])
        done.write_text(wanted, "utf-8")
    return str(python)


def forget(place: Path = PLACE) -> None:
    """Removes the environment."""
    shutil.rmtree(place, ignore_errors=True)


def _has(python: Path, version: str) -> bool:
    try:
        return _ask([str(python), "-W", "ignore", "-c", CHECK]) == version
    except NotThere:
        return False


def _ask(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 * MINUTES, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotThere(str(error)) from error
    if done.returncode:
        raise NotThere((done.stderr.strip().splitlines() or ["no word of why"])[-1])
    return done.stdout.strip()


if __name__ == "__main__":
    try:
        print(red_dwarf_python())
    except NotThere as reason:
        sys.exit(f"red-dwarf is not there: {reason}")
