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
