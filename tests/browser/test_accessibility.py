"""Every page that a role can reach by links: axe, sideways scroll, content policy, no third party."""

import hashlib
import re
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from deliberation.roles import Role
from tests.browser.conftest import axe_violations, sideways_scroll, sign_in

pytestmark = pytest.mark.browser
WIDTHS = (320, 1280)
ENOUGH = 70
SAME_FOR_ALL = ("/methods", "/help", "/accessibility", "/pause")
"""Pages without a role: walked once, by the analyst."""
OWN = re.compile(r'name="(?:csrf_token|client_key)"[^>]*>|nonce="[^"]*"|\d\d:\d\d')
"""What differs each time a page is drawn."""
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/questions/)[a-z0-9_]+(?=/)")
LEAVE_OUT = re.compile(r"\.(docx|pdf|csv|json|css|js|svg|png)$|/export|/demo/|format=|download|^mailto:|/static/")


def shape_of(address: str, base: str) -> str:
    """An address with ids and queries taken out: one page of each shape is enough."""
    return IDS.sub("*", address.removeprefix(base).split("#")[0].split("?")[0])


class SeenBefore:
    """What every worker of this run has looked at already: many pages are the same for several roles."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "looked-at.txt"

    def holds(self, text: str) -> bool:
        """Whether this text was there before; from now on it is."""
        digest = hashlib.sha256(text.encode()).hexdigest() + "\n"
        with self._path.open("a+") as kept:
            flock(kept, LOCK_EX)
            kept.seek(0)
            if digest in kept.readlines():
                return True
            kept.write(digest)
            return False


@pytest.fixture(scope="session")
def seen_before(shared_folder: Path) -> SeenBefore:
    return SeenBefore(shared_folder)


def links_on(page, base: str) -> list[str]:
    """Addresses of our own that the page links to."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return [link.split("#")[0] for link in found if link.startswith(base) and not LEAVE_OUT.search(link)]


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_page_of_a_role_has_no_violation_at_phone_and_desktop_width(role, demo_server, open_page, seen_before):
    base = demo_server.address
    watched = open_page(1280, address=base)
    page = watched.page
    sign_in(page, demo_server.links[role])
    waiting, seen, problems, looked = [page.url], set(), [], 0
    while waiting and len(seen) < ENOUGH:
        address = waiting.pop(0)
        shape = shape_of(address, base)
        if shape in seen or (role != "analyst" and shape.startswith(SAME_FOR_ALL)):
            continue
        seen.add(shape)
        reply = page.goto(address)
        if reply is None or reply.status >= 400:
            problems.append(f"{shape}: status {reply.status if reply else 'none'}")
            continue
        waiting += [link for link in links_on(page, base) if shape_of(link, base) not in seen]
        # around the main part stands what is on each page of this role: it was looked at with the first one
        if len(seen) > 1 and seen_before.holds(OWN.sub("", page.locator("main").inner_html())):
            continue
        looked += 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            problems += [f"{shape} at {width}: {line}" for line in axe_violations(page)]
            if sideways_scroll(page) > 0:
                problems.append(f"{shape} at {width}: scrolls sideways by {sideways_scroll(page)}")
    problems += watched.faults
    assert not problems, f"{len(problems)} problems on {looked} of {len(seen)} pages of {role}:\n" + "\n".join(problems)
    assert len(seen) >= 3
    assert looked
