"""The agenda of a workshop: its minutes, its prompts, its balance, and the names that it takes from an application."""

import re
from collections import Counter

import pytest

from tests.deliberation.kit_reading import AGENDAS, Kit


@pytest.fixture(scope="module", params=AGENDAS, ids=lambda folder: folder.name)
def agenda(request: pytest.FixtureRequest) -> Kit:
    """The agenda of one workshop."""
    return Kit(request.param)


def test_the_workshop_has_three_hours_and_leaves_seventy_minutes_to_nothing_yet(agenda: Kit) -> None:
    ready, workshop = agenda.sessions
    assert (ready["minutes"], sum(stage["minutes"] for stage in ready["stages"])) == (120, 120)
    assert workshop["minutes"] == agenda.about["minutes_per_session"] == 180
    used = [stage["minutes"] for stage in workshop["stages"]]
    assert used[:3] == [10, 20, 20]
    assert 45 <= sum(used[3:]) <= 60  # impacts, with a break, the vote and the closing check
    assert 70 <= 180 - sum(used) <= 85


def test_the_workshop_asks_the_six_prompts_of_the_guide(agenda: Kit) -> None:
    asked = [prompt for stage in agenda.sessions[1]["stages"] for prompt in stage.get("prompts", [])]
    for prompt in (
        "Who is affected?",
        "What risks, biases or harms do you see?",
        "Who gains most, and how?",
        "Who is hurt if it fails?",
        "What good does it do patients and the NHS?",
        "What would you want done to reduce harm?",
    ):
        assert prompt in asked, prompt


def test_seeds_of_a_workshop_hold_as_many_benefits_as_harms_and_some_oppose_any_access(agenda: Kit) -> None:
    counts = Counter(statement["stance"] for statement in agenda.statements)
    assert counts["supports"] == counts["criticises"] >= 5
    assert counts["opposes_access"] >= 2


def test_texts_of_an_agenda_take_their_names_from_the_application(agenda: Kit) -> None:
    gaps = set(re.findall(r"\[([a-z]+)\](?!\()", agenda.text_of_everything()))
    assert {"project", "organisation", "summary"} <= gaps
