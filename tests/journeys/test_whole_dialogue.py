"""A whole dialogue, played in browsers: from an empty folder to a clause, and from the clause back to the votes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import stop_server
from tests.journeys import setting_up, taking_part
from tests.journeys.story import PANEL, Story
from tests.journeys.taking_part import Plan

pytestmark = pytest.mark.browser


@pytest.fixture
def story(tmp_path: Path, open_page) -> Iterator[Story]:
    """An empty folder; the server that an act starts is stopped at the end."""
    told = Story(tmp_path / "data", open_page)
    yield told
    if told.server is not None:
        stop_server(told.server)


@contextmanager
def stage_open(story: Story, stage: str) -> Iterator[None]:
    """The facilitator opens the stage, people are in it, the facilitator closes it."""
    setting_up.move_stage(story, stage, "Open")
    yield
    setting_up.move_stage(story, stage, "Close")


def everybody_votes(story: Story) -> None:
    """Passing with and without a reason, importance, undoing, an own statement, the list."""
    first, second, third, fourth = PANEL
    plans = {
        first: Plan(("agree", "disagree", "agree", "pass", "agree"), important=frozenset({0})),
        second: Plan(("disagree", "agree", "pass", "agree", "agree"), reasons={2: "not_sure"}),
        third: Plan(
            ("pass", "agree", "agree", "disagree", "agree"),
            reasons={0: "it_depends"},
            depends_on="Only if the company shares what it earns.",
        ),
        fourth: Plan(("agree", "pass", "disagree", "agree", "agree"), frozenset({3}), {1: "rather_not_say"}),
    }
    for name, plan in plans.items():
        taking_part.begins(story, name, "Your first votes")
        taking_part.votes(story, name, plan)
    for name in (first, fourth):
        taking_part.undoes_the_last_vote(story, name)
        taking_part.votes(story, name, Plan(("disagree",)))
    taking_part.says_it_in_own_words(story, second)


def test_a_dialogue_is_played_from_the_kit_to_a_clause_that_walks_back_to_its_votes(story):
    setting_up.staff_get_accounts(story)
    setting_up.the_server_starts(story)
    setting_up.the_facilitator_makes_the_dialogue(story)
    setting_up.staff_get_their_roles(story)
    setting_up.people_are_put_on_the_roll(story)
    setting_up.move_stage(story, "session 1", "Open")
    for name in PANEL:
        taking_part.a_person_joins(story, name)
    taking_part.a_used_link_is_kind(story, PANEL[0])

    with stage_open(story, "A few questions before we start"):
        for name in PANEL:
            taking_part.answers_the_questions(story, name, "A few questions before we start")
    with stage_open(story, "Welcome"):
        for name in PANEL:
            taking_part.reads(story, name, "Welcome")
    with stage_open(story, "Hopes and fears"):
        for name in PANEL:
            taking_part.comments(story, name, "Hopes and fears")
    with stage_open(story, "Your first votes"):
        everybody_votes(story)

    assert story.faults == []
