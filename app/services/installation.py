"""The settings of the installation that is running, for services that need a key or a cost."""

from flask import current_app

from app.config import Settings


def settings_in_use() -> Settings:
    """The settings that the running application was made with."""
    settings: Settings = current_app.extensions["folkmoot"]
    return settings
