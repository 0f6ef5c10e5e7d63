"""Pages: each view loads, binds, makes one service call, and answers."""

from flask import Flask

from app.views import (
    accounts,
    consent,
    dialogues,
    home,
    joining,
    learning,
    logins,
    moderation,
    record,
    roll,
    sessions,
    staffing,
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
    accounts.bp,
    consent.bp,
    joining.bp,
    logins.bp,
    roll.bp,
    staffing.bp,
)


def register(app: Flask) -> None:
    """Registers every blueprint and declares the audience of static files."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
