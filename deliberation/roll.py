"""The roll of a panel: what a line of it holds, and reading many pasted lines, all or none."""

from collections.abc import Collection
from dataclasses import dataclass

from deliberation.errors import RuleError
from deliberation.joining import tidy_name
from deliberation.logins import same_email

LONGEST_EMAIL = 320
LONGEST_PHONE = 40


@dataclass(frozen=True)
class RollLine:
    """Who was recruited to one seat."""

    name: str
    email: str = ""
    phone: str = ""

    @classmethod
    def checked(cls, name: str, email: str = "", phone: str = "") -> "RollLine":
        """A line with its blanks tidied.

        Raises:
            RuleError: `name_missing`, `name_long`, `email_wrong` or `phone_long`.
        """
        number = " ".join(phone.split())
        if len(number) > LONGEST_PHONE:
            raise RuleError("phone_long", limit=LONGEST_PHONE)
        return cls(tidy_name(name), check_email(email), number)


def check_email(text: str) -> str:
    """An address in its one spelling; empty stays empty. RuleError `email_wrong` when it cannot be one."""
    address = same_email(text)
    if not address:
        return ""
    before, at, after = address.partition("@")
    broken = any(c.isspace() or ord(c) < 32 for c in address)
    if not (before and at and after) or "@" in after or broken or len(address) > LONGEST_EMAIL:
        raise RuleError("email_wrong", email=address[:80])
    return address


def read_lines(text: str, on_roll: Collection[str]) -> list[RollLine]:
    """Lines "name, e-mail, phone"; the parts after the name may be missing. Tabs part them too.

    Args:
        on_roll: addresses that are on the roll already, in their one spelling.

    Raises:
        RuleError: `nothing_on_roll`, or `roll_lines_wrong` with the facts `lines` (numbers of the wrong
            lines, counted from 1, as text) and `wrong` (pairs of number and refusal).
    """
    lines: list[RollLine] = []
    wrong: list[tuple[int, RuleError]] = []
    seen = set(on_roll)
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        parts = [part.strip() for part in row.replace("\t", ",").split(",")]
        try:
            line = _one_line(parts)
            if line.email and line.email in seen:
                raise RuleError("email_on_roll")
        except RuleError as error:
            wrong.append((number, error))
            continue
        seen.add(line.email)
        lines.append(line)
    if wrong:
        numbers = ", ".join(str(number) for number, _error in wrong)
        raise RuleError("roll_lines_wrong", lines=numbers, wrong=tuple(wrong))
    if not lines:
        raise RuleError("nothing_on_roll")
    return lines


def _one_line(parts: list[str]) -> RollLine:
    if len(parts) > 3:
        raise RuleError("too_many_parts")
    return RollLine.checked(*parts)
