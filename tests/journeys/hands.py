"""Two ways to use a page: by touch, or by the keyboard alone. Both find things by the words that a person reads."""

import re
from typing import Protocol

from playwright.sync_api import Page

from tests.browser.keyboard import Keyboard


class Hands(Protocol):
    """Somebody at a page; `words` are patterns, `name` is the name of a form's field."""

    page: Page

    def press(self, words: str) -> None:
        """Presses the first button or link with these words; waits for what comes."""

    def choose(self, words: str, *, name: str) -> None:
        """Chooses the radio, or ticks the checkbox, with this label."""

    def type(self, words: str, *, name: str) -> None:
        """Types into a box."""

    def open(self, words: str) -> None:
        """Opens what is folded under these words."""


class Touch:
    """A finger on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, words: str) -> None:
        wanted = re.compile(words)
        self.page.get_by_role("button", name=wanted).or_(self.page.get_by_role("link", name=wanted)).first.click()
        self.page.wait_for_load_state()

    def choose(self, words: str, *, name: str) -> None:
        self.page.locator(f'main input[name="{name}"]').and_(self.page.get_by_label(re.compile(words))).first.check()

    def type(self, words: str, *, name: str) -> None:
        self.page.locator(f'main [name="{name}"]').fill(words)

    def open(self, words: str) -> None:
        self.page.locator("main summary", has_text=re.compile(words)).first.click()


class Keys(Keyboard):
    """The keyboard alone."""

    def open(self, words: str) -> None:
        """Tab to what is folded and press Enter."""
        self.tab_to(words, tag="summary")
        self.page.keyboard.press("Enter")
