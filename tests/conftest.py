"""Fixtures that every test may use: an application on a fresh SQLite file, and its client."""

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event

from app import factory
from app.access import limiter
from app.config import Settings, read_settings
from app.db import db, prepare_engine
from app.factory import TEMPLATES, create_app
from app.services.storage import migrate, open_engine

LONG = ("journeys", "browser", "integrity")
"""Folders of tests that take long: they begin first, so that at the end no worker waits for another's long one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order of folders; inside them it stays."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if name in item.path.parts), len(LONG)))


class KeptTemplates(BytecodeCache):
    """What templates were compiled to, for all applications of this process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """From memory, where the template has not changed."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Into memory."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES["bytecode_cache"] = KeptTemplates()
settings.register_profile("folkmoot", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("folkmoot")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest schema, made once by the migrations and copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def first_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that nobody uses: its routes, views and templates are those of every test's own."""
    made = create_app(read_settings({"FOLKMOOT_DATA": str(tmp_path_factory.mktemp("first"))}).for_tests())
    made.extensions["as it was"] = dict(made.config)
    return made


def another(first: Flask, settings: Settings) -> Flask:
    """An application like `first` with settings, store, limits and lane of its own.

    Six hundred routes take longer to put together than most tests; they are shared, so a test that adds one makes
    an application from nothing.
    """
    app = copy.copy(first)
    del app.wsgi_app  # type: ignore[method-assign]
    app.config.clear()  # it stays the first one's, which its extensions hold on to
    app.config.update(first.extensions["as it was"] | factory._config(settings))
    app.extensions = {**first.extensions, "folkmoot": settings}
    app.extensions.pop("sqlalchemy")
    app.teardown_appcontext_funcs = list(first.teardown_appcontext_funcs)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _wait_for_no_disk)
    limiter.enabled = app.config["RATELIMIT_ENABLED"]  # one for all applications
    factory._wrap(app, settings)
    return app


def _wait_for_no_disk(connection: Any, _record: object) -> None:
    """Nobody cuts the power of these tests; those that kill a server run the real one (tests/integrity)."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def app(empty_database: Path, tmp_path: Path, first_app: Flask) -> Iterator[Flask]:
    """A new application on its own database; CSRF off (its own tests switch it on)."""
    shutil.copy(empty_database, tmp_path / "folkmoot.db")
    app = another(first_app, read_settings({"FOLKMOOT_DATA": str(tmp_path)}).for_tests())
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FreshClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


class FreshClient(FlaskClient):
    """Forgets, before each request, what the last one kept in `g` and had read.

    The `app` fixture holds one application context open, which requests inside a test share; a real
    server opens a new one for each request.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """One request."""
        for name in list(g):
            g.pop(name)
        db.session.rollback()  # or the session would go on seeing the store as it was before the vote path wrote
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client()
