"""A participant's way: by keyboard alone, light, with nobody else asked, with and without script, and counted once."""

import re

import pytest
from playwright.sync_api import expect

from app.db import db
from app.models.comments import Comment
from app.models.dialogues import Stage
from app.models.voting import CurrentVote, Vote
from app.queries.stages import materials_of, models_of
from tests.browser.conftest import sideways_scroll, wait_until
from tests.browser.keyboard import Keyboard
from tests.browser.living import OPEN, Living

pytestmark = pytest.mark.browser
LIMIT = 50_000
"""Bytes of a whole page as transferred, style and script included."""


@pytest.fixture
def comes(living, open_page):
    """`comes(scripts=False)`: somebody new on a phone, consent given; returns what watches their page."""

    def make(*, scripts: bool = True, consented: bool = True):
        watched = open_page(375, 800, scripts=scripts, address=living.server.address)
        watched.person = living.participant(watched.page, consented=consented)
        return watched

    return make


def start(living: Living, page, stage: str) -> None:
    """Opens the page of a stage; in a vote stage asks for the first statement."""
    page.goto(living.server.address + living.stages[stage])
    if stage == "vote":
        page.get_by_role("button", name="Start voting").click()
        expect(page.locator("h1.fm-statement")).to_be_visible()


def test_the_whole_way_is_walked_with_the_keyboard_alone(living, comes):
    watched = comes(consented=False)
    keys = Keyboard(watched.page)
    base, path = living.server.address, living.path
    watched.page.goto(f"{base}{path}/before")
    keys.press("I have read this")
    keys.choose("Yes, I want to take part", name="choice")
    keys.press("Continue")
    keys.choose("", name="given")
    keys.press("Continue")
    assert watched.page.url.endswith("/next")
    keys.press("^Start$")
    keys.choose("", name="pair_use_for_ai")
    for _ in range(12):
        if not watched.page.get_by_role("button", name="Continue").count():
            break
        keys.press("Continue")
    keys.press("Send your answers")
    keys.press("^Start$")
    while watched.page.get_by_role("button", name="I have read this").count():
        keys.press("I have read this")
    watched.page.goto(base + living.stages["discuss"])
    keys.type("It would help to know who asks.", name="text")
    keys.press("^Send$")
    keys.press("Next question")
    keys.press("I am done with this part")
    start(living, watched.page, "vote")
    for words in ("^Agree$", "^Disagree$", "^Agree$"):
        keys.press(words)
    keys.press("^Pass$")
    keys.choose("not sure", name="reason")
    keys.press("Go on")
    keys.press("Undo last")
    keys.press("Say it in your words")
    keys.type("Tell us each year what was asked for and what was said.", name="text")
    keys.press("Continue")
    watched.page.goto(base + living.stages["compare"])
    keys.press("Go to the next idea")
    keys.choose("^Oppose$", name="rating")
    keys.press("Continue")
    keys.press("Your contributions")
    assert watched.page.locator("main").get_by_text("It would help to know who asks.").count() >= 1
    assert keys.unseen == []
    assert living.count(CurrentVote, participant_id=watched.person) == 3
    assert watched.faults == []


def test_a_focus_that_nobody_can_see_would_be_noticed(living, comes):
    watched = comes()
    watched.page.goto(living.server.address + living.path + "/next")
    keys = Keyboard(watched.page)
    keys.tab_to("Skip to main content")
    keys.tab_to("^Start$")
    assert keys.unseen == []
    watched.page.evaluate(
        "document.querySelectorAll('main button').forEach(button => {"
        " button.style.setProperty('outline', 'none', 'important');"
        " button.style.setProperty('box-shadow', 'none', 'important'); })"
    )
    keys.at()
    assert len(keys.unseen) == 1


def test_each_page_is_light_and_asks_nobody_else(living, open_page):
    seen, problems = {}, []
    for where in _pages(living):
        watched = open_page(375, address=living.server.address)
        living.participant(watched.page, consented="/before" not in where)
        reply = watched.page.goto(living.server.address + where, wait_until="load")
        if reply is None or reply.status != 200:
            problems.append(f"{where}: {reply.status if reply else 'nothing'}")
        seen[where] = watched.weight
        problems += [f"{where}: {fault}" for fault in watched.faults]
        if seen[where] >= LIMIT:
            problems.append(f"{where}: {seen[where]} bytes")
        for width in (375, 320):
            watched.page.set_viewport_size({"width": width, "height": 800})
            if sideways_scroll(watched.page) > 0:
                problems.append(f"{where} at {width}: scrolls sideways by {sideways_scroll(watched.page)}")
        watched.page.context.close()
    assert not problems, "\n".join(problems)
    assert all(weight > 5_000 for weight in seen.values()), "style and script were not weighed"


def _pages(living: Living) -> list[str]:
    """Addresses of every kind of page that a participant meets."""
    own = [living.path + end for end in ("/before", "/next", "/permissions", "/mine", "/leave", "/terms/published")]
    stages = list(living.stages.values())
    inside = [living.stages["survey"] + "/questions/1", living.stages["vote"] + "/statements"]
    inside += [living.stages["vote"] + "/say", living.stages["compare"] + "/combination"]
    with living.app.app_context():
        inside += _first_things(living)
    return [*own, *stages, *inside, "/join", "/return", "/pause", "/accessibility"]


def _first_things(living: Living) -> list[str]:
    """Texts, and the first model to read and to rate."""
    stage = {name: db.session.get_one(Stage, key) for name, key in living.stage_ids.items()}
    texts = materials_of(stage["learn"])
    cards, rated = models_of(stage["models"]), models_of(stage["compare"])
    return [
        *(f"{living.stages['learn']}/read/{one.public_id}" for one in texts),
        *(f"{living.stages['models']}/model/{one.public_id}" for one in cards[:2]),
        f"{living.stages['compare']}/compare/{rated[0].public_id}",
    ]


def test_a_vote_with_script_moves_the_focus_to_the_next_statement_and_says_so(living, comes):
    watched = comes()
    page = watched.page
    start(living, page, "vote")
    page.evaluate("window.sameDocument = true")
    first = page.locator("h1.fm-statement").inner_text()
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator("h1.fm-statement")).not_to_have_text(first)
    assert page.evaluate("window.sameDocument") is True
    assert page.evaluate("document.activeElement.matches('h1.fm-statement')") is True
    assert page.evaluate("document.activeElement.innerText") == page.locator("h1.fm-statement").inner_text()
    expect(page.locator("#vote-said")).to_contain_text("2 of 5")
    assert living.count(CurrentVote, participant_id=watched.person) == 1
    assert watched.faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_pressing_twice_counts_once(living, comes, scripts):
    watched = comes(scripts=scripts)
    page = watched.page
    start(living, page, "vote")
    first = page.locator("h1.fm-statement").inner_text()
    page.get_by_role("button", name="Agree", exact=True).dblclick()
    expect(page.locator("h1.fm-statement")).not_to_have_text(first)
    page.goto(living.server.address + living.stages["discuss"])
    page.locator("[name=text]").fill("Once is enough.")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.locator("main")).to_contain_text("Once is enough.")
    assert wait_until(lambda: living.count(Comment, author_id=watched.person) == 1, 5)
    assert living.count(Vote, participant_id=watched.person) == 1


def test_a_slow_double_click_is_no_vote_on_the_next_statement(living, comes):
    watched = comes()
    page = watched.page
    start(living, page, "vote")
    first = page.locator("h1.fm-statement").inner_text()
    button = page.get_by_role("button", name="Agree", exact=True)
    button.click()
    expect(page.locator("h1.fm-statement")).not_to_have_text(first)
    second = page.locator("h1.fm-statement").inner_text()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    button.hover()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(300)
    assert sent == []
    assert page.locator("h1.fm-statement").inner_text() == second
    assert living.count(Vote, participant_id=watched.person) == 1
    button.click()
    expect(page.locator("h1.fm-statement")).not_to_have_text(second)


@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_and_sending_again_counts_once(living, comes, scripts):
    watched = comes(scripts=scripts)
    page = watched.page
    page.goto(living.server.address + living.stages["discuss"] + "?at=1")
    page.locator("[name=text]").fill("I said this before.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("Your words are in")
    page.go_back()
    page.locator("[name=text]").fill("I said this before.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("Your words are in")
    assert living.count(Comment, author_id=watched.person) == 1


def test_the_same_statement_in_two_tabs_counts_once_and_the_later_vote_holds(living, comes):
    watched = comes(scripts=False)
    page = watched.page
    start(living, page, "vote")
    other = page.context.new_page()
    other.goto(page.url)
    words = page.locator("h1.fm-statement").inner_text()
    assert other.locator("h1.fm-statement").inner_text() == words
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator("h1.fm-statement")).not_to_have_text(words)
    other.get_by_role("button", name="Disagree", exact=True).click()
    expect(other.locator("h1.fm-statement")).not_to_have_text(words)
    assert living.count(CurrentVote, participant_id=watched.person) == 1
    assert living.count(CurrentVote, participant_id=watched.person, position=-1) == 1


def test_a_form_that_was_sent_is_answered_as_before_when_the_browser_sends_it_again(living, comes):
    watched = comes(scripts=False)
    page = watched.page
    start(living, page, "vote")
    form = page.locator("form", has=page.get_by_role("button", name="Agree", exact=True))
    fields = form.locator("input[type=hidden]")
    sent = {fields.nth(i).get_attribute("name"): fields.nth(i).get_attribute("value") for i in range(fields.count())}
    address = living.server.address + (form.get_attribute("action") or "")
    answers = [page.request.post(address, form={**sent, "position": "1"}, max_redirects=0) for _ in range(3)]
    assert [answer.status for answer in answers] == [303, 303, 303]
    changed = page.request.post(address, form={**sent, "position": "-1"}, max_redirects=0)
    assert changed.status == 409
    assert living.count(Vote, participant_id=watched.person) == 1
    assert living.count(CurrentVote, participant_id=watched.person, position=1) == 1


def test_words_typed_before_the_page_was_lost_are_still_in_the_box(living, comes):
    watched = comes()
    page = watched.page
    page.goto(living.server.address + living.stages["discuss"])
    page.locator("[name=text]").fill("Half a thought")
    page.goto(living.server.address + living.path + "/next")
    page.goto(living.server.address + living.stages["discuss"])
    assert page.locator("[name=text]").input_value() == "Half a thought"
    expect(page.locator(".fm-count").first).to_have_text(re.compile(r"^14 / "))


def test_every_kind_of_stage_can_be_done_without_script(living, comes):
    watched = comes(scripts=False)
    for stage in OPEN:
        watched.page.goto(living.server.address + living.stages[stage])
        assert watched.page.locator("main form button, main a.nhsuk-button").count() >= 1, stage
