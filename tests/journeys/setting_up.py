"""Act one: accounts, a dialogue from the kit, its staff, its roll, and a link for each person."""

import re

from tests.browser.conftest import start_server
from tests.journeys.commands import folkmoot
from tests.journeys.story import PANEL, PASSWORD, STAFF, Story
from tests.journeys.visitors import Visitor

KIT = "national-medical-imaging"


def staff_get_accounts(story: Story) -> None:
    """On an empty folder, by command; passwords come from standard input."""
    for role, name in STAFF.items():
        more = ["--creates"] if role == "facilitator" else []
        typed = f"{PASSWORD} {name}\n"
        printed = folkmoot(
            story.folder, "user", "add", _email(role), "--name", name, "--password-stdin", *more, typed=typed
        )
        assert f"Added {_email(role)}" in printed
        assert PASSWORD not in printed


def the_server_starts(story: Story) -> None:
    """`folkmoot serve` on a free port."""
    story.server = start_server(story.folder, "serve", "--port", "0")


def staff_sign_in(story: Story, role: str) -> Visitor:
    """With e-mail and password."""
    visitor = story.arrives(role)
    visitor.opens("/sign-in")
    visitor.fills("email", _email(role))
    visitor.fills("password", f"{PASSWORD} {STAFF[role]}")
    visitor.presses("Sign in")
    return visitor


def the_facilitator_makes_the_dialogue(story: Story) -> None:
    """From the kit, for a panel."""
    facilitator = staff_sign_in(story, "facilitator")
    facilitator.opens("/dialogues/new")
    facilitator.picks("kit", KIT)
    facilitator.picks("mode", "panel")
    facilitator.sends("/dialogues/new")
    found = re.search(r"/d/([0-9a-f-]{36})$", facilitator.page.url)
    assert found, facilitator.page.url
    story.dialogue = f"/d/{found.group(1)}"
    assert facilitator.heading == "National medical imaging data: how should access be granted for AI?"


def staff_get_their_roles(story: Story) -> None:
    """The analyst and the commissioner."""
    facilitator = story.people["facilitator"]
    for role in ("analyst", "commissioner"):
        facilitator.opens(f"{story.dialogue}/staff")
        facilitator.fills("email", _email(role))
        facilitator.page.locator("main select[name=role]").select_option(role)
        facilitator.sends("/staff")
        facilitator.sees(STAFF[role])
        staff_sign_in(story, role)
        story.people[role].opens(story.dialogue)


def people_are_put_on_the_roll(story: Story) -> None:
    """One by hand, three from a pasted list; each gets a personal link that is shown once."""
    facilitator = story.people["facilitator"]
    facilitator.opens(f"{story.dialogue}/people")
    facilitator.fills("name", PANEL[0])
    facilitator.sends("/people")
    facilitator.opens(f"{story.dialogue}/people/many")
    facilitator.fills("lines", "\n".join(f"{name}, person{n}@example.org" for n, name in enumerate(PANEL[1:], 2)))
    facilitator.sends("/people/many")
    for name in PANEL:
        facilitator.opens(f"{story.dialogue}/people")
        facilitator.presses(f"Issue link ({name})")
        story.links[name] = facilitator.page.locator("#link").input_value()
        assert "/join/" in story.links[name]
    facilitator.opens(f"{story.dialogue}/people")
    facilitator.sees("0 of 4 people have joined")


def move_stage(story: Story, stage: str, move: str) -> None:
    """The facilitator presses Open, Close ... beside a stage (or "session 2")."""
    facilitator = story.people["facilitator"]
    facilitator.opens(f"{story.dialogue}/sessions")
    facilitator.presses(re.compile(rf"^{move}\W+{re.escape(stage)}$"))
    facilitator.sees("is now")


def _email(role: str) -> str:
    return f"{role}@example.org"
