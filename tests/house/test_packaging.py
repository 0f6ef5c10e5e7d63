"""The wheel holds everything that a server needs, and the Plotly bundle is the one that plotly means."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> set[str]:
    """Names in a wheel built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


@pytest.mark.parametrize(
    "name",
    [
        "app/static/vendor/nhsuk/nhsuk-frontend.min.css",
        "app/static/vendor/nhsuk/nhsuk-frontend.min.css.gz",
        "app/static/vendor/nhsuk/LICENSE.txt",
        "app/static/vendor/plotly/plotly-basic.min.js",
        "app/static/vendor/plotly/LICENSE.txt",
        "app/static/own/folkmoot.css",
        "app/templates/layouts/page.html",
        "app/kits/national-medical-imaging/kit.yaml",
        "app/migrations/env.py",
        "app/migrations/versions/0001_first_schema.py",
        "app/translations/cy/LC_MESSAGES/messages.mo",
        "deliberation/roles.py",
        "surveys/__init__.py",
        "analysis/pipeline.py",
    ],
)
def test_the_wheel_holds(names, name):
    assert name in names


def test_the_wheel_holds_no_tests_and_no_pictures(names):
    assert not [name for name in names if name.startswith(("tests/", "docs/", "node_modules/"))]


def test_the_plotly_bundle_is_the_version_that_plotly_writes_for():
    pinned = json.loads((ROOT / "package.json").read_text())["dependencies"]["plotly.js-basic-dist-min"]
    assert pinned == get_plotlyjs_version()


def test_the_stylesheet_asks_no_other_server():
    css = (ROOT / "app/static/vendor/nhsuk/nhsuk-frontend.min.css").read_text()
    assert "://" not in css.replace("http://www.w3.org", "")
    assert "@font-face" not in css
