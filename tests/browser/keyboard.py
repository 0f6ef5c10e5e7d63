"""Walking a page with the keyboard alone: Tab to something by its words, and see where the focus is."""

import re

from playwright.sync_api import Page

WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const label = at.labels && at.labels.length ? at.labels[at.labels.length - 1] : null;
  const box = (label && at.type !== 'text' && at.tagName !== 'TEXTAREA' ? label : at).getBoundingClientRect();
  const shows = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== 'none';
  const drawn = [getComputedStyle(at), label && getComputedStyle(label, '::before')].filter(Boolean);
  return {
    words: (at.innerText || (label && label.innerText) || at.getAttribute('aria-label') || at.value || '').trim(),
    tag: at.tagName.toLowerCase(), type: at.type || '', name: at.name || '', value: at.value || '',
    visible: drawn.some(shows),
    inside: box.bottom > 0 && box.top < window.innerHeight && box.width > 0,
  };
}"""
MOST = 150


class Keyboard:
    """Hands on the keyboard, no mouse. Every stop of the focus has to be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def at(self) -> dict[str, object] | None:
        """What has the focus; notes it when nothing shows that it has."""
        found = self.page.evaluate(WHERE)
        if found and not (found["visible"] and found["inside"]):
            self.unseen.append(f"{self.page.url}: {found}")
        return found

    def tab_to(self, words: str = "", *, name: str = "", tag: str = "") -> None:
        """Tab, Tab, Tab ... until it is there; fails when the whole page has been walked without it."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            found = self.at()
            if found is None:
                continue
            fits = re.search(words, str(found["words"])) if words else True
            if fits and name in ("", found["name"]) and tag in ("", found["tag"]):
                return
        raise AssertionError(f"the keyboard never came to {words or name} at {self.page.url}")

    def press(self, words: str) -> None:
        """Tab to a button or link and press Enter; waits for what comes."""
        self.tab_to(words)
        before = self.page.locator("h1").first.inner_text()
        self.page.evaluate("window.samePage = true")
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(
            "before => !window.samePage || document.querySelector('h1').innerText !== before", arg=before
        )
        self.page.wait_for_load_state()

    def choose(self, words: str, *, name: str) -> None:
        """Tab into a group of radios and go down to the one with these words; or tick a checkbox."""
        self.tab_to(name=name)
        for _ in range(MOST):
            found = self.page.evaluate(WHERE)
            if found and re.search(words, found["words"]):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown" if found and found["type"] == "radio" else "Tab")
        raise AssertionError(f"no choice {words} in {name}")

    def type(self, words: str, *, name: str) -> None:
        """Tab to a box and type."""
        self.tab_to(name=name)
        self.page.keyboard.type(words)
