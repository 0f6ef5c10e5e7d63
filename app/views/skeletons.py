"""Pages that are drawn once with holes, and filled for each person: the same words for everybody, their own in between.

A template takes a millisecond, filling takes a few microseconds. Whatever a template reads has to be in the key or
in a hole; tests/app/test_lane.py draws each kind of card both ways and compares.
"""

import re
import secrets
import uuid
from collections.abc import Callable, Hashable, Mapping
from uuid import UUID

from markupsafe import escape

ENOUGH = 2_000
"""Skeletons kept; a fragment takes 3 kB, a page 9."""


class Hole:
    """A place in a page that is filled later: `mark` stands there as words, `key` where a public id is wanted."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.mark = f"\ue000{name}-{secrets.token_hex(8)}\ue001"  # nothing that anybody writes holds this
        self.key = uuid.uuid4()


class Count(int):
    """A number that is a hole: it takes the plural of its value, and stands in the page as the mark."""

    mark: str

    def __new__(cls, value: int, mark: str) -> "Count":
        """A number for the plural, and what is written in its place."""
        made = super().__new__(cls, value)
        made.mark = mark
        return made

    def __str__(self) -> str:
        return self.mark


class Skeletons:
    """What was drawn, by what it depends on, in this process. Nothing goes stale: what changes is in the key."""

    def __init__(self, *names: str) -> None:
        self.holes = {name: Hole(name) for name in names}
        self._drawn: dict[Hashable, list[str]] = {}
        by_words = {words: hole.name for hole in self.holes.values() for words in (hole.mark, str(hole.key))}
        self._names = by_words
        self._cut = re.compile("(" + "|".join(map(re.escape, by_words)) + ")")

    def __getitem__(self, name: str) -> Hole:
        return self.holes[name]

    def fill(self, key: Hashable, words: Mapping[str, str | int | UUID | None], draw: Callable[[], str]) -> str:
        """The page for this person.

        Args:
            key: everything that the page depends on, apart from its holes.
            words: what goes into each hole; escaped here.
            draw: the page with holes, asked for once for each key.
        """
        parts = self._drawn.get(key)
        if parts is None:
            if len(self._drawn) >= ENOUGH:
                self._drawn.clear()
            parts = self._drawn[key] = self._cut.split(draw())
        filled = list(parts)
        names = self._names
        for n in range(1, len(filled), 2):  # the odd ones are the holes
            filled[n] = escape(str(words[names[filled[n]]]))
        return "".join(filled)
