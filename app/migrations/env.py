"""How Alembic meets our tables: batch operations, foreign keys off while they run, checked after."""

from alembic import context
from sqlalchemy import text

from app import models  # noqa: F401  (every table must be known)
from app.db import Base, writing_allowed


def run() -> None:
    """Runs the migrations on the connection that `app.services.storage` hands over."""
    connection = context.config.attributes["connection"]
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with writing_allowed():
        if sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
            connection.commit()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.commit()
            if broken:
                raise RuntimeError(f"migration left {len(broken)} rows without their parent")


run()
