"""The pages on which questionnaires and approaches are edited: axe and sideways scroll, in every state."""

import pytest

from tests.browser.conftest import axe_violations, sideways_scroll, sign_in

pytestmark = pytest.mark.browser
WIDTHS = (320, 1280)


def test_a_questionnaire_is_copied_and_edited_on_pages_without_violations(demo_server, open_page):
    page, problems = open_page(1280, address=demo_server.address).page, []
    page.set_default_timeout(8000)

    def look(state: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            problems.extend(f"{state} at {width}: {line}" for line in axe_violations(page))
            if sideways_scroll(page) > 0:
                problems.append(f"{state} at {width}: scrolls sideways by {sideways_scroll(page)}")

    sign_in(page, demo_server.links["facilitator"])
    if not page.locator("nav.fm-menu").count():
        page.locator("main a[href^='/d/']").first.click()
    page.locator("nav.fm-menu").get_by_role("link", name="Questionnaires").click()
    look("list")
    page.locator("main table a").first.click()
    assert "Somebody has answered" in page.locator("main").inner_text()
    look("answered")
    page.get_by_role("button", name="Copy it").click()
    look("copy")
    page.locator("main .fm-acts a").first.click()
    look("question")
    page.get_by_label("Answers offered").fill("")
    page.locator("main").get_by_role("button", name="Save").click()
    assert page.locator("#answers-error").is_visible()
    look("question refused")
    page.get_by_label("Answers offered").fill("Yes\nNo\nI cannot say")
    page.locator("main").get_by_role("button", name="Save").click()
    assert "I cannot say" in page.locator("main").inner_text()
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save title and words").click()
    look("title refused")
    page.get_by_role("link", name="Back to the questionnaires").click()
    page.get_by_role("link", name="Add a questionnaire").click()
    look("new")
    page.get_by_label("Title").fill("A third one")
    page.get_by_role("button", name="Add it").click()
    look("without questions")
    page.get_by_role("link", name="Add a question").click()
    look("new question")
    dialogue = page.url.split("/questionnaires")[0]
    page.goto(f"{dialogue}/approaches")
    look("approaches")
    page.get_by_label("Name").first.fill("")
    page.locator("main").get_by_role("button", name="Save").click()
    look("approaches refused")
    assert not problems, "\n".join(problems)
