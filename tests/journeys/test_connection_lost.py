"""The connection is lost: what was chosen or typed is kept, the page says so, and it is sent once when it is back."""

import pytest
from playwright.sync_api import expect

from app.models.comments import Comment
from app.models.voting import CurrentVote, Vote
from deliberation.stages import StageKind
from tests.browser.conftest import wait_until

pytestmark = pytest.mark.browser
NOT_CONNECTED = "You are not connected. What you typed or chose is kept here."
WORDS = "My train went into a tunnel while I wrote this."


def test_a_vote_that_could_not_be_sent_is_kept_and_sent_once(hall, open_page):
    gathering = hall.gather(StageKind.VOTE)
    page = open_page(320, 640).page
    person = gathering.lets_in(page)
    page.goto(gathering.address + gathering.path + "/next")
    page.get_by_role("button", name="Start").click()
    heading = page.locator("h1.fm-statement")
    words = heading.inner_text()
    expect(page.locator("#offline")).to_be_hidden()

    page.context.set_offline(True)
    agree = page.get_by_role("button", name="Agree", exact=True)
    agree.click()
    expect(page.locator("#offline")).to_be_in_viewport(ratio=1)
    expect(page.locator("#offline")).to_contain_text(NOT_CONNECTED)
    expect(agree).to_have_attribute("aria-pressed", "true")
    assert heading.inner_text() == words
    agree.click()
    assert gathering.count(Vote, participant_id=person) == 0

    page.context.set_offline(False)
    expect(heading).not_to_have_text(words)
    expect(page.locator("#offline")).to_be_hidden()
    assert gathering.count(Vote, participant_id=person) == 1
    assert gathering.count(CurrentVote, participant_id=person, position=1) == 1
    page.get_by_role("button", name="Disagree", exact=True).click()
    assert wait_until(lambda: gathering.count(CurrentVote, participant_id=person) == 2)


def test_typed_words_outlive_a_lost_connection_and_are_sent_once(hall, open_page):
    gathering = hall.gather(StageKind.DISCUSS)
    page = open_page(320, 640).page
    person = gathering.lets_in(page)
    page.goto(gathering.page_of(StageKind.DISCUSS))
    box = page.locator("main [name=text]")

    page.context.set_offline(True)
    box.fill(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#offline")).to_be_in_viewport(ratio=1)
    expect(page.locator("#offline")).to_contain_text(NOT_CONNECTED)
    assert box.input_value() == WORDS
    assert gathering.count(Comment, author_id=person) == 0

    page.context.set_offline(False)
    expect(page.locator("main")).to_contain_text("Your words are in")
    expect(page.locator("main")).to_contain_text(WORDS)
    assert gathering.count(Comment, author_id=person) == 1
    assert box.input_value() == ""


def test_a_page_that_was_lost_without_a_connection_has_its_words_again(hall, open_page):
    gathering = hall.gather(StageKind.DISCUSS)
    page = open_page(320, 640).page
    person = gathering.lets_in(page)
    page.goto(gathering.page_of(StageKind.DISCUSS))
    page.locator("main [name=text]").fill(WORDS)
    page.context.set_offline(True)
    page.evaluate("location.reload()")
    expect(page.locator("main [name=text]")).to_have_count(0)
    page.context.set_offline(False)
    page.goto(gathering.page_of(StageKind.DISCUSS))
    expect(page.locator("main [name=text]")).to_have_value(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("Your words are in")
    assert gathering.count(Comment, author_id=person) == 1
