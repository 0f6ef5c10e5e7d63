"""Passwords and e-mail addresses of staff: what is accepted, and when two addresses are the same."""

from deliberation.errors import RuleError

SHORTEST = 12
LONGEST = 200
"""Long enough for a sentence, short enough that hashing it is no burden."""


def same_email(text: str) -> str:
    """The one spelling under which an address is kept and looked for: no blanks around it, small letters."""
    return text.strip().casefold()


def check_password(password: str, *personal: str) -> None:
    """Length counts, not kinds of characters.

    Args:
        personal: e-mail and name; a password that is one of them is refused.

    Raises:
        RuleError: `password_short`, `password_long` or `password_guessable`.
    """
    if len(password) < SHORTEST:
        raise RuleError("password_short", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise RuleError("password_long", longest=LONGEST)
    plain = password.casefold()
    if len(set(plain)) < 4 or any(plain == same_email(word) for word in personal if word):
        raise RuleError("password_guessable")
