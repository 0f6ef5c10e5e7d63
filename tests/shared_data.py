"""Where tests find the shared real data: never copied into the project, skipped when absent."""

import os
from pathlib import Path

import pytest

CONVERSATIONS = (
    "15-per-hour-seattle",
    "bg2050-volunteers",
    "brexit-consensus",
    "canadian-electoral-reform",
    "football-concussions",
    "vtaiwan.uberx",
)


def shared_folder(name: str) -> Path:
    """The folder `name` (such as "opinion/vtaiwan.uberx") of the shared data.

    Looked for in $FOLKMOOT_SHARED, else beside the repository. Missing: the test is skipped, or fails under CI.
    """
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("FOLKMOOT_SHARED", beside)) / name
    if folder.is_dir():
        return folder
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"shared data {name} is missing; set FOLKMOOT_SHARED to its folder")
    pytest.skip(f"shared data {name} is not here; set FOLKMOOT_SHARED to its folder")
