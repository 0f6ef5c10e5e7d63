"""Drafts a migration from the difference between the models and the newest schema."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from app.services.storage import alembic_config, migrate, open_engine


def main(words: str) -> None:
    """Writes `app/migrations/versions/NNNN_words.py`; read it before you commit it."""
    folder = Path(__file__).resolve().parent.parent / "app" / "migrations" / "versions"
    number = f"{len(list(folder.glob('[0-9]*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(f"sqlite:///{scratch}/draft.db")
        migrate(engine)
        config = alembic_config(engine)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, words, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('usage: tools/new_migration.py "what changes"')
    main(sys.argv[1])
