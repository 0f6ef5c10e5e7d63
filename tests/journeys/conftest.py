"""The browser's fixtures, for whole journeys."""

from tests.browser.conftest import chromium, open_page

__all__ = ["chromium", "open_page"]
