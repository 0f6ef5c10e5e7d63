"""Conditions such as "{age} >= 18 and {told} contains 'yes'": read once, refused by name, evaluated without eval.

The language is a part of survey-core 3.1.1's and gives the same answers. Loosest first:
`or` `||`; `and` `&&`; `=` `==` `!=` `<>` `<` `<=` `>` `>=` (and their words); `+` `-`; `*` `/` `%`;
`contains` `notcontains` `anyof` `allof` `noneof`; `!`; `empty` `notempty` after a value.
Values: `{question}`, numbers, 'text' or "text", true, false, null, [lists], (groups).
Refused by name: functions, words without quotes, paths such as {a.b}, and `not` (the engine cannot read it: use `!`).
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveys import values
from surveys.errors import ExpressionError
from surveys.reading import DEEPEST, MOST_OPERATORS, Token, TokenKind, tokens_of
from surveys.values import Value


@dataclass(frozen=True)
class Literal:
    """A value written in the condition."""

    value: Value


@dataclass(frozen=True)
class Reference:
    """The answer to a question, `{name}`."""

    name: str


@dataclass(frozen=True)
class ListOf:
    """A list written in the condition."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True)
class Unary:
    """`!`, `empty` or `notempty` of one operand."""

    operator: str
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    """Two operands and the operator between them, by its one name."""

    operator: str
    left: "Node"
    right: "Node"


Node = Literal | Reference | ListOf | Unary | Binary

_LEVELS: Final = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!=", "<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
    frozenset({"contains", "notcontains", "anyof", "allof", "noneof"}),
)
ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "%"})
ORDERING: Final = frozenset({"<", "<=", ">", ">="})


def parse_expression(text: str) -> Node:
    """The tree of one condition. Raises ExpressionError with the place and what stood there."""
    return _Parser(text).whole()


class _Parser:
    """Recursive descent with a depth limit; each token is read once."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens_of(text)
        self._next = 0
        self._depth = 0
        self._operators = 0

    def whole(self) -> Node:
        node = self._level(0)
        if self._peek().kind is not TokenKind.END:
            raise self._unexpected()
        return node

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _is(self, mark: str) -> bool:
        return self._peek().kind is TokenKind.MARK and self._peek().text == mark

    def _unexpected(self) -> ExpressionError:
        token = self._peek()
        code = "expression_ends_early" if token.kind is TokenKind.END else "expression_unexpected"
        return ExpressionError(code, position=token.position, found=token.text)

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._level(level + 1)
        while self._peek().kind is TokenKind.OPERATOR and self._peek().text in _LEVELS[level]:
            self._operators += 1
            if self._operators > MOST_OPERATORS:
                raise ExpressionError("expression_too_deep", position=self._peek().position, limit=MOST_OPERATORS)
            operator = self._take().text
            node = Binary(operator, node, self._level(level + 1))
        return node

    def _unary(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError("expression_too_deep", position=self._peek().position, limit=DEEPEST)
        if self._is("!"):
            self._take()
            operand = self._unary()
            if operand == Literal(None):  # the engine breaks on it
                raise self._unexpected()
            node: Node = Unary("!", operand)
        else:
            node = self._atom()
            if self._peek().kind is TokenKind.AFTER:
                if isinstance(node, ListOf):  # the engine does not read "[1] empty"
                    raise self._unexpected()
                node = Unary(self._take().text, node)
        self._depth -= 1
        return node

    def _atom(self) -> Node:
        token = self._peek()
        if token.kind in (TokenKind.NUMBER, TokenKind.TEXT, TokenKind.CONSTANT):
            return Literal(self._take().value)
        if token.kind is TokenKind.REFERENCE:
            return Reference(self._take().text)
        if self._is("("):
            self._take()
            node = self._level(0)
            self._close(")")
            return node
        if self._is("["):
            self._take()
            items: list[Node] = []
            while not self._is("]"):
                items.append(self._level(0))
                if not self._is(","):
                    break
                self._take()
                if self._is("]"):
                    raise self._unexpected()
            self._close("]")
            return ListOf(tuple(items))
        raise self._unexpected()

    def _close(self, mark: str) -> None:
        if not self._is(mark):
            raise self._unexpected()
        self._take()


def walk(node: Node) -> Iterator[Node]:
    """Each node of the tree, the outermost first."""
    yield node
    if isinstance(node, Unary):
        yield from walk(node.operand)
    elif isinstance(node, Binary):
        yield from walk(node.left)
        yield from walk(node.right)
    elif isinstance(node, ListOf):
        for item in node.items:
            yield from walk(item)


def references(node: Node) -> frozenset[str]:
    """The names that a condition asks about."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Reference))


def evaluate(node: Node, answers: Mapping[str, Value]) -> Value:
    """The value of a tree, given answers by name; a name without an answer counts as unanswered."""
    value = _evaluate(node, answers)
    return None if isinstance(value, float) and math.isnan(value) else value


def _evaluate(node: Node, answers: Mapping[str, Value]) -> Value:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Reference):
        return values.answer_value(answers.get(node.name))
    if isinstance(node, ListOf):
        return [_evaluate(item, answers) for item in node.items]
    if isinstance(node, Unary):
        operand = _evaluate(node.operand, answers)
        if node.operator == "!":
            return not values.is_true(operand)
        return values.is_empty(operand) is (node.operator == "empty")
    return _binary(node.operator, _evaluate(node.left, answers), _evaluate(node.right, answers))


def holds(node: Node, answers: Mapping[str, Value]) -> bool:
    """Whether a condition is met: its value is true, or the number 1, as survey-core has it."""
    value = evaluate(node, answers)
    return value is not None and values.as_number(value) == 1


def _binary(operator: str, left: Value, right: Value) -> Value:
    if operator in ("and", "or"):
        left = _in_place_of_empty(left, right)
        right = _in_place_of_empty(right, left)
        return right if values.is_true(left) is (operator == "and") else left
    if operator in ARITHMETIC:
        return _arithmetic(operator, left, right)
    return _COMPARISONS[operator](left, right)


def _in_place_of_empty(value: Value, other: Value) -> Value:
    """What an unanswered operand counts as: 0, or nothing beside text or a list."""
    if not values.is_empty(value):
        return value
    if isinstance(other, int | float) and not isinstance(other, bool):
        return 0
    if isinstance(value, str) or isinstance(other, str):
        return ""
    return [] if isinstance(other, list) else 0


def _arithmetic(operator: str, left: Value, right: Value) -> Value:
    """Sums, and joined text for `+`. No value for text in the others, for division by zero and for a list in `+`."""
    left = _in_place_of_empty(left, right)
    right = _in_place_of_empty(right, left)
    if operator == "+" and (isinstance(left, list) or isinstance(right, list)):
        return None
    if operator == "+" and (isinstance(left, str) or isinstance(right, str)):
        return values.as_text(left) + values.as_text(right)
    one, other = values.as_number(left), values.as_number(right)
    if operator in "/%" and other == 0:
        return None
    if one is None or other is None:
        return math.nan  # text in a sum: unlike no answer, it equals nothing, not even itself
    try:
        if operator == "+":
            return values.tidy(round(one + other, 10))
        if operator == "-":
            return values.tidy(round(one - other, 10))
        if operator == "*":
            return values.tidy(round(one * other, 10))
        return values.tidy(one / other if operator == "/" else math.fmod(one, other))
    except OverflowError:
        return None


def _any_of(left: Value, right: Value) -> bool:
    if values.is_empty(left):
        return values.is_empty(right)
    if values.is_empty(right):
        return True
    if not isinstance(left, list):
        return values.contains(right, left)
    wanted = right if isinstance(right, list) else [right]
    return any(values.contains(left, item) for item in wanted)


def _all_of(left: Value, right: Value) -> bool:
    wanted = right if isinstance(right, list) else [right]
    return all(values.is_true(left) and values.contains(left, item) for item in wanted)


_COMPARISONS: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "=": values.equal,
    "!=": lambda left, right: not values.equal(left, right),
    ">": values.greater,
    "<": lambda left, right: values.greater(right, left),
    ">=": lambda left, right: values.greater(left, right) or values.equal(left, right),
    "<=": lambda left, right: values.greater(right, left) or values.equal(left, right),
    "contains": values.contains,
    "notcontains": values.lacks,
    "anyof": _any_of,
    "allof": _all_of,
    "noneof": lambda left, right: not _any_of(left, right),
}
