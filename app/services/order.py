"""Putting numbered rows in order without two of them ever holding one number."""

from collections.abc import Sequence
from typing import Any

from app.db import db


def swap(rows: Sequence[Any], row: Any, step: int, attribute: str) -> bool:
    """Moves `row` one place up (-1) or down (+1) among `rows`; False at either end.

    The two numbers are exchanged by way of a negative one, since the tables keep numbers unique.
    """
    here = rows.index(row)
    there = here + (1 if step > 0 else -1)
    if not 0 <= there < len(rows):
        return False
    other = rows[there]
    mine, theirs = getattr(row, attribute), getattr(other, attribute)
    if mine == theirs:
        theirs = mine + (1 if step > 0 else -1)
    setattr(row, attribute, -mine - 1)
    db.session.flush()
    setattr(other, attribute, mine)
    db.session.flush()
    setattr(row, attribute, theirs)
    db.session.flush()
    return True


def renumber(rows: Sequence[Any], attribute: str) -> None:
    """Numbers `rows` 1, 2, 3 ... in the order given."""
    for number, row in enumerate(rows, 1):
        setattr(row, attribute, -number)
    db.session.flush()
    for number, row in enumerate(rows, 1):
        setattr(row, attribute, number)
    db.session.flush()
