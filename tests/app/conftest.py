"""Fixtures of services and pages."""

import pytest

from app.views.lane import Lane
from tests.app.postgres import postgres_app, postgres_migrated, postgres_server, postgres_url

__all__ = ["postgres_app", "postgres_migrated", "postgres_server", "postgres_url"]


@pytest.fixture
def lane(monkeypatch: pytest.MonkeyPatch):
    """Whether the lane answered each request since, and a way to switch it off."""
    answered, honest = [], Lane._answer

    def counted(self: Lane, environ):
        found = None if lane.off else honest(self, environ)
        answered.append(found is not None)
        return found

    class lane:
        off = False
        took = answered

    monkeypatch.setattr(Lane, "_answer", counted)
    return lane
