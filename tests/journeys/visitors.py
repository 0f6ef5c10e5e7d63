"""Somebody at a browser: presses what it says, fills what is labelled, reads what is shown."""

import re

from playwright.sync_api import Locator, Page, expect


class Visitor:
    """One person with a browser of their own; finds things by the words that a person reads."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def opens(self, path: str) -> None:
        """Types an address; the page must be there."""
        reply = self.page.goto(path if path.startswith("http") else self.address + path)
        assert reply is None or reply.status < 400, f"{path}: {reply.status if reply else ''}"

    def presses(self, words: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        """Presses the first button with these words."""
        (inside or self.page.locator("main")).get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state()

    def follows(self, words: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        """Follows the first link with these words, wherever it stands."""
        (inside or self.page).get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def fills(self, name: str, words: str) -> None:
        """Types into the field with this form name."""
        self.page.locator(f'main [name="{name}"]').first.fill(words)

    def fills_last(self, ending: str, words: str) -> None:
        """Types into the first field whose form name ends so."""
        self.page.locator(f'main [name$="{ending}"]').first.fill(words)

    def open_details(self, words: str) -> None:
        """Opens what is folded under these words."""
        self.page.locator("main summary", has_text=words).first.click()

    def presses_or_follows(self, words: str) -> None:
        """Presses the first button or link with these words."""
        main = self.page.locator("main")
        main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first.click()
        self.page.wait_for_load_state()

    def ticks(self, words: str | re.Pattern[str]) -> None:
        """Chooses the radio or checkbox with this label."""
        self.page.locator("main").get_by_label(words).first.check()

    def picks(self, name: str, value: str) -> None:
        """Chooses the radio or checkbox by form name and value."""
        self.page.locator(f'main input[name="{name}"][value="{value}"]').check()

    def sends(self, ending: str) -> None:
        """Presses the button of the form whose address ends so."""
        self.page.locator(f'main form[action$="{ending}"] button').first.click()
        self.page.wait_for_load_state()

    def sees(self, words: str | re.Pattern[str]) -> None:
        """The words are on the page, perhaps in a moment."""
        expect(self.page.locator("body")).to_contain_text(words)

    def sees_no(self, words: str | re.Pattern[str]) -> None:
        """The words are not on the page."""
        expect(self.page.locator("body")).not_to_contain_text(words)

    @property
    def heading(self) -> str:
        """The one thing that the page is about."""
        return self.page.locator("h1").first.inner_text()
