"""Voting: positions, what may be voted on, and sets of five. What comes next: `routing`."""

from enum import IntEnum, StrEnum

from deliberation.errors import RuleError

SET_SIZE = 5
"""Statements a person sees before being asked "stop here or five more"."""

MOST_ASKED = 50
"""A stage never asks for more: from 45 statements on people give up."""


class Position(IntEnum):
    """A participant's position on a statement. Agree is +1 everywhere, never -1."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1


class PassReason(StrEnum):
    """Why somebody passed: optional, stored beside the 0."""

    NOT_SURE = "not_sure"
    IT_DEPENDS = "it_depends"
    DONT_UNDERSTAND = "dont_understand"
    RATHER_NOT_SAY = "rather_not_say"


class Origin(StrEnum):
    """Where a statement came from; shown on its card."""

    SEED = "seed"
    PARTICIPANT = "participant"
    DERIVED = "derived"


def position_of(value: str | int) -> Position:
    """The position a form sent; RuleError `unknown_position` for anything else."""
    try:
        return Position(int(value))
    except (TypeError, ValueError):
        raise RuleError("unknown_position", value=str(value)[:20]) from None


def check_votable(*, is_approved: bool, is_placed: bool, is_own_withdrawn: bool = False) -> None:
    """RuleError `not_votable` unless the statement is approved and placed in the stage."""
    if not (is_approved and is_placed) or is_own_withdrawn:
        raise RuleError("not_votable")


def place_in_set(done: int) -> tuple[int, int]:
    """(number in this set, size of a set) for the next statement, after `done` votes."""
    return done % SET_SIZE + 1, SET_SIZE


def is_set_finished(done: int) -> bool:
    """True after each full set of five."""
    return done > 0 and done % SET_SIZE == 0


def remaining_sets(left: int) -> int:
    """How many statements the next set would hold when `left` are not yet answered."""
    return min(left, SET_SIZE)


def may_stop(done: int, minimum: int, left: int) -> bool:
    """Whether "stop here" stands beside "five more": once the minimum is met, or when nothing is left.

    Args:
        done: statements voted on in the stage.
        minimum: what the stage asks for; 0 asks for nothing.
        left: statements not yet voted on.
    """
    return left == 0 or done >= minimum


def check_minimum(minimum: int) -> None:
    """RuleError `number_too_low` or `number_too_high` unless a stage may ask for this many."""
    if minimum < 0:
        raise RuleError("number_too_low", low=0)
    if minimum > MOST_ASKED:
        raise RuleError("number_too_high", high=MOST_ASKED)


def check_same_vote(sent: tuple[int, int, int, bool], stored: tuple[int, int, int, bool]) -> None:
    """A key that comes twice has to carry the same vote.

    Args:
        sent, stored: (participant, statement, position, importance).

    Raises:
        RuleError: `key_reused`.
    """
    if sent != stored:
        raise RuleError("key_reused")
