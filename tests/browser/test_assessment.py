"""An assessment in a browser: saved while one writes, two writers are told of each other, a lost line keeps words."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


def _draft(page: Page, server) -> str:
    """Signs in as the applicant of the example and returns the address of section 1 of the draft."""
    sign_in(page, server.links["applicant"])
    dialogue = re.search(r"/d/[0-9a-f-]{36}", page.content()).group()
    page.goto(f"{server.address}{dialogue}/access")
    page.get_by_role("link", name="Testing a stroke triage tool").click()
    page.get_by_role("link", name="1. The project").click()
    page.wait_for_url("**/write/1")
    page.wait_for_load_state()
    return page.url


def test_an_answer_is_saved_while_one_writes_and_another_tab_is_told_before_it_overwrites(demo_server, open_page):
    page = open_page(1280).page
    address = _draft(page, demo_server)
    other = page.context.new_page()
    other.goto(address)
    page.locator("#team").fill("Two radiologists.")
    expect(page.locator('[data-said="team"]')).to_have_text("Saved")
    other.locator("#team").fill("Three engineers.")
    expect(other.locator(".fm-theirs")).to_contain_text("Two radiologists.")
    expect(other.locator('[data-said="team"]')).to_contain_text("Somebody saved other words here meanwhile")
    assert other.locator("#team").input_value() == "Three engineers."
    page.reload()
    assert page.locator("#team").input_value() == "Two radiologists."
    other.locator("#team").fill("Two radiologists and three engineers.")
    expect(other.locator('[data-said="team"]')).to_have_text("Saved")
    page.reload()
    assert page.locator("#team").input_value() == "Two radiologists and three engineers."


def test_words_stay_on_the_page_while_the_line_is_gone_and_are_saved_once_it_is_back(demo_server, open_page):
    page = open_page(375).page
    _draft(page, demo_server)
    page.context.set_offline(True)
    page.locator("#inputs").fill("Scans of the head.")
    expect(page.locator('[data-said="inputs"]')).to_contain_text("Not saved")
    page.context.set_offline(False)
    page.locator("#inputs").fill("Scans of the head, and reports.")
    expect(page.locator('[data-said="inputs"]')).to_have_text("Saved")
