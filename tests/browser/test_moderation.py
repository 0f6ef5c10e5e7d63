"""A moderator clears 200 statements with the keyboard alone, by plain posts."""

import pytest
from playwright.sync_api import Page

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.moderation import ModerationDecision
from app.models.voting import Statement
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.roles import Role
from deliberation.voting import Origin
from tests.browser.conftest import axe_violations, sideways_scroll

pytestmark = pytest.mark.browser
EACH = 10
"""One in ten is passed over with N first, one in ten is refused."""


def _fill(living, many: int) -> str:
    with living.app.app_context(), transaction() as session:
        dialogue = session.get_one(Dialogue, living.dialogue_id)
        session.add_all(
            Statement(
                dialogue_id=dialogue.id, number=5_000 + number, text=f"Waiting statement number {number}.",
                origin=Origin.PARTICIPANT, stage_id=living.stage_ids["vote"],
            )
            for number in range(many)
        )  # fmt: skip
        return f"{living.server.address}/d/{dialogue.public_id}/moderation?only=statement"


def _press(page: Page, *keys: str) -> None:
    """Presses keys, the last of which leads to another page."""
    page.evaluate("window.samePage = true")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function("() => !window.samePage && document.readyState === 'complete'")


def _words(page: Page) -> str:
    return page.locator("#words").inner_text().strip()


@pytest.mark.parametrize("many", [200])
def test_a_moderator_clears_a_queue_with_the_keyboard(living, open_page, many):
    address = _fill(living, many)
    watched = open_page(1280, address=living.server.address)
    page = watched.page
    living.staff(page, Role.FACILITATOR)
    page.goto(address)
    assert axe_violations(page) == []
    for turn in range(many - many // EACH):
        if turn % (EACH - 1) == 0:
            _press(page, "n")
        if turn % EACH == 3:
            _press(page, "r", "3")
        else:
            _press(page, "a")
    assert "You have come to the end." in page.locator("main").inner_text()
    _press(page, "n")
    assert page.evaluate("document.activeElement.matches('article[data-item]')"), "the words have the focus"
    for _ in range(many // EACH):
        _press(page, "a")
    assert "Nobody is waiting for you." in page.locator("main").inner_text()
    with living.app.app_context():
        made = db.session.query(ModerationDecision).all()
        assert len(made) == many
        refused = [one for one in made if one.decision is Decision.REFUSE]
        assert {one.reason for one in refused} == {ReasonCode.UNCLEAR}
        assert len(refused) == len(range(3, many - many // EACH, EACH))
    assert living.count(Statement, state=WordState.WAITING, origin=Origin.PARTICIPANT) == 0
    _press(page, "u")
    assert _words(page).startswith("Waiting statement number")
    _press(page, "a")
    assert not watched.faults


def test_the_keys_are_off_while_somebody_types_and_can_be_switched_off(living, open_page):
    address = _fill_some(living)
    page = open_page(1280, address=living.server.address).page
    living.staff(page, Role.FACILITATOR)
    page.goto(address)
    before = _words(page)
    page.locator("#q").press_sequentially("au")
    page.locator("[data-keys-switch] button").click()
    page.locator("h1").click()
    page.keyboard.press("a")
    assert _words(page) == before
    assert page.locator("[data-keys]").is_hidden()
    page.reload()
    assert page.locator("[data-keys]").is_hidden()


def test_the_desk_works_without_javascript_on_a_narrow_screen(living, open_page):
    address = _fill_some(living)
    watched = open_page(320, scripts=False, address=living.server.address)
    page = watched.page
    living.staff(page, Role.FACILITATOR)
    page.goto(address)
    page.get_by_role("button", name="Show to everyone").click()
    assert "Everyone can see this now:" in page.locator("main").inner_text()
    page.get_by_role("link", name="As a list").click()
    assert sideways_scroll(page) == 0
    page.locator("input[name=words]").first.check()
    page.locator("#what").select_option("off_topic")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Decide about 1 contribution").click()
    assert "is not shown to everyone" in page.locator("main").inner_text()
    assert not watched.faults


def _fill_some(living) -> str:
    with living.app.app_context(), transaction() as session:
        dialogue = session.get_one(Dialogue, living.dialogue_id)
        last = session.query(Statement).filter_by(dialogue_id=dialogue.id).count()
        session.add_all(
            Statement(
                dialogue_id=dialogue.id, number=9_000 + last + n, text="Some more words.", origin=Origin.PARTICIPANT
            )
            for n in range(3)
        )
        return f"{living.server.address}/d/{dialogue.public_id}/moderation?only=statement"
