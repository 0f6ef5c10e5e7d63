"""Core statements that are compiled once and run by the driver itself, for the few paths where that matters."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import IntegrityError

from app.db import is_writing

Statement = Executable | Callable[[Dialect], Executable]


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
        return compiled.read(_run(connection, compiled, values))

    def row(self, connection: Connection, **values: Any) -> Any:
        """The first row as a tuple, or None."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def do(self, connection: Connection, **values: Any) -> int:
        """Runs it for its effect; how many rows it touched."""
        return int(_run(connection, self._for(connection), values).rowcount)

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


def _run(connection: Connection, compiled: _Compiled, values: dict[str, Any]) -> Any:
    if compiled.writes and not is_writing():
        raise RuntimeError("a write outside a transaction: no GET writes, and services never open one")
    cursor = connection.connection.cursor()
    try:
        cursor.execute(compiled.sql, compiled.parameters(values))
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

