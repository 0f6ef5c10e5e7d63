"""Set-up: what it leaves out, what it does again, and what the front-end assets hold."""

import gzip
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import assets, setup

ROOT = Path(__file__).resolve().parent.parent.parent
VENDOR = ROOT / "app" / "static" / "vendor"


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "STATE", tmp_path)
    return tmp_path


def test_a_step_is_done_only_for_the_inputs_it_succeeded_with(state):
    assert not setup.is_done("assets", "first")
    setup.mark_done("assets", "first")
    assert setup.is_done("assets", "first")
    assert not setup.is_done("assets", "second")


def test_the_digest_changes_with_a_word_a_name_or_a_byte(tmp_path):
    file, other = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_text("one")
    other.write_text("one")
    seen = {setup.digest([file]), setup.digest([other]), setup.digest([file], "3.11")}
    file.write_text("two")
    seen.add(setup.digest([file]))
    assert len(seen) == 4


def test_an_environment_made_for_another_folder_is_not_whole(tmp_path, monkeypatch):
    commands = tmp_path / ".venv" / "bin"
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", commands / "python")
    assert not setup._environment_is_whole()
    commands.mkdir(parents=True)
    (commands / "python").touch()
    assert not setup._environment_is_whole(), "pip is missing: the making was interrupted"
    (commands / "pip").touch()
    assert setup._environment_is_whole()
    (commands / "folkmoot").write_text("#!/elsewhere/.venv/bin/python\n")
    assert not setup._environment_is_whole()
    (commands / "folkmoot").write_text(f"#!{commands}/python\n")
    assert setup._environment_is_whole()


def test_what_cannot_be_had_is_told_in_one_line_with_status_2(state, monkeypatch, capsys):
    def refuse(_dev):
        raise setup.SetupError("no such thing")

    monkeypatch.setattr(setup, "make_environment", refuse)
    assert setup.main([]) == 2
    assert capsys.readouterr().err == "set-up: no such thing\n"


def test_set_up_asks_for_nothing_but_the_standard_library():
    code = "import sys; sys.path.insert(0, 'tools'); import setup, assets"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_stylesheet_loses_remote_fonts_and_points_at_our_folder():
    css = "@font-face{font-family:F;src:url(https://assets.nhs.uk/f.woff2)}.a{background:url(/assets/images/i.svg)}"
    assert assets.own_css(css) == ".a{background:url(/static/vendor/nhsuk/assets/images/i.svg)}"


def test_a_stylesheet_that_still_asks_the_nhs_server_is_refused():
    with pytest.raises(SystemExit, match="another server"):
        assets.own_css(".a{background:url(https://assets.nhs.uk/i.svg)}")


def test_every_image_that_the_stylesheet_names_is_served():
    css = (VENDOR / "nhsuk" / "nhsuk-frontend.min.css").read_text()
    named = set(re.findall(r"/static/vendor/(nhsuk/assets/[\w./-]+)", css))
    assert [name for name in sorted(named) if not (VENDOR / name).is_file()] == []


def test_every_asset_that_compresses_has_its_compressed_copy():
    plain = [file for file in VENDOR.rglob("*") if file.suffix in {".css", ".js", ".svg"}]
    assert len(plain) >= 2
    for file in plain:
        assert gzip.decompress(file.with_name(file.name + ".gz").read_bytes()) == file.read_bytes()


@pytest.mark.parametrize("folder", ["nhsuk", "plotly"])
def test_each_asset_carries_the_terms_it_may_be_copied_under(folder):
    text = (VENDOR / folder / "LICENSE.txt").read_text()
    assert "Copyright" in text
    assert "Permission is hereby granted" in text
    assert "Folkmoot" not in text


def test_the_front_end_lock_holds_hashes_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    pinned = {name: entry for name, entry in packages.items() if name}
    assert len(pinned) == 3
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in pinned.values())
    wanted = json.loads((ROOT / "package.json").read_text())
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert pinned[f"node_modules/{name}"]["version"] == version


def _names(lines: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0].lower().replace("_", "-") for line in lines}


def test_each_dependency_is_pinned_in_the_requirements():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    run_time = _names(project["dependencies"] + extras["build"])
    for name, wanted in {
        "requirements.txt": run_time,
        "requirements-dev.txt": run_time | _names(extras["dev"]),
    }.items():
        pinned = _names(re.findall(r"^[\w.\-\[\]]+==", (ROOT / name).read_text(), flags=re.MULTILINE))
        assert wanted - pinned == set(), name


def test_ci_runs_lint_and_tests_and_stops_at_a_failure():
    script = ROOT / ".ci" / "run"
    text = script.read_text()
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in text
    assert "make lint" in text
    assert "make test" in text
