"""Takes pictures of the main pages from the running example, at phone and desktop width, into docs/pictures."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import RunningServer, sign_in, start_server, stop_server
from tools.setup import find_browser

OUT = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDTHS = (375, 1280)

HOME = ("/dialogues", "first:main a[href*='/d/']")
COMPARE = ("link:What do you think of each one?", "link:A committee of experts and patients")
PICTURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("next", "participant", ("/me",)),
    ("vote", "participant", ("/me", "first:main form button")),
    ("compare", "facilitator", (*HOME, "link:Preview as a participant", *COMPARE)),
    ("contributions", "participant", ("/me", "link:Your contributions")),
    ("dialogue-home", "facilitator", HOME),
    ("moderation", "facilitator", (*HOME, "link:Moderation")),
    ("report", "analyst", (*HOME, "link:Analysis", "first:main a[href*='/analysis/']")),
    ("finding", "analyst", (*HOME, "link:Findings", "first:main a[href*='/findings/0']")),
    ("terms", "commissioner", (*HOME, "link:Terms of Reference")),
    ("walk-back", "commissioner", (*HOME, "link:Terms of Reference", "third:main a[href*='walk-back']")),
)
"""Name, role, and the way to the page: an address, `link:words`, `first:selector` or `third:selector`."""


@contextmanager
def example() -> Iterator[RunningServer]:
    """The example dialogue on a scratch folder."""
    with tempfile.TemporaryDirectory() as scratch:
        server = start_server(Path(scratch) / "data", "demo", "--serve", "--port", "0")
        try:
            yield server
        finally:
            stop_server(server)


def walk(page: Page, base: str, steps: tuple[str, ...]) -> None:
    """Follows the steps from wherever the page is."""
    for step in steps:
        kind, _, rest = step.partition(":")
        if step.startswith("/"):
            page.goto(base + step)
        elif kind == "link":
            page.get_by_role("link", name=rest, exact=True).first.click()
        elif kind == "first":
            page.locator(rest).first.click()
        elif kind == "third":
            page.locator(rest).nth(2).click()
        page.wait_for_load_state("networkidle")


def take(browser: Browser, server: RunningServer) -> int:
    """All pictures; returns how many."""
    OUT.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, role, steps in PICTURES:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        page = context.new_page()
        sign_in(page, server.links[role])
        walk(page, server.address, steps)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 812 if width < 500 else 900})
            page.wait_for_timeout(300)
            page.screenshot(path=str(OUT / f"{name}-{width}.png"), full_page=width < 500)
            count += 1
        context.close()
    return count


def main() -> int:
    """Starts the example, takes the pictures, stops it."""
    with example() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--disable-dev-shm-usage"])
        count = take(browser, server)
        browser.close()
    print(f"{count} pictures in docs/pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
