"""Pages: each view loads, binds, makes one service call, and answers."""

from flask import Flask

from app.views import (
    accounts,
    analysis,
    consent,
    dialogues,
    findings,
    home,
    joining,
    learning,
    logins,
    methods,
    moderation,
    record,
    roll,
    sessions,
    staffing,
    stages,
    statements,
    stewardship,
    terms,
    themes,
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
    analysis.bp,
    themes.bp,
    findings.bp,
    terms.bp,
    methods.bp,
)


def register(app: Flask) -> None:
    """Registers every blueprint and declares the audience of static files."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
