"""Fixtures that every test may use: an application on a fresh SQLite file, and its client."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from app.config import read_settings
from app.db import db
from app.factory import create_app
from app.services.storage import migrate, open_engine

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


@pytest.fixture
def app(empty_database: Path, tmp_path: Path) -> Iterator[Flask]:
    """A new application on its own database; CSRF off (its own tests switch it on)."""
    shutil.copy(empty_database, tmp_path / "folkmoot.db")
    settings = read_settings({"FOLKMOOT_DATA": str(tmp_path)}).for_tests()
    app = create_app(settings)
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
