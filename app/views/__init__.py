"""Pages: each view loads, binds, makes one service call, and answers."""

from flask import Flask

from app.views import (
    dialogues,
    home,
    learning,
    moderation,
    record,
    sessions,
    stages,
    statements,
    stewardship,
)
from app.views import help as help_pages

BLUEPRINTS = (
    home.bp,
    help_pages.bp,
    dialogues.bp,
    learning.bp,
    moderation.bp,
    record.bp,
    sessions.bp,
    stages.bp,
    statements.bp,
    stewardship.bp,
)


def register(app: Flask) -> None:
    """Registers every blueprint and declares the audience of static files."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
