"""The browser's fixtures, for whole journeys, and a server on which each journey makes a dialogue of its own."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import chromium, open_page, start_server, stop_server
from tests.journeys.gathering import Hall, build

__all__ = ["chromium", "open_page"]


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One server for all journeys that make their dialogue by services."""
    made = build(tmp_path_factory.mktemp("hall") / "data", start_server)
    yield made
    stop_server(made.server)
