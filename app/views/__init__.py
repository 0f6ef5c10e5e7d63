"""Pages: each view loads, binds, makes one service call, and answers."""

from flask import Flask

from app.views import (
    accounts,
    analysis,
    answering,
    comments,
    comparing,
    consent,
    contributions,
    dialogues,
    findings,
    home,
    joining,
    learning,
    logins,
    methods,
    moderation,
    preview,
    questionnaires,
    reading,
    record,
    resistance,
    roll,
    sessions,
    shift,
    staffing,
    stages,
    statements,
    statements_own,
    stewardship,
    taking_part,
    terms,
    themes,
    voting,
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
    questionnaires.bp,
    accounts.bp,
    consent.bp,
    joining.bp,
    logins.bp,
    roll.bp,
    staffing.bp,
    analysis.bp,
    resistance.bp,
    shift.bp,
    themes.bp,
    findings.bp,
    terms.bp,
    methods.bp,
    taking_part.bp,
    reading.bp,
    voting.bp,
    statements_own.bp,
    comments.bp,
    comparing.bp,
    answering.bp,
    contributions.bp,
    preview.bp,
)


def register(app: Flask) -> None:
    """Registers every blueprint and declares the audience of static files."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
