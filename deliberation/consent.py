"""Consent: what is asked apart from what, and what is needed before anything is recorded."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar


class Purpose(StrEnum):
    """Each is asked on its own and stored as its own row: version, digest of the text, time."""

    PRIVACY_NOTICE = "privacy_notice"
    TAKE_PART = "take_part"
    QUOTES = "quotes"
    RECORDING = "recording"
    CONTACT_LATER = "contact_later"
    MACHINE_SORTING = "machine_sorting"


NEEDED = (Purpose.PRIVACY_NOTICE, Purpose.TAKE_PART)
OPTIONAL = (Purpose.QUOTES, Purpose.RECORDING, Purpose.CONTACT_LATER, Purpose.MACHINE_SORTING)


class Screen(StrEnum):
    """The three short screens before a dialogue, in their order."""

    NOTICE = "notice"
    TAKE_PART = "take_part"
    PERMISSIONS = "permissions"


ASKED: Mapping[Screen, tuple[Purpose, ...]] = {
    Screen.NOTICE: (Purpose.PRIVACY_NOTICE,),
    Screen.TAKE_PART: (Purpose.TAKE_PART,),
    Screen.PERMISSIONS: OPTIONAL,
}
"""What each screen asks."""


class Text(Protocol):
    """One version of the words about a purpose."""

    @property
    def purpose(self) -> Purpose: ...
    @property
    def lang(self) -> str: ...
    @property
    def digest(self) -> str: ...


AnyText = TypeVar("AnyText", bound=Text)


def newest_texts(
    newest_first: Sequence[AnyText], purposes: Collection[Purpose], langs: Sequence[str]
) -> dict[Purpose, AnyText]:
    """The newest words for each purpose, in the first of the languages that has any, else in whichever there is.

    Args:
        newest_first: versions, the newest before older ones of the same purpose and language.
    """
    current = {}
    for purpose in purposes:
        versions = [text for text in newest_first if text.purpose is purpose]
        for wanted in (*langs, None):
            fits = next((text for text in versions if wanted in (text.lang, None)), None)
            if fits is not None:
                current[purpose] = fits
                break
    return current


def shown_digest(texts: Mapping[Purpose, Text]) -> str:
    """One digest of all words on a screen, in their order; a form carries it."""
    return text_digest("\n".join(text.digest for text in texts.values()))


def text_digest(text: str) -> str:
    """SHA-256 of the exact text that was shown, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def next_screen(given: Mapping[Purpose, bool], asked: Collection[Purpose]) -> Screen | None:
    """The screen a person still has to see, or None when they may begin.

    Args:
        given: the newest answer to each purpose.
        asked: purposes that have been put to the person, whatever the answer.
    """
    if not given.get(Purpose.PRIVACY_NOTICE):
        return Screen.NOTICE
    if not given.get(Purpose.TAKE_PART):
        return Screen.TAKE_PART
    if not set(OPTIONAL) <= set(asked):
        return Screen.PERMISSIONS
    return None


def without_title(text: str) -> str:
    """A Markdown text without its first-level heading: the page has its own."""
    first, _, rest = text.lstrip().partition("\n")
    return rest.lstrip() if first.startswith("# ") else text


def notice_parts(text: str) -> tuple[str, str]:
    """A notice as (what is in short, all the rest): parted at its second heading, if it has one.

    The heading of the first part is dropped where it is the very first line.
    """
    lines = without_title(text).split("\n")
    headings = [place for place, line in enumerate(lines) if line.startswith("## ")]
    start = 1 if headings[:1] == [0] else 0
    later = [place for place in headings if place >= start]
    end = later[0] if later else len(lines)
    return "\n".join(lines[start:end]).strip(), "\n".join(lines[end:]).strip()
