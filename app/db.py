"""The database: own declarative base, how connections are set up, and the one way to write."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session

from deliberation.errors import RuleError

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table; each constraint has a name, so that an error can be told to a person."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

_writing: ContextVar[bool] = ContextVar("folkmoot_writing", default=False)


class FairLock:
    """A lock that is handed over in the order of arrival, so that no writer starves."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._queue.append(turn)
        turn.wait()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._held = False


_one_writer = FairLock()


def utcnow() -> datetime:
    """The time now, in UTC. The only clock of the services."""
    return datetime.now(UTC)


@contextmanager
def transaction() -> Iterator[Session]:
    """The only way to write. Acknowledge nothing before this block has ended without an error.

    It ends any open read (objects loaded before are loaded afresh inside), takes one fair lock for
    the whole process where the store is SQLite, begins IMMEDIATE there, and commits or rolls back.
    """
    if _writing.get():
        raise RuntimeError("a transaction is already open: only the edge (view, command, job) opens one")
    session = db.session()
    session.rollback()
    session.expire_all()
    with _one_writer if db.engine.dialect.name == "sqlite" else nullcontext(), _write(session):
        yield session


@contextmanager
def quick_transaction(engine: Engine, before: Callable[[], object] = object) -> Iterator[Connection]:
    """As `transaction()`, on a bare connection: no session, no objects, no application. For the vote path.

    The same promises: nothing is acknowledged before the block has ended, and one writer at a time on SQLite.

    Args:
        before: called once it is this transaction's turn, before it begins.
    """
    if _writing.get():
        raise RuntimeError("a transaction is already open: only the edge (view, command, job) opens one")
    with _one_writer if engine.dialect.name == "sqlite" else nullcontext():
        token = _writing.set(True)
        try:
            before()
            with engine.begin() as connection:
                yield connection
        except IntegrityError as error:
            raise RuleError(constraint_name(error) or "conflict") from error
        finally:
            _writing.reset(token)


@contextmanager
def quick_read(engine: Engine, before: Callable[[], object] = object) -> Iterator[Connection]:
    """A connection for a few statements that read, each on what is committed when it runs.

    On PostgreSQL no transaction is begun and ended around them: that would be two more trips to it.

    Args:
        before: called first, as by `quick_transaction`.
    """
    before()
    at_once = engine.dialect.name == "postgresql"
    with (engine.execution_options(isolation_level="AUTOCOMMIT") if at_once else engine).connect() as connection:
        yield connection


@contextmanager
def _write(session: Session) -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise RuleError(constraint_name(error) or "conflict") from error
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Whether a transaction for writing is open here."""
    return _writing.get()


@contextmanager
def writing_allowed() -> Iterator[None]:
    """For migrations and test fixtures that bring their own connection."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def constraint_name(error: IntegrityError) -> str:
    """The name of the unique constraint that refused, as `NAMES` gives it; empty for other kinds."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        name = diagnosis.constraint_name or ""
        return name if name.startswith("uq_") else ""
    message = str(error.orig)
    if not message.startswith("UNIQUE constraint failed: "):
        return ""
    columns = message.removeprefix("UNIQUE constraint failed: ").split(", ")
    table = columns[0].split(".")[0]
    return "_".join(["uq", table, *(column.split(".")[1] for column in columns)])


def prepare_engine(engine: Engine) -> None:
    """Pragmas, own BEGIN on SQLite, and the refusal of every write outside `transaction()`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_up_postgresql)
    event.listen(engine, "before_cursor_execute", _refuse_stray_writes)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 begins nothing on its own: see _begin_sqlite
    cursor = connection.cursor()
    # secure_delete: what somebody took back is overwritten in the file, not only forgotten by its index.
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON")
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_up_postgresql(connection: Any, _record: object) -> None:
    """Plans are kept from the second time on. Planning costs more than most of our statements, for each connection."""
    connection.prepare_threshold = 1
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_generic_plan")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _refuse_stray_writes(
    _conn: object, _cursor: object, statement: str, _params: object, _context: object, _many: object
) -> None:
    if not _writing.get() and statement.lstrip()[:7].upper().startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")):
        raise RuntimeError("a write outside transaction(): no GET writes, and services never open one")
