"""The input tables of an analysis: what columns they have, and checked copies of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from deliberation.moderation import WordState

Id: TypeAlias = int | str
"""An id as the caller gave it. Integers sort as numbers, texts as texts; they are never parsed."""

VOTE_COLUMNS = ("participant", "statement", "position")
STATEMENT_COLUMNS = ("statement", "state")
COMMENT_COLUMNS = ("comment", "text")
POSITIONS = (-1, 0, 1)
STATES = tuple(state.value for state in WordState)


class TableError(ValueError):
    """An input table cannot be used. `code` names why; `facts` says where."""

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.facts = facts


def _no_votes() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in VOTE_COLUMNS})


def _no_comments() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in COMMENT_COLUMNS})


@dataclass(frozen=True)
class Tables:
    """Everything an analysis reads. The frames are copied when checked and never changed.

    votes       participant, statement, position (-1, 0, 1); optional important, cast_at. One row a vote
                event: the last of a participant on a statement counts.
    statements  statement, state (waiting, approved, refused, withdrawn); optional is_meta, text, lang.
    comments    comment, text; optional lang.
    groups      participant -> group, when the groups come from outside (a region, an age band).
    """

    statements: pd.DataFrame
    votes: pd.DataFrame = field(default_factory=_no_votes)
    comments: pd.DataFrame = field(default_factory=_no_comments)
    groups: Mapping[Id, str] | None = None


def checked(tables: Tables) -> Tables:
    """Copies with every column present, ids unmixed, and votes only on statements of the table.

    Statements and comments come sorted by id; votes keep the order of the log. TableError otherwise.
    """
    statements = statements_table(tables.statements)
    votes = votes_table(tables.votes)
    known = pd.Index(statements["statement"])
    strangers = votes["statement"][known.get_indexer(pd.Index(votes["statement"])) < 0]
    if len(strangers):
        first = strangers.iloc[0]
        raise TableError(
            "unknown_statement",
            f"votes: {len(strangers)} on unknown statements, first {first!r}",
            first=first,
        )
    groups = None if tables.groups is None else {key: str(name) for key, name in tables.groups.items()}
    return Tables(statements=statements, votes=votes, comments=comments_table(tables.comments), groups=groups)


def votes_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Checked copy: participant, statement, position (int8), important (bool), cast_at (number)."""
    _require(frame, "votes", VOTE_COLUMNS)
    positions = pd.to_numeric(frame["position"], errors="coerce").to_numpy(dtype=np.float64)
    wrong = ~np.isin(positions, POSITIONS)
    if wrong.any():
        value = frame["position"].iloc[int(np.argmax(wrong))]
        raise TableError("unknown_position", f"votes: {wrong.sum()} unknown positions, first {value!r}", value=value)
    return pd.DataFrame(
        {
            "participant": _ids(frame, "votes", "participant"),
            "statement": _ids(frame, "votes", "statement"),
            "position": positions.astype(np.int8),
            "important": _flags(frame, "important"),
            "cast_at": _times(frame),
        }
    )


def statements_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Checked copy sorted by id: statement, state, is_meta (bool), text, lang (text, may be empty)."""
    _require(frame, "statements", STATEMENT_COLUMNS)
    states = [str(getattr(state, "value", state)) for state in frame["state"]]
    for state in states:
        if state not in STATES:
            raise TableError("unknown_state", f"statements: unknown state {state!r}", state=state)
    table = pd.DataFrame(
        {
            "statement": _ids(frame, "statements", "statement"),
            "state": pd.Series(states, dtype=object),
            "is_meta": _flags(frame, "is_meta"),
            "text": _words(frame, "text"),
            "lang": _words(frame, "lang"),
        }
    )
    return _sorted_unique(table, "statements", "statement")


def comments_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Checked copy sorted by id: comment, text, lang."""
    _require(frame, "comments", COMMENT_COLUMNS)
    table = pd.DataFrame(
        {
            "comment": _ids(frame, "comments", "comment"),
            "text": _words(frame, "text"),
            "lang": _words(frame, "lang"),
        }
    )
    return _sorted_unique(table, "comments", "comment")


def plain_ids(values: object) -> tuple[Id, ...]:
    """The ids of an array or column as plain Python values."""
    return tuple(v if isinstance(v, str) else int(v) for v in np.asarray(values, dtype=object))


def _require(frame: pd.DataFrame, table: str, columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise TableError("missing_columns", f"{table}: missing columns {', '.join(missing)}", columns=missing)


def _ids(frame: pd.DataFrame, table: str, column: str) -> "pd.Series[Any]":
    """The ids as int64, or as objects when they are texts."""
    if isinstance(frame[column].dtype, np.dtype) and frame[column].dtype.kind in "iu":
        return pd.Series(frame[column].to_numpy().astype(np.int64))
    values = list(frame[column])
    if all(isinstance(v, (int, np.integer)) and not isinstance(v, bool) for v in values):
        return pd.Series(np.array([int(v) for v in values], dtype=np.int64))
    if all(isinstance(v, str) and v for v in values):
        return pd.Series(np.array(values, dtype=object), dtype=object)
    wrong = [v for v in values if isinstance(v, bool) or not isinstance(v, (int, np.integer, str)) or v == ""]
    if not wrong:
        raise TableError("mixed_ids", f"{table}: numbers and texts are mixed in {column}", column=column)
    raise TableError("bad_id", f"{table}: {wrong[0]!r} is no {column} id", column=column, value=wrong[0])


def _flags(frame: pd.DataFrame, column: str) -> NDArray[np.bool_]:
    if column not in frame.columns:
        return np.zeros(len(frame), dtype=np.bool_)
    if frame[column].dtype == np.bool_:
        return frame[column].to_numpy(dtype=np.bool_, copy=True)
    return np.array([not pd.isna(value) and bool(value) for value in frame[column]], dtype=np.bool_)


def _words(frame: pd.DataFrame, column: str) -> "pd.Series[str]":
    if column not in frame.columns:
        return pd.Series([""] * len(frame), dtype=object)
    return pd.Series([value if isinstance(value, str) else "" for value in frame[column]], dtype=object)


def _times(frame: pd.DataFrame) -> NDArray[np.int64] | NDArray[np.float64]:
    """Times as numbers that order them (nanoseconds for dates); all 0 when the table has none."""
    if "cast_at" not in frame.columns:
        return np.zeros(len(frame), dtype=np.int64)
    column = frame["cast_at"]
    if len(column) and not pd.api.types.is_numeric_dtype(column):
        try:
            column = pd.Series(pd.DatetimeIndex(pd.to_datetime(column, utc=True)).as_unit("ns").asi8)
        except (ValueError, TypeError) as error:
            raise TableError("bad_time", f"votes: cast_at cannot be read as a time ({error})") from error
        if (column == np.iinfo(np.int64).min).any():
            raise TableError("bad_time", "votes: cast_at is missing in some rows")
    if pd.api.types.is_integer_dtype(column) or not len(column):
        return column.to_numpy(dtype=np.int64)
    numbers = column.to_numpy(dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise TableError("bad_time", "votes: cast_at is missing in some rows")
    return numbers


def _sorted_unique(table: pd.DataFrame, name: str, column: str) -> pd.DataFrame:
    twice = table[column][table[column].duplicated()]
    if len(twice):
        raise TableError("duplicate_id", f"{name}: {twice.iloc[0]!r} occurs more than once", id=twice.iloc[0])
    return table.sort_values(column, kind="stable", ignore_index=True)
