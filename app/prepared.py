"""Core statements that are compiled once and run by the driver itself, for the few paths where that matters."""

import json
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    String,
    Text,
    any_,
    bindparam,
    column,
    func,
    select,
    type_coerce,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from app.db import is_writing

Statement = Executable | Callable[[Dialect], Executable]
_ROWS = "rows_given"


def is_among(dialect: Dialect, column: Any, name: str) -> ColumnElement[bool]:
    """`column` is one of the values that `listed` made of a list: one statement however many there are."""
    if dialect.name == "postgresql":
        among: ColumnElement[bool] = column == any_(bindparam(name, type_=postgresql.ARRAY(column.type)))
        return among
    listed_values = func.json_each(bindparam(name, type_=String)).table_valued("value")
    found: ColumnElement[bool] = type_coerce(column, String).in_(select(listed_values.c.value))
    return found


def listed(connection: Connection, values: Collection[int | str | uuid.UUID]) -> Any:
    """Values for `is_among`, as this kind of database takes them."""
    if connection.dialect.name == "postgresql":
        return list(values)
    return json.dumps([one.hex if isinstance(one, uuid.UUID) else one for one in values])


def rows_given(dialect: Dialect, **kinds: Any) -> dict[str, Any] | None:
    """On PostgreSQL: the rows that `Prepared.many` gets, as columns of one table of these names and types.

    One statement for all rows there: each that is sent on its own costs the server more than the row it writes.
    None on SQLite, where the statement is run row by row at next to no cost.
    """
    if dialect.name != "postgresql":
        return None
    rows = func.json_to_recordset(sql_cast(bindparam(_ROWS, type_=Text), postgresql.JSON))
    table = rows.table_valued(*(column(name, kind) for name, kind in kinds.items()))
    return dict(table.render_derived(name="given", with_types=True).c)


@contextmanager
def without_waiting(connection: Connection) -> Iterator[None]:
    """On PostgreSQL statements are sent one after the other without waiting for each answer (its pipeline mode)."""
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    with driver.pipeline():
        yield


class Prepared:
    """One Core statement with `bindparam`s, compiled at its first run for each kind of database.

    Core takes about 80 microseconds for a statement of which the driver takes 5; a vote runs a dozen. Types still
    convert both ways, and nothing is put into SQL as text. `writes` says that it changes something: the guard against
    stray writes in `app.db` does not see what runs here, so it is asked for here.
    """

    def __init__(self, statement: Statement, *, writes: bool = False) -> None:
        self._statement = statement
        self._writes = writes
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, **values: Any) -> list[Any]:
        """All rows as tuples."""
        compiled = self._for(connection)
        return compiled.read(_run(connection, compiled, compiled.parameters(values)))

    def row(self, connection: Connection, **values: Any) -> Any:
        """The first row as a tuple, or None."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def do(self, connection: Connection, **values: Any) -> int:
        """Runs it for its effect; how many rows it touched."""
        compiled = self._for(connection)
        return int(_run(connection, compiled, compiled.parameters(values)).rowcount)

    def ask(self, connection: Connection, **values: Any) -> Callable[[], list[Any]]:
        """As `rows`, but they are fetched by what is returned: inside `without_waiting` other statements go first."""
        compiled = self._for(connection)
        cursor = _run(connection, compiled, compiled.parameters(values))
        return lambda: compiled.read(cursor)

    def many(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> Callable[[], int]:
        """Runs it for each of these values in one go; how many rows it touched in all, once nothing is waited for."""
        if not rows:
            return lambda: 0
        compiled = self._for(connection)
        parameters: Any
        if _ROWS in compiled.given:
            parameters = {_ROWS: json.dumps(rows, default=str)}
        else:
            parameters = [compiled.parameters(values) for values in rows]
        cursor = _run(connection, compiled, parameters)
        return lambda: int(cursor.rowcount)

    def _for(self, connection: Connection) -> "_Compiled":
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            made = self._statement if isinstance(self._statement, Executable) else self._statement(dialect)
            found = self._compiled[dialect.name] = _Compiled(made, dialect, self._writes)
        return found


class _Compiled:
    def __init__(self, statement: Executable, dialect: Dialect, writes: bool) -> None:
        compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self.sql = str(compiled)
        self.writes = writes
        self.positions: list[str] | None = compiled.positiontup
        self.given = dict(compiled.params)  # constants of the statement; bindparams are None here
        kinds = {name: bind.type for bind, name in compiled.bind_names.items()}
        self.in_ = {name: made for name, kind in kinds.items() if (made := _bind_processor(kind, dialect))}
        columns = compiled._result_columns or []
        self.out = [(n, made) for n, one in enumerate(columns) if (made := _result_processor(one[3], dialect))]

    def parameters(self, values: dict[str, Any]) -> Any:
        filled = self.given | values
        for name, convert in self.in_.items():
            filled[name] = convert(filled[name])
        return tuple(filled[name] for name in self.positions) if self.positions is not None else filled

    def read(self, cursor: Any) -> list[Any]:
        if not self.out:
            return list(cursor.fetchall())
        rows = []
        for raw in cursor.fetchall():
            row = list(raw)
            for n, convert in self.out:
                row[n] = convert(row[n])
            rows.append(tuple(row))
        return rows


def _run(connection: Connection, compiled: _Compiled, parameters: Any) -> Any:
    if compiled.writes and not is_writing():
        raise RuntimeError("a write outside a transaction: no GET writes, and services never open one")
    cursor = connection.connection.cursor()
    run = cursor.executemany if isinstance(parameters, list) else cursor.execute
    try:
        run(compiled.sql, parameters)
    except Exception as error:
        known: Any = connection.dialect.loaded_dbapi
        if isinstance(error, known.IntegrityError):
            raise IntegrityError(compiled.sql, None, error) from error
        raise
    return cursor


def _bind_processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    made: Callable[[Any], Any] | None = kind._cached_bind_processor(dialect)
    return made


def _result_processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    made: Callable[[Any], Any] | None = kind._cached_result_processor(dialect, None)
    return made
