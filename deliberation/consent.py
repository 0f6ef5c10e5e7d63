"""Consent: what is asked apart from what, and what is needed before anything is recorded."""

import hashlib
from collections.abc import Collection, Mapping
from enum import StrEnum


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
