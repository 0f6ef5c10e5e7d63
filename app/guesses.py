"""Addresses from which a code was guessed wrongly within the last hour: they go the way that counts guesses."""

import time

REMEMBERED = 60 * 60.0
"""Seconds; as long as the longest limit on guesses looks back."""
MOST = 10_000

_guessed: dict[str, float] = {}


def note_guess(address: str) -> None:
    """A code from this address was wrong."""
    if len(_guessed) >= MOST:
        _guessed.clear()
        _guessed[""] = time.monotonic()  # so many: for an hour everybody goes the ordinary way
    _guessed[address] = time.monotonic()


def has_guessed(address: str) -> bool:
    """Whether the way in has to be the one that counts."""
    now = time.monotonic()
    return any(now - _guessed.get(one, -REMEMBERED) < REMEMBERED for one in (address, ""))
