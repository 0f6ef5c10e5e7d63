"""The house rules of docs: sizes, words, escaping, addresses."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from app.config import read_settings
from app.db import Base
from app.factory import create_app
from deliberation.roles import Action, Role, roles_that_may

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("app", "deliberation", "surveys", "analysis", "tools", "bench")
MACHINE_PATHS = re.compile(
    r"(^|[^A-Za-z0-9._~-])/(work|farm|root|tmp/bash_jobs|opt/wheels)/"
    r'|"resolved": *"https?:|https?://[^ ]*/(simple|packages)/'
)


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows (or would take), by pattern."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_no_python_file_is_longer_than_four_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked("*.py")
        if "migrations/versions" not in str(path) and (count := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_every_module_says_its_one_job_in_its_first_line():
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked(*(f"{folder}/*.py" for folder in FOLDERS))
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent


def test_text_becomes_markup_in_one_module_only():
    pattern = re.compile(r"\|\s*safe\b|Markup\(|autoescape\s*(=\s*False|false)")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("app/*.py", "templates/*.html", "analysis/*.py")
        if pattern.search(path.read_text()) and path.name != "sanitise.py"
    ]
    assert not found


def test_no_template_holds_script_or_style_of_its_own():
    pattern = re.compile(r"<script(?![^>]*(src=|application/json))|<style|\sstyle=|\son(click|load|change|submit)=")
    found = [str(p.relative_to(ROOT)) for p in tracked("templates/*.html") if pattern.search(p.read_text())]
    assert not found


def test_requirements_hold_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, flags=re.MULTILINE | re.IGNORECASE)
        assert len(pinned) > 20
        assert text.count("--hash=sha256:") >= len(pinned)


def test_no_tracked_file_names_a_machine_path_or_a_registry():
    found = []
    for path in tracked():
        if path.suffix in {".png", ".ico"} or path.name == "test_house.py":
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if MACHINE_PATHS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert not found


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start = lines.index("dependencies = [")
    block = lines[start + 1 : lines.index("]", start)]
    assert block
    assert not [line for line in block if "#" not in line]


def test_every_make_target_is_listed_with_a_line_of_help():
    text = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z]+):", text, flags=re.MULTILINE)
    helped = re.findall(r"^([a-z]+):.*## ", text, flags=re.MULTILINE)
    assert set(targets) == set(helped) >= {"run", "test", "lint", "bench", "docs", "nightly"}


def test_commands_that_the_readme_names_exist():
    readme = (ROOT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", readme)) <= targets
    assert {"run", "test"} <= set(re.findall(r"\bmake ([a-z]+)", readme))


def test_every_folkmoot_command_is_in_the_readme():
    from_cli = subprocess.run(
        [str(ROOT / ".venv/bin/python"), "-c", "from app.command_line import cli; print(*cli.commands)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    readme = (ROOT / "README.md").read_text()
    assert [name for name in from_cli if f"folkmoot {name}" not in readme] == []


def test_the_glossary_explains_every_table_and_role():
    glossary = (ROOT / "docs" / "glossary.md").read_text().lower()
    words = {table.name.replace("_", " ") for table in Base.metadata.sorted_tables} | {
        role.value.replace("_", " ") for role in Role
    }
    assert [word for word in sorted(words) if word not in glossary] == []


def test_the_access_table_in_docs_is_the_one_in_the_code():
    text = (ROOT / "docs" / "access.md").read_text()
    for action in Action:
        row = next((line for line in text.splitlines() if line.startswith(f"| {action.value} |")), "")
        marked = {role for role, cell in zip(Role, row.split("|")[2:], strict=False) if "x" in cell}
        assert marked == roles_that_may(action), action


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    app = create_app(read_settings({"FOLKMOOT_DATA": str(tmp_path_factory.mktemp("routes"))}).for_tests())
    return app


def test_every_route_has_an_audience(routes):
    undeclared = [
        rule.endpoint
        for rule in routes.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(routes.view_functions[rule.endpoint], "audience")
    ]
    assert not undeclared


def test_every_id_in_an_address_is_a_uuid(routes):
    loose = [
        rule.rule
        for rule in routes.url_map.iter_rules()
        for name in rule.arguments
        if name.endswith("_id") and f"<uuid:{name}>" not in rule.rule
    ]
    assert not loose


def test_no_function_hides_an_import():
    hidden = []
    for path in tracked(*(f"{folder}/*.py" for folder in FOLDERS)):
        for scope in ast.walk(ast.parse(path.read_text())):
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = (node for node in ast.walk(scope) if isinstance(node, ast.Import | ast.ImportFrom))
                hidden += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in inside]
    assert not hidden


def test_every_import_contract_is_kept():
    command = [str(ROOT / ".venv/bin/lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
