"""A whole dialogue, played in browsers: from an empty folder to a clause, and from the clause back to the votes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import stop_server
from tests.journeys import setting_up
from tests.journeys.story import Story

pytestmark = pytest.mark.browser


@pytest.fixture
def story(tmp_path: Path, open_page) -> Iterator[Story]:
    """An empty folder; the server that an act starts is stopped at the end."""
    told = Story(tmp_path / "data", open_page)
    yield told
    if told.server is not None:
        stop_server(told.server)


def test_a_dialogue_is_played_from_the_kit_to_a_clause_that_walks_back_to_its_votes(story):
    setting_up.staff_get_accounts(story)
    setting_up.the_server_starts(story)
    setting_up.the_facilitator_makes_the_dialogue(story)
    setting_up.staff_get_their_roles(story)
    setting_up.people_are_put_on_the_roll(story)
    setting_up.move_stage(story, "session 1", "Open")

    assert story.faults == []
