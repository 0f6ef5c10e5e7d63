"""The words of a condition: from its text to tokens, in one pass, with limits on length and depth."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from surveys.errors import ExpressionError
from surveys.values import Value

LONGEST: Final = 2_000
"""Characters a condition may have."""
DEEPEST: Final = 30
"""Groups, lists and `!` that may stand inside one another."""
MOST_OPERATORS: Final = 100
"""Operators between two values; a chain of them is a tree as deep as it is long."""

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
"""What a question may be called. Letters of other alphabets, dots and spaces are paths or piping elsewhere."""


class TokenKind(Enum):
    """What sort of word stands in a condition."""

    NUMBER = auto()
    TEXT = auto()
    CONSTANT = auto()
    REFERENCE = auto()
    OPERATOR = auto()
    AFTER = auto()
    MARK = auto()
    END = auto()


@dataclass(frozen=True)
class Token:
    """One word: its sort, its text (an operator by its one name), its value if it is one, and where it stood."""

    kind: TokenKind
    text: str
    position: int
    value: Value = None


_SAME: Final = {
    "==": "=", "equal": "=", "equals": "=", "<>": "!=", "notequal": "!=", "notequals": "!=",
    "greater": ">", "less": "<", "greaterorequal": ">=", "lessorequal": "<=",
    "&&": "and", "||": "or", "contain": "contains", "notcontain": "notcontains",
}  # fmt: skip
_OPERATOR_WORDS: Final = frozenset({"and", "or", "contains", "notcontains", "anyof", "allof", "noneof"})
_CONSTANTS: Final[dict[str, Value]] = {"true": True, "false": False, "null": None, "undefined": None}

_SPACE = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?(?![0-9A-Za-z_.])")
_WORD = re.compile(r"[A-Za-z_$#@][A-Za-z0-9_]*")
_SYMBOL = re.compile(r"==|!=|<>|<=|>=|&&|\|\||[=<>+\-*/%]")
_REFERENCE = re.compile(r"\{([^{}]*)\}")


def tokens_of(text: str) -> list[Token]:
    """The tokens of a condition, the last of the kind END. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError("expression_too_long", position=LONGEST, limit=LONGEST)
    found: list[Token] = []
    position = 0
    while position < len(text):
        if space := _SPACE.match(text, position):
            position = space.end()
            continue
        token, position = _token(text, position, _may_start_value(found))
        found.append(token)
    found.append(Token(TokenKind.END, "", len(text)))
    return found


def _may_start_value(found: list[Token]) -> bool:
    """Whether a value is due here, so that "-5" is a number and not "less five"."""
    if not found:
        return True
    last = found[-1]
    return last.kind is TokenKind.OPERATOR or (last.kind is TokenKind.MARK and last.text in "([,!")


def _token(text: str, start: int, value_due: bool) -> tuple[Token, int]:
    character = text[start]
    if character in "'\"":
        return _text(text, start)
    if character == "{":
        return _reference(text, start)
    if character.isdigit() or (value_due and character == "-"):
        return _number(text, start)
    if word := _WORD.match(text, start):
        return _word(text, word)
    if symbol := _SYMBOL.match(text, start):
        name = _SAME.get(symbol.group(), symbol.group())
        return Token(TokenKind.OPERATOR, name, start), symbol.end()
    if character in "()[],!":
        return Token(TokenKind.MARK, character, start), start + 1
    raise ExpressionError("expression_character", position=start, found=character)


def _number(text: str, start: int) -> tuple[Token, int]:
    digits = start + 1 if text[start] == "-" else start
    match = _NUMBER.match(text, digits)
    if match is None:
        raise ExpressionError("expression_unexpected", position=start, found=text[start : start + 10])
    spelt = text[start : match.end()]
    return Token(TokenKind.NUMBER, spelt, start, float(spelt) if "." in spelt else int(spelt)), match.end()


def _text(text: str, start: int) -> tuple[Token, int]:
    """A quoted text. Only the two quotes may be escaped; another backslash stands for itself."""
    quote, position, said = text[start], start + 1, ""
    while position < len(text):
        if text[position] == "\\" and text[position + 1 : position + 2] in ("'", '"'):
            said += text[position + 1]
            position += 2
        elif text[position] == quote:
            return Token(TokenKind.TEXT, said, start, said), position + 1
        else:
            said += text[position]
            position += 1
    raise ExpressionError("expression_unclosed_text", position=start, found=text[start : start + 20])


def _reference(text: str, start: int) -> tuple[Token, int]:
    match = _REFERENCE.match(text, start)
    if match is None or not NAME.fullmatch(match.group(1).strip()):
        raise ExpressionError("expression_reference", position=start, found=text[start : start + 40])
    return Token(TokenKind.REFERENCE, match.group(1).strip(), start), match.end()


def _word(text: str, match: re.Match[str]) -> tuple[Token, int]:
    word, start = match.group(), match.start()
    name = _SAME.get(word.lower(), word.lower())
    if name in ("empty", "notempty"):
        return Token(TokenKind.AFTER, name, start), match.end()
    if name in _OPERATOR_WORDS or (word.lower() in _SAME):
        return Token(TokenKind.OPERATOR, name, start), match.end()
    if word.lower() in _CONSTANTS:
        return Token(TokenKind.CONSTANT, word, start, _CONSTANTS[word.lower()]), match.end()
    if word.lower() in ("not", "is", "in"):
        raise ExpressionError("expression_operator", position=start, found=word)
    code = "expression_function" if text[match.end() :].lstrip().startswith("(") else "expression_bare_word"
    raise ExpressionError(code, position=start, found=word)
