"""How two answers compare, count and contain each other: the coercions of survey-core 3.1.1, as observed.

A value is None (unanswered), a bool, a number, a text, or a list of these. The rules were read off the engine's
behaviour on a grid of values (docs of the figures: tests/surveys/test_expressions_oracle.py), not from its code.
"""

import math
import re
from collections.abc import Sequence

Value = None | bool | int | float | str | list["Value"]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]")
LARGEST = 10**15
"""No answer is a larger amount than this, nor a smaller one than its negative."""
_LONGEST_NUMBER = 15  # digits beyond this are an identifier, not an amount


def number_in(text: str) -> int | float | None:
    """The number that a text spells, or None. "1.0" and " 1 " are 1; an empty text is 0."""
    text = text.strip()
    if not text:
        return 0
    return tidy(float(text)) if _NUMBER.fullmatch(text) else None


def answer_value(value: Value) -> Value:
    """An answer as a condition sees it: a text that spells a number or a yes/no counts as that.

    "1,5" is 1.5; "007" and very long digits stay text, for they are identifiers.
    """
    if not isinstance(value, str) or not value.strip():
        return value
    text = value.strip()
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if _LEADING_ZERO.match(text) or len(text) > _LONGEST_NUMBER:
        return value
    number = number_in(text.replace(",", ".", 1))
    return value if number is None else number


def tidy(number: float) -> int | float | None:
    """A whole float as an int; nothing for what is no finite number."""
    if math.isnan(number) or math.isinf(number):
        return None
    return int(number) if number == int(number) else number


def is_empty(value: Value) -> bool:
    """Unanswered, an empty text or list, or a sum that came to no number. Zero and "no" are answers."""
    return value is None or value != value or value == "" or value == []


def is_true(value: Value) -> bool:
    """Whether a value counts as yes inside `and`, `or` and `!`. A list counts as yes, even an empty one."""
    if isinstance(value, list):
        return True
    return bool(value) and value == value  # the engine's "not a number" equals nothing and is no yes


def as_text(value: Value) -> str:
    """A value as the text it is searched and joined as."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(as_text(item) for item in value)
    return str(value)


def as_number(value: Value) -> float | None:
    """A value as a number, or None: yes is 1, no is 0, a list of one item is that item."""
    if isinstance(value, bool | int | float):
        return float(value) if abs(value) <= LARGEST else None
    return number_in(as_text(value))


def equal(left: Value, right: Value) -> bool:
    """Texts without case and outer spaces; numbers across types; lists in any order; no answer equals empty text."""
    if left is None or left == "" or right is None or right == "":
        return left in (None, "") and right in (None, "")
    if isinstance(left, list) and isinstance(right, list):
        return _same_items(left, right)
    if isinstance(left, list) or isinstance(right, list):
        return False
    if isinstance(left, str) and isinstance(right, str):
        return left.strip().lower() == right.strip().lower()
    if isinstance(left, bool) and isinstance(right, str):
        return as_text(left) == right.strip().lower()
    if isinstance(left, str) and isinstance(right, bool):
        return equal(right, left)
    one, other = as_number(left), as_number(right)
    return one is not None and one == other


def _same_items(left: Sequence[Value], right: Sequence[Value]) -> bool:
    """Whether each item of one list has its own equal in the other."""
    if len(left) != len(right):
        return False
    rest = list(right)
    for item in left:
        found = next((index for index, other in enumerate(rest) if equal(item, other)), None)
        if found is None:
            return False
        del rest[found]
    return True


def greater(left: Value, right: Value) -> bool:
    """Whether left is more. Two texts go by their characters, all else by number; no answer is never more or less."""
    if left is None or right is None:
        return False
    left = as_text(left) if isinstance(left, list) else left
    right = as_text(right) if isinstance(right, list) else right
    if isinstance(left, str) and isinstance(right, str):
        return left > right
    one, other = as_number(left), as_number(right)
    return one is not None and other is not None and one > other


def contains(whole: Value, part: Value) -> bool:
    """Membership in a list (all of a list's items), else a piece of the text, without case."""
    return not is_empty(whole) and _found(whole, part, there=True)


def lacks(whole: Value, part: Value) -> bool:
    """`notcontains`: unanswered lacks everything; nothing can be said about an empty part of a text."""
    if whole == []:
        return True
    if not is_true(whole) and not is_empty(part):
        return True
    return not is_empty(whole) and _found(whole, part, there=False)


def _found(whole: Value, part: Value, *, there: bool) -> bool:
    if isinstance(whole, list):
        parts = part if isinstance(part, list) else [part]
        return all(any(equal(item, wanted) for item in whole) for wanted in parts) is there
    if not is_true(part):
        return False
    return (as_text(part).lower() in as_text(whole).lower()) is there
