"""A real Chromium, a real server with the example dialogue, and axe."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.browser.living import Living, build
from tools.setup import find_browser

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass
class RunningServer:
    """A server started by the tests; `links` are its sign-in links by role word."""

    address: str
    folder: Path
    process: subprocess.Popen[str]
    links: dict[str, str] = field(default_factory=dict)


def start_server(folder: Path, *command: str, extra: dict[str, str] | None = None) -> RunningServer:
    """Starts `folkmoot <command>` on `folder` and waits until it has printed its address.

    What it says on standard error goes to `server.log` in the folder.
    """
    environment = {**os.environ, "FOLKMOOT_DATA": str(folder), "PYTHONUNBUFFERED": "1", **(extra or {})}
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "server.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *command],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    printed: list[str] = []
    address = ""
    assert process.stdout is not None
    for line in process.stdout:
        printed.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        address = address or (found.group() if found else "")
        if "Ctrl-C" in line:
            break
    assert address, "the server printed no address:\n" + "".join(printed) + (folder / "server.log").read_text()
    links = {}
    for line in printed:
        link = re.match(r"\s*(\w[\w ]*?)\s{2,}(http://\S+/demo/\S+)", line)
        if link:
            links[link.group(1).strip().lower().replace(" ", "_")] = link.group(2)
    return RunningServer(address, folder, process, links)


def stop_server(server: RunningServer) -> None:
    """Stops a server that `start_server` started, and its job process with it."""
    server.process.terminate()
    try:
        server.process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    if server.process.stdout is not None:
        server.process.stdout.close()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One scratch folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def demo_folder(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example dialogue, loaded once for all workers of this run and copied for each."""
    loaded = shared_folder / "demo-loaded"
    with (shared_folder / "demo.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (loaded / "done").exists():
            shutil.rmtree(loaded, ignore_errors=True)
            done = subprocess.run(
                [sys.executable, "-m", "app.cli", "demo"],
                cwd=ROOT, env={**os.environ, "FOLKMOOT_DATA": str(loaded)}, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            (loaded / "done").write_text("yes")
    mine = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(loaded, mine)
    return mine


@pytest.fixture(scope="session")
def demo_server(demo_folder: Path) -> Iterator[RunningServer]:
    """The example dialogue, served."""
    server = start_server(demo_folder, "demo", "--serve", "--port", "0")
    yield server
    stop_server(server)


_RUNNING: list[Browser] = []
"""The browser of this run, once it is there: tests/journeys uses these fixtures too, and there is only one."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run, whichever folder asks first."""
    if _RUNNING:
        yield _RUNNING[0]
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=QUIET)
        _RUNNING.append(browser)
        yield browser
        _RUNNING.clear()
        browser.close()


@pytest.fixture(scope="session")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """A dialogue that is going on, with one open stage of each kind, served."""
    made = build(tmp_path_factory.mktemp("living") / "data", start_server)
    yield made
    stop_server(made.server)


@dataclass
class Watched:
    """A page whose console, violations of the content policy, and requests to others are noted."""

    page: Page
    faults: list[str] = field(default_factory=list)
    replies: list[Response] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """Bytes of all bodies as they were transferred (compressed as they came) since `replies` was emptied."""
        return sum(int(reply.request.sizes()["responseBodySize"]) for reply in self.replies)


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens a page in a fresh context: `open_page(width=375, scripts=False)`."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 900, *, scripts: bool = True, address: str = "") -> Watched:
        watched = open_in(chromium, width, height, scripts=scripts, address=address)
        contexts.append(watched.page.context)
        return watched

    yield make
    for context in contexts:
        context.close()


def open_in(
    browser: Browser, width: int = 1280, height: int = 900, *, scripts: bool = True, address: str = ""
) -> Watched:
    """A page in a new context of the browser; whoever opens it closes the context."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="en-GB"
    )
    watched = Watched(context.new_page())
    watch(watched, address)
    return watched


def watch(watched: Watched, address: str) -> None:
    """Notes script errors, refusals by the content policy, and any request that leaves our address."""
    page = watched.page
    page.on("pageerror", lambda error: watched.faults.append(f"script: {error}"))

    def said(message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            watched.faults.append(f"console: {message.text}")

    def asked(request: Any) -> None:
        if address and not request.url.startswith((address, "data:", "blob:")):
            watched.faults.append(f"third party: {request.url}")

    def answered(response: Response) -> None:
        watched.replies.append(response)
        if response.status >= 500:
            watched.faults.append(f"server: {response.status} at {response.request.method} {response.url}")

    page.on("console", said)
    page.on("request", asked)
    page.on("response", answered)


_WITH_AXE: WeakSet[BrowserContext] = WeakSet()
"""Contexts whose later pages bring axe along: sending half a megabyte to each page takes longer than axe itself."""
_LOOK = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(found =>
  found.violations.flatMap(one => one.nodes.map(node =>
    `${one.id} (${one.impact}): ${node.html.slice(0, 160)} | ${node.failureSummary.slice(0, 200)}`)))"""
"""Only violations come back: what passed is three times as much to send as to find."""


def bring_axe(context: BrowserContext) -> None:
    """The pages that are opened in this context from now on bring axe along."""
    if context not in _WITH_AXE:
        _WITH_AXE.add(context)
        context.add_init_script(path=AXE)


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands: one line for each element, empty when nothing."""
    bring_axe(page.context)
    if not page.evaluate("() => typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text())
    return list(page.evaluate(_LOOK, TAGS))


def sideways_scroll(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def sign_in(page: Page, link: str) -> None:
    """Opens a printed sign-in link and presses its one button."""
    page.goto(link)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def wait_until(check: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Asks again and again until `check` is true; says whether it became so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.1)
    return check()
