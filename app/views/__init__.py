"""Pages: each view loads, binds, makes one service call, and answers."""

from flask import Flask

from app.views import help as help_pages
from app.views import home

BLUEPRINTS = (
    home.bp,
    help_pages.bp,
)


def register(app: Flask) -> None:
    """Registers every blueprint and declares the audience of static files."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
