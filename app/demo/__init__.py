"""The example: a dialogue from the shipped kit with a synthetic panel of 47, loaded once."""

from app.demo.load import demo_settings, load, welcome

__all__ = ["demo_settings", "load", "welcome"]
