"""The command line: each command does its job, and bad input is one line with exit status 2."""

import json
import sqlite3
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from app.command_line import cli

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def folkmoot(folder: Path, *command: str, typed: str = "") -> Done:
    """Runs the command in this process on a data folder: starting a Python for each would take minutes."""
    ran = CliRunner().invoke(cli, command, env={"FOLKMOOT_DATA": str(folder)}, input=typed)
    trace = "".join(traceback.format_exception(ran.exception)) if _is_fault(ran.exception) else ""
    return Done(ran.exit_code, ran.stdout, ran.stderr + trace)


def _is_fault(error: BaseException | None) -> bool:
    return error is not None and not isinstance(error, SystemExit)


def write_export(folder: Path) -> Path:
    """A small Polis export: eight people, four statements, two ways of voting."""
    folder.mkdir()
    (folder / "comments.csv").write_text(
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        + "".join(f"{1000 + n},{n},0,0,0,1,Statement {n}\n" for n in range(4))
    )
    rows = [f"{2000 + p * 10 + s},{s},{p},{1 if (p < 4) == (s < 2) else -1}" for p in range(8) for s in range(4)]
    (folder / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n" + "\n".join(rows) + "\n")
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one imported dialogue."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    export = write_export(folder.parent / "export")
    done = folkmoot(folder, "import", "polis", str(export), "--title", "Small talk")
    assert done.returncode == 0, done.stderr
    return folder


def test_an_import_can_be_analysed_and_its_counts_are_written(data: Path, tmp_path: Path):
    done = folkmoot(data, "analyse", "Small talk", "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    rows = (tmp_path / "out" / "statements.csv").read_text().splitlines()
    assert len(rows) == 5
    assert json.loads((tmp_path / "out" / "snapshot.json").read_text())
    assert "equal" in folkmoot(data, "verify", "Small talk").stdout


def test_terms_are_written_as_word_and_html(data: Path, tmp_path: Path):
    for kind in ("docx", "html"):
        out = tmp_path / f"terms.{kind}"
        done = folkmoot(data, "export", "terms", "Small talk", "--format", kind, "--out", str(out))
        assert done.returncode == 0, done.stderr
        assert out.stat().st_size > 500
    assert any("Small talk" in paragraph.text for paragraph in Document(str(tmp_path / "terms.docx")).paragraphs)


def test_an_account_gets_its_role_and_no_password_is_printed_when_one_was_given(data: Path):
    command = ("user", "add", "ann@example.org", "--name", "Ann", "--role", "analyst", "--dialogue", "Small talk")
    done = folkmoot(data, *command, "--password-stdin", typed="a long enough pass phrase\n")
    assert done.returncode == 0, done.stderr
    assert "pass phrase" not in done.stdout
    roles = sqlite3.connect(data / "folkmoot.db").execute("SELECT role FROM membership").fetchall()
    assert roles == [("analyst",)]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("import", "polis", "nowhere", "--title", "X"), "nowhere"),
        (("analyse", "No such dialogue"), "no dialogue has this id or title"),
        (("export", "terms", "No such dialogue", "--out", "x.docx"), "no dialogue has this id or title"),
        (("export", "terms", "Small talk", "--out", "no/such/folder/x.docx"), "cannot write"),
        (("user", "add", "not-an-address", "--name", "N"), "e-mail"),
        (("user", "add", "a@example.org", "--name", "N", "--role", "analyst"), "--dialogue"),
        (("user", "add", "a@example.org", "--name", "N", "--role", "analyst", "--dialogue", "None"), "no dialogue"),
        (("serve", "--host", "256.1.1.1"), "cannot listen"),
        (("verify", "No such dialogue"), "no dialogue"),
        (("serve", "--port", "99999"), "port"),
        (("nonsense",), "nonsense"),
    ],
)
def test_bad_input_is_one_line_with_status_two_and_never_a_traceback(data: Path, command: tuple[str, ...], says: str):
    done = folkmoot(data, *command)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_export_has_one_line_a_problem_and_imports_nothing(data: Path, tmp_path: Path):
    export = write_export(tmp_path / "broken")
    (export / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n1,99,0,1\n2,0,0,7\n")
    done = folkmoot(data, "import", "polis", str(export), "--title", "Broken")
    assert done.returncode == 2
    lines = done.stderr.strip().splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("folkmoot: ") for line in lines)
    titles = sqlite3.connect(data / "folkmoot.db").execute("SELECT title FROM dialogue").fetchall()
    assert titles == [("Small talk",)]


def test_every_command_explains_itself(data: Path):
    for command in ((), ("serve",), ("demo",), ("user", "add"), ("import", "polis"), ("analyse",), ("export", "terms")):
        done = folkmoot(data, *command, "--help")
        assert done.returncode == 0
        assert "Usage:" in done.stdout


def test_the_command_works_as_a_process_too(tmp_path: Path):
    command = [sys.executable, "-m", "app.cli", "analyse", "Nothing"]
    environment = {"FOLKMOOT_DATA": str(tmp_path / "data"), "PATH": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "folkmoot: no dialogue has this id or title: Nothing\n")
