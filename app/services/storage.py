"""Migrations by the program itself: up, down, and the refusal to start on an unknown schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

from app.db import db, prepare_engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def alembic_config(engine: Engine) -> Config:
    """Alembic's settings for our folder; the connection is added by the caller."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(engine: Engine, to: str = "head") -> None:
    """Upgrades the schema to `to`. Safe to call at each start."""
    config = alembic_config(engine)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def migrate_down(engine: Engine, to: str = "base") -> None:
    """Downgrades the schema to `to`."""
    config = alembic_config(engine)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def is_current(engine: Engine) -> bool:
    """Whether the schema is the one this program knows."""
    head = ScriptDirectory.from_config(alembic_config(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def open_engine(url: str) -> Engine:
    """An engine outside any application, set up like the application's own."""
    engine = create_engine(url)
    prepare_engine(engine)
    return engine


def let_go() -> None:
    """Closes this application's connections: none may be carried into a process that is forked from this one."""
    db.session.remove()
    db.engine.dispose()
