"""What in a text could show who somebody is: names, e-mail, phone, NHS number, postcode. It warns and never blocks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from deliberation.names import find_names


class PersonalData(StrEnum):
    """What was found."""

    EMAIL = "email"
    NHS_NUMBER = "nhs_number"
    PHONE = "phone"
    POSTCODE = "postcode"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """One place in a text: what it looks like, and from which character to which."""

    kind: PersonalData
    start: int
    end: int


# Every pattern has a longest match, so that the work grows with the length of the text and no faster.
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\((?:at|AT)\)|\[(?:at|AT)\]) ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
)
_BETWEEN = "[ \u00a0\u2009\u202f\t./()\\-\u2010-\u2015]"
_TEN_DIGITS = re.compile(rf"\d(?:{_BETWEEN}{{0,3}}\d){{9}}(?!\d)")
_PHONE = re.compile(
    rf"(?<![\d+])(?:\+\d{{1,3}}{_BETWEEN}{{0,3}}(?:\(0\){_BETWEEN}{{0,3}})?|0044{_BETWEEN}{{0,3}}|\(?0)"
    rf"\d(?:{_BETWEEN}{{0,3}}\d){{7,9}}(?!\d)"
)
_POSTCODE = re.compile(
    "(?<![A-Z0-9])(?:GIR {0,3}0AA|[A-Z]{1,2}[0-9][A-Z0-9]? {0,3}[0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?:1st|2nd|3rd|\dth)$")


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry a right check digit (modulus 11, weights 10 to 2). Ten equal digits are none."""
    digits = [int(c) for c in text if c.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]


def find_personal_data(text: str) -> list[Found]:
    """What was found, in the order of the text; places never overlap."""
    found: list[Found] = []
    taken = bytearray(len(text))
    for kind, places in _SEARCHES:
        for start, end in places(text):
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                found.append(Found(kind, start, end))
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
    return "".join(words if kind is None else mark for kind, words in marked(text, found))


def _all(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Ten digits with a right check digit, however they are parted, and whatever other number comes before."""
    at = 0
    while match := _TEN_DIGITS.search(text, at):
        starts_number = match.start() == 0 or not text[match.start() - 1].isdecimal()
        if starts_number and is_nhs_number(match.group()):
            yield match.span()
            at = match.end()
        else:
            at = match.start() + 1


def _postcodes(text: str) -> Iterator[tuple[int, int]]:
    """Postcodes, but not "A40 2nd exit"."""
    return (match.span() for match in _POSTCODE.finditer(text) if not _ORDINAL.search(match.group()))


_SEARCHES: tuple[tuple[PersonalData, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (PersonalData.EMAIL, _all(_EMAIL)),
    (PersonalData.NHS_NUMBER, _nhs_numbers),
    (PersonalData.PHONE, _all(_PHONE)),
    (PersonalData.POSTCODE, _postcodes),
    (PersonalData.NAME, lambda text: iter(find_names(text))),
)
