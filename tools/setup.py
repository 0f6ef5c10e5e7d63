"""Makes this checkout ready to run or to test, on a new machine too. Standard library only.

    python3 tools/setup.py          what `make run` needs
    python3 tools/setup.py --dev    what `make test` needs as well: tools, a browser

Safe to run again and again, and twice at the same time: a file lock lets one work while the other waits.
A step is left out when what it depends on has not changed since it last succeeded.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".setup"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FONT = "fonts-wqy-microhei"


class SetupError(Exception):
    """One line for the person at the terminal."""


def say(words: str) -> None:
    """One line of progress."""
    print(f"set-up: {words}", flush=True)


def run(*command: str, why: str) -> None:
    """Runs a command quietly; shows what it printed only when it fails."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(done.stdout[-4000:], file=sys.stderr)
        raise SetupError(why)


def digest(files: Iterable[Path], *words: str) -> str:
    """SHA-256, hex, of words and of files' bytes."""
    found = hashlib.sha256("\n".join(words).encode())
    for file in sorted(files):
        found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def is_done(step: str, wanted: str) -> bool:
    """Whether the step last succeeded with exactly these inputs."""
    stamp = STATE / step
    return stamp.exists() and stamp.read_text() == wanted


def mark_done(step: str, inputs: str) -> None:
    """Remembers that the step succeeded."""
    (STATE / step).write_text(inputs)


def make_environment(dev: bool) -> None:
    """The virtual environment and the packages of the hashed requirements file."""
    if sys.version_info < (3, 11):  # noqa: UP036 (an older one may well be what is installed)
        raise SetupError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if not _environment_is_whole():
        say("making a virtual environment")
        for stamp in STATE.glob("packages*"):
            stamp.unlink()
        try:
            venv.create(VENV, with_pip=True, clear=VENV.exists())
        except (OSError, subprocess.CalledProcessError) as error:
            raise SetupError(f"no virtual environment could be made (is python3-venv installed?): {error}") from error
    name = "requirements-dev.txt" if dev else "requirements.txt"
    wanted = digest([ROOT / name, ROOT / "pyproject.toml"], sys.version)
    if is_done("packages-dev", digest([ROOT / "requirements-dev.txt", ROOT / "pyproject.toml"], sys.version)):
        return  # the development set holds all of the other
    step = "packages-dev" if dev else "packages"
    if is_done(step, wanted):
        return
    say("installing Python packages (a minute or two the first time)")
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run(*pip, "--require-hashes", "-r", str(ROOT / name), why="the Python packages could not be installed")
    run(*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT), why="Folkmoot itself could not be installed")
    mark_done(step, wanted)


def _environment_is_whole() -> bool:
    """Whether .venv was made to its end, and for this folder: its commands name the folder they were made in."""
    if not (PYTHON.exists() and (VENV / "bin" / "pip").exists()):
        return False
    command = VENV / "bin" / "folkmoot"
    return not command.exists() or str(VENV) in command.read_text(errors="replace")


def fetch_assets() -> None:
    """Front-end assets, from npm, pinned by the lock file."""
    wanted = digest([ROOT / "package-lock.json", ROOT / "tools" / "assets.py"])
    present = (ROOT / "app" / "static" / "vendor" / "nhsuk" / "nhsuk-frontend.min.css").exists()
    if is_done("assets", wanted) and present and (ROOT / "tests" / "vendor" / "axe.min.js").exists():
        return
    say("fetching front-end assets")
    run(str(PYTHON), "tools/assets.py", why="the front-end assets could not be fetched")
    mark_done("assets", wanted)


def compile_languages() -> None:
    """Catalogues of translations, from their sources."""
    folder = ROOT / "app" / "translations"
    sources = list(folder.rglob("*.po"))
    if not sources:
        return
    wanted = digest(sources)
    if is_done("languages", wanted) and all(source.with_suffix(".mo").exists() for source in sources):
        return
    run(
        str(PYTHON), "-m", "babel.messages.frontend", "compile", "-d", str(folder),
        why="the translations could not be compiled",
    )  # fmt: skip
    mark_done("languages", wanted)


SHELL = "chromium-headless-shell"
"""Chromium without a window: a page costs it two thirds of what it costs the whole one."""


def install_browser() -> None:
    """A Chromium for the browser tests, and a font with Chinese for the pictures, where we may install them."""
    named = os.environ.get("FOLKMOOT_CHROMIUM")
    wanted = [] if named else [name for name in (SHELL, FONT) if not (shutil.which(name) or _is_font_there(name))]
    may_install = os.geteuid() == 0 and shutil.which("apt-get")
    tried = find_browser() and is_done("browser", " ".join(wanted))
    if wanted and may_install and not tried:
        say("installing Chromium and a font for the browser tests")
        _apt("update", "-qq")
        for name in wanted:
            _apt("install", "-y", "-qq", name)
        if not find_browser():  # older systems have the whole one alone
            _apt("install", "-y", "-qq", "chromium")
        mark_done("browser", " ".join(wanted))
    if not find_browser():
        say("fetching Playwright's Chromium")
        run(
            str(PYTHON), "-m", "playwright", "install", "chromium",
            why="no Chromium: install one, or put its path in FOLKMOOT_CHROMIUM",
        )  # fmt: skip


def _is_font_there(name: str) -> bool:
    return name == FONT and _has_chinese()


def _apt(*command: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", *command], env=quiet, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)


def find_browser() -> str | None:
    """A Chromium that the tests will find too (tests/browser/conftest.py looks in the same places)."""
    named = os.environ.get("FOLKMOOT_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    for name in (SHELL, "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    fetched = (
        path for name in ("*headless_shell", "*headless-shell", "chrome") for path in cache.glob(f"chromium*/**/{name}")
    )
    return next((str(path) for path in fetched if path.is_file()), None)


def _has_chinese() -> bool:
    lister = shutil.which("fc-list")
    if not lister:
        return True  # nothing can be asked; the pictures will show it
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, text=True).stdout.strip())


def main(arguments: list[str]) -> int:
    """All steps, under the lock."""
    dev = "--dev" in arguments
    STATE.mkdir(exist_ok=True)
    with (STATE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work here; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            make_environment(dev)
            fetch_assets()
            compile_languages()
            if dev:
                install_browser()
        except (SetupError, OSError) as error:
            print(f"set-up: {error}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
