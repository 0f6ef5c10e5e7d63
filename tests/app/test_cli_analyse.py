"""`folkmoot analyse` on a folder: every file, byte for byte, against the published figures, and clear refusals."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.command_line import cli
from tests.shared_data import shared_folder

FILES = {
    "snapshot.json", "participants.csv", "statements.csv", "group_statements.csv", "representative.csv",
    "common_ground.csv", "slate.csv", "report.html",
}  # fmt: skip
FIELDS = {
    "pa": "p_agree", "pd": "p_disagree", "pat": "z_agree", "pdt": "z_disagree", "ra": "r_agree", "rd": "r_disagree",
    "rat": "zr_agree", "rdt": "zr_disagree",
}  # fmt: skip


def _run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["analyse", *map(str, words)])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _small(folder: Path, rows: str = "0,0,1,1\n1,0,1,-1\n") -> Path:
    folder.mkdir()
    (folder / "comments.csv").write_text("comment-id,comment-body,moderated\n0,=1+1 <b>&,1\n1,Second,1\n", "utf-8")
    (folder / "votes.csv").write_text("voter-id,comment-id,timestamp,vote\n" + rows, "utf-8")
    return folder


def _published_groups(name: str, to: Path) -> Path:
    rows = _rows(shared_folder(f"opinion/{name}") / "participants-votes.csv")
    lines = [f"{row['participant']},{row['group-id']}" for row in rows if row["group-id"]]
    to.write_text("\n".join(["participant,group", *lines, ""]), "utf-8")
    return to


@pytest.mark.parametrize("name", ["bg2050-volunteers", "brexit-consensus", "canadian-electoral-reform"])
def test_the_files_hold_the_published_figures_when_the_published_groups_are_given(name: str, tmp_path: Path) -> None:
    groups, out = _published_groups(name, tmp_path / "groups.csv"), tmp_path / "out"
    found = _run(shared_folder(f"opinion/{name}"), "--out", out, "--method", "polis", "--groups", groups)
    assert found.exit_code == 0, found.output
    path = shared_folder("opinion/reference") / f"{name}.published_labels.json"
    reference = json.loads(path.read_text(encoding="utf-8"))
    ids = [str(one) for one in reference["statement_ids"]]
    figures = {(row["group"], row["statement"]): row for row in _rows(out / "group_statements.csv")}
    for group, stats in reference["stats"].items():
        for j, one in enumerate(ids):
            row = figures[(group, one)]
            assert (int(row["agree"]), int(row["disagree"]), int(row["seen"])) == tuple(
                stats[key][j] for key in ("na", "nd", "ns")
            )
            for key, field in FIELDS.items():
                assert float(row[field]) == pytest.approx(stats[key][j], abs=1e-6)
        rows = [row for row in _rows(out / "representative.csv") if row["group"] == group]
        listed = [(row["statement"], row["direction"]) for row in rows]
        assert listed == [(str(one["tid"]), one["f"]) for one in reference["repness"][group]]
    consensus = {row["statement"]: float(row["consensus"]) for row in _rows(out / "statements.csv")}
    assert [consensus[one] for one in ids] == pytest.approx(reference["gac"], abs=1e-6)
    common = [row["statement"] for row in _rows(out / "common_ground.csv") if row["direction"] == "agree"]
    assert common == [str(one) for one in reference["consensus"]["agree"]]


def test_every_file_is_written_and_equal_byte_for_byte_whatever_the_order_of_rows(tmp_path: Path) -> None:
    source = shared_folder("opinion/15-per-hour-seattle")
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "comments.csv").write_bytes((source / "comments.csv").read_bytes())
    (mixed / "summary.csv").write_bytes((source / "summary.csv").read_bytes())
    people = (source / "participants-votes.csv").read_text("utf-8").splitlines(keepends=True)
    for folder, rows in ((mixed, [people[0], *reversed(people[1:])]), (tmp_path / "plain", people)):
        folder.mkdir(exist_ok=True)
        (folder / "participants-votes.csv").write_text("".join(rows), "utf-8")
        for name in ("comments.csv", "summary.csv"):
            (folder / name).write_bytes((source / name).read_bytes())
    for name in ("mixed", "plain"):
        assert _run(tmp_path / name, "--out", tmp_path / f"{name}-out", "--seed", 3).exit_code == 0
    one, other = tmp_path / "mixed-out", tmp_path / "plain-out"
    assert {path.name for path in one.iterdir()} == FILES
    assert {name for name in FILES if (one / name).read_bytes() != (other / name).read_bytes()} == set()
    structure = json.loads((one / "snapshot.json").read_text("utf-8"))["structure"]
    assert (structure["groups"], structure["verdict"]) == (1, "axis_only")


def test_texts_are_escaped_in_the_report_and_are_no_formulas_in_the_tables(tmp_path: Path) -> None:
    assert _run(_small(tmp_path / "in"), "--out", tmp_path / "out").exit_code == 0
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "=1+1 &lt;b&gt;&amp;" in page
    ours = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"(src|href)=|https?:|@import", ours)
    assert _rows(tmp_path / "out" / "statements.csv")[0]["text"] == "'=1+1 <b>&"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"participant,group\n9,a\n", "has not voted here"),
        (b"participant,group\n0,a\n0,b\n", "was named before"),
        (b"participant,group\n0,\n", "group is blank"),
        (b"person,group\n0,a\n", "column participant is missing"),
        (b"participant,group\n\xff,a\n", "is not UTF-8"),
        (None, "is missing"),
    ],
)
def test_a_bad_groups_file_is_refused_in_one_line_and_nothing_is_written(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    groups = tmp_path / "groups.csv"
    if content is not None:
        groups.write_bytes(content)
    found = _run(_small(tmp_path / "in"), "--out", tmp_path / "out", "--groups", groups)
    assert (found.exit_code, said in found.output) == (2, True), found.output
    assert not (tmp_path / "out").exists()


def test_bad_sources_and_places_are_refused_with_status_two(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", "utf-8")
    folder = _small(tmp_path / "in")
    for words, said in (
        ((tmp_path / "nowhere", "--out", tmp_path / "out"), "there is no such folder"),
        ((folder,), "needs --out"),
        ((folder, "--out", taken), "cannot write to"),
        ((folder, "--out", tmp_path / "out", "--seed", "x"), "not a valid integer"),
        ((_small(tmp_path / "bad", "0,0,1,7\n"), "--out", tmp_path / "out"), "not one of -1, 0, 1"),
    ):
        found = _run(*words)
        assert (found.exit_code, said in found.output, "Traceback" in found.output) == (2, True, False), found.output


def test_other_files_in_the_folder_stay_and_none_is_left_half_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "slate.csv").mkdir(parents=True)
    (out / "mine.txt").write_text("keep", "utf-8")
    assert _run(_small(tmp_path / "in"), "--out", out).exit_code == 2
    assert {path.name for path in out.iterdir()} == {"slate.csv", "mine.txt"}
