"""What in a text could show who somebody is: e-mail, phone, NHS number, postcode. It warns and never blocks."""

import re
from dataclasses import dataclass
from enum import StrEnum


class PersonalData(StrEnum):
    """What was found."""

    EMAIL = "email"
    NAME = "name"
    NHS_NUMBER = "nhs_number"
    PHONE = "phone"
    POSTCODE = "postcode"


@dataclass(frozen=True)
class Found:
    """One place in a text: what it looks like, and from which character to which."""

    kind: PersonalData
    start: int
    end: int


_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_PHONE = re.compile(r"(?<![\d+])(?:\+44[ -]?(?:\(0\)[ -]?)?|0044[ -]?|\(?0)\d(?:[ ()-]{0,2}\d){8,9}(?!\d)")
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])", re.IGNORECASE
)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry a right check digit (modulus 11, weights 10 to 2)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]


def find_personal_data(text: str) -> list[Found]:
    """What was found, in the order of the text; places never overlap."""
    found: list[Found] = []
    for kind, pattern in (
        (PersonalData.EMAIL, _EMAIL),
        (PersonalData.NHS_NUMBER, _NHS),
        (PersonalData.PHONE, _PHONE),
        (PersonalData.POSTCODE, _POSTCODE),
    ):
        for match in pattern.finditer(text):
            if kind is PersonalData.NHS_NUMBER and not is_nhs_number(match.group()):
                continue
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(Found(kind, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def marked(text: str, found: list[Found]) -> list[tuple[PersonalData | None, str]]:
    """The text in pieces, in order: what was found with its kind, what stands between with None."""
    pieces: list[tuple[PersonalData | None, str]] = []
    at = 0
    for one in sorted(found, key=lambda place: place.start):
        pieces += [(None, text[at : one.start]), (one.kind, text[one.start : one.end])]
        at = one.end
    return [piece for piece in [*pieces, (None, text[at:])] if piece[1]]


def without(text: str, found: list[Found], mark: str = "[...]") -> str:
    """The text with each place that was found replaced by a mark."""
    for one in sorted(found, key=lambda place: place.start, reverse=True):
        text = text[: one.start] + mark + text[one.end :]
    return text
