"""The benches' own machinery: votes with a known truth, figures of a process apart, failures told and not raised."""

import json
import sys

import numpy as np
import pytest

from bench import __main__ as bench
from bench import oracles, red_dwarf, sizes
from bench.apart import Saved, measured
from bench.oracles import NotThere, red_dwarf_python
from bench.synthetic import BLOCK, votes

FIGURES = {
    "seconds", "cpu_seconds", "all_seconds", "read_floor_seconds", "times_read_floor", "cpu_times_read_floor",
    "peak_mb", "peak_mb_above_start", "peak_above_start_times_input", "peak_was_reset", "ari_to_truth",
}  # fmt: skip
CHILD = """
import sys
from pathlib import Path
import numpy as np
from bench import meter
folder = Path(sys.argv[1])
arrays = meter.load(folder)
floor = meter.read_floor(arrays)
block, found = meter.metered(lambda: np.ones(20_000_000 // 8))
people = np.unique(arrays[0])
meter.report(folder, people, people % 2, found | {"read_floor_seconds": floor})
"""


@pytest.fixture
def child(tmp_path, monkeypatch):
    """The name of a module that a measuring process can run: it takes 20 megabytes and finds even and odd people."""

    def made(text: str = CHILD) -> str:
        (tmp_path / "child_of_test.py").write_text(text)
        return "child_of_test"

    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return made


def test_a_cell_is_voted_on_once_and_counts_are_as_asked_and_heavy_tailed():
    made = votes(BLOCK + 500, 100, 0.1)
    cell = made.participant.astype(np.int64) * 100 + made.statement
    assert len(np.unique(cell)) == len(cell) == pytest.approx((BLOCK + 500) * 10, rel=0.05)
    each = np.bincount(made.participant, minlength=len(made.truth))
    assert each.mean() > 1.2 * np.median(each)
    assert set(np.unique(made.vote)) == {-1, 0, 1}
    assert made.megabytes == pytest.approx(9 * len(cell) / 1e6)


def test_random_and_sorted_order_hold_the_same_votes():
    mixed, plain = votes(300, 50, 0.2, seed=3), votes(300, 50, 0.2, seed=3, shuffled=False)
    order = np.lexsort((mixed.statement, mixed.participant))
    assert not np.array_equal(order, np.arange(len(order)))
    for name in ("participant", "statement", "vote"):
        assert np.array_equal(getattr(mixed, name)[order], getattr(plain, name))
    assert np.array_equal(mixed.truth, plain.truth)


def test_the_figures_of_a_process_apart_have_their_shape(child):
    made = votes(200, 40, 0.3)
    with Saved(made) as saved:
        found = measured(saved, child(), repeats=2)
        assert saved.folder.is_dir()
    assert not saved.folder.exists()
    assert set(found) == FIGURES
    assert len(found["all_seconds"]) == 2
    if found["peak_was_reset"]:
        assert found["peak_mb_above_start"] == pytest.approx(20, abs=3)
    assert abs(found["ari_to_truth"]) < 0.1
    json.dumps(found)


def test_a_process_that_fails_or_takes_too_long_is_told_not_raised(child):
    with Saved(votes(20, 5, 0.5)) as saved:
        broken = measured(saved, child("raise SystemExit('no such luck')"))
        slow = measured(saved, child("import time; time.sleep(60)"), limit=1)
        silent = measured(saved, child("pass"))
    assert "no such luck" in broken["failed"]
    assert slow == {"failed": "stopped after 1 seconds"}
    assert "failed" in silent


def test_the_exponent_is_the_slope_on_logarithms():
    amounts = [10, 100, 1000]
    assert sizes.exponent(amounts, [3 * one**1.5 for one in amounts]) == 1.5
    assert sizes.exponent([10], [1.0]) is None


def test_ratios_hold_only_their_own_work_against_them():
    ours = {"seconds": 2.0, "cpu_seconds": 3.0, "peak_mb": 100.0, "peak_mb_above_start": 50.0}
    theirs = {
        "seconds": 100.0, "cpu_seconds": 90.0, "peak_mb": 2000.0, "peak_mb_above_start": 1000.0,
        "seconds_making_the_list": 20.0, "list_mb": 250.0,
    }  # fmt: skip
    found = red_dwarf.ratios(ours, theirs)
    assert (found["times_faster"], found["times_faster_with_list"], found["times_faster_by_cpu"]) == (50, 60, 30)
    assert (found["part_of_memory"], found["part_of_memory_with_list"]) == (0.05, 0.04)
    assert found["part_of_whole_process_memory"] == 0.05


def test_without_red_dwarf_its_part_is_skipped_and_says_why(monkeypatch, capsys):
    def nowhere() -> str:
        raise NotThere("no network")

    monkeypatch.setattr(red_dwarf, "red_dwarf_python", nowhere)
    monkeypatch.setattr(red_dwarf, "measured", lambda *_, **__: {"seconds": 1.0})
    (entry,) = red_dwarf.measure(((50, 10, 0.5),))
    assert entry["red_dwarf"] == {"skipped": "red-dwarf is not there: skipped (no network)"}
    assert "ratios" not in entry
    assert "red-dwarf is not there" in capsys.readouterr().err


def test_an_environment_that_cannot_be_filled_gives_the_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(oracles, "RED_DWARF", str(tmp_path / "no-such-wheel-0-py3-none-any.whl"))
    monkeypatch.setattr(oracles.venv, "create", lambda place, **_: _link_python(place))
    with pytest.raises(NotThere, match=r"no-such-wheel"):
        red_dwarf_python(tmp_path / "apart")


def test_each_part_prints_one_json_object(monkeypatch, capsys):
    monkeypatch.setattr(bench, "PARTS", {"one": lambda quick: {"quick": quick}, "two": lambda quick: [2]})
    bench.main(["--quick", "one"])
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"part", "machine", "found"}
    assert (told["part"], told["found"]) == ("one", {"quick": True})


def test_a_part_that_is_not_there_is_named(capsys):
    with pytest.raises(SystemExit):
        bench.main(["nonsense"])
    assert "there is no part nonsense" in capsys.readouterr().err


def _link_python(place) -> None:
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").symlink_to(sys.executable)
