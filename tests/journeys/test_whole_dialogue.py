"""A whole dialogue, played in browsers: from an empty folder to a clause, and from the clause back to the votes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import stop_server
from tests.journeys import afterwards, setting_up, taking_part
from tests.journeys.story import PANEL, Story
from tests.journeys.taking_part import COMMENTS, OFF_TOPIC, OWN_STATEMENT, Plan

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


def everybody_votes_on_the_new_statement(story: Story) -> None:
    """Once it has been checked it is in the list of all; one person changes an earlier vote there too."""
    for name, position in zip(PANEL, ("agree", "agree", "pass", "disagree"), strict=True):
        story.people[name].opens(story.people[name].page.url.split("?")[0])
        taking_part.votes_in_the_list(story, name, OWN_STATEMENT, position)
    changed = next(iter(story.votes[PANEL[1]]))
    taking_part.votes_in_the_list(story, PANEL[1], changed, "agree")
    for name in PANEL:
        taking_part.stops(story, name)


def test_a_dialogue_is_played_from_the_kit_to_a_clause_that_walks_back_to_its_votes(story, tmp_path):
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
        afterwards.words_are_checked(story)
        everybody_votes_on_the_new_statement(story)
    kind_words = (COMMENTS[OFF_TOPIC], "Not shown to everyone.", afterwards.REASON, "It stays in the record")
    taking_part.sees_own_contributions(story, OFF_TOPIC, OWN_STATEMENT, "Everyone can see it", *kind_words)
    setting_up.move_stage(story, "session 1", "Close")

    setting_up.move_stage(story, "session 3", "Open")
    with stage_open(story, "Three ways side by side"):
        for name in (PANEL[0], PANEL[3]):
            ratings = ("support", "oppose", "strongly_support", "need_to_know_more")
            afterwards.ideas_are_rated(story, name, "Three ways side by side", ratings)
    setting_up.move_stage(story, "session 3", "Close")
    setting_up.move_stage(story, "session 4", "Open")
    with stage_open(story, "Build your own mix"):
        afterwards.a_second_rating_is_asked_about(story, PANEL[0], "Build your own mix", "Support", "oppose")

    tempers = max(set(story.votes[PANEL[0]]) - {OWN_STATEMENT}, key=lambda words: story.counted(words).total())
    afterwards.the_grace_is_over(story)
    afterwards.the_analyst_takes_a_snapshot(story)
    afterwards.the_analyst_reads_the_report(story)
    afterwards.the_analyst_writes_a_finding(story, tempers=tempers)
    afterwards.the_commissioner_writes_a_clause(story)
    afterwards.the_clause_is_walked_back(story, tempers=tempers)
    afterwards.the_document_holds_it_all(story, tmp_path, tempers=tempers)

    assert story.faults == []
