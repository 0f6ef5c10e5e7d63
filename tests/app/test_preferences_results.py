"""Preferences: nothing while open, what came out afterwards, setting questions up."""


import re
import uuid

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Prompt
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.preferences import PreferenceOption, PreferenceQuestion
from app.queries.preference_results import answers_table, results_of
from app.services import preferences as acts
from app.services.leaving import leave_dialogue
from deliberation.errors import RuleError
from deliberation.preferences import OptionSource, OptionWords, PreferenceKind
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from tests import factories
from tests.app.prefer import TOPICS, ask, close, give, keys, make_staff_of, order
from tests.app.test_reading import make_model
from tests.app.way import Room, fresh, make_room
from tests.factories import be_participant, make_participant, make_staff, sign_in_as


@pytest.fixture
def room(app) -> Room:
    """An open stage in which people put things in order."""
    return make_room(StageKind.PRIORITISE)


@pytest.mark.parametrize("state", [StageState.OPEN, StageState.PAUSED])
def test_nobody_sees_a_number_while_people_can_still_answer(client: FlaskClient, room: Room, state: StageState):
    question = ask(room)
    be_participant(client, room.participant)
    give(client, room, question, "Cost")
    with transaction():
        db.session.get_one(Stage, room.stage.id).state = state
    assert "Until then nobody sees them" in client.get(room.at(f"/prefer/{question.public_id}/results")).text
    base = f"/d/{room.dialogue.public_id}/preferences/{question.public_id}"
    for role in (Role.FACILITATOR, Role.ANALYST):
        sign_in_as(client, make_staff(room.dialogue, role))
        assert "Until then nobody sees them" in client.get(base).text
        assert client.get(f"{base}/results.csv").status_code == 303
    assert client.get(f"{base}/answers.csv").status_code == 303


def _answered(client: FlaskClient, room: Room) -> PreferenceQuestion:
    """Six people: four want Cost and Time, two want Trust; one more says none of these."""
    question = ask(room)
    for texts in [("Cost", "Time")] * 4 + [("Trust",)] * 2:
        be_participant(client, make_participant(room.dialogue))
        give(client, room, question, *texts)
    be_participant(client, room.participant)
    give(client, room, question, none="y", no_access="y")
    close(room)
    return question


def test_after_closing_everybody_sees_plain_counts_first_and_equal_shares_second(client: FlaskClient, room: Room):
    question = _answered(client, room)
    assert "See what came out" in client.get(room.at()).text
    html = client.get(room.at(f"/prefer/{question.public_id}/results")).text
    assert "7 people answered." in html
    assert "4 of 7" in html
    assert "None of these: 1 of 7." in re.sub(r"\s+", " ", html)
    assert html.index("How many people gave it a dot") < html.index("counted equally")
    assert "%" not in re.sub(r"<[^>]+>", "", html)


def test_ties_of_equal_shares_are_named(client: FlaskClient, room: Room):
    question = _answered(client, room)
    results = results_of(fresh(question))
    pairs = (("Cost", "Time"), ("Cost", "Trust"), ("Time", "Trust"))
    assert results.chosen.sets == {frozenset(keys(question, *pair)) for pair in pairs}
    html = client.get(room.at(f"/prefer/{question.public_id}/results")).text
    assert "these are level" in html


def test_in_an_open_dialogue_too_few_answers_show_no_numbers(client: FlaskClient):
    room = make_room(StageKind.PRIORITISE, mode=DialogueMode.OPEN)
    question = _answered(client, room)
    html = client.get(room.at(f"/prefer/{question.public_id}/results")).text
    assert "Too few people answered" in html
    assert "of 7" not in html


def test_staff_see_the_pairwise_table_the_order_and_mean_places(client: FlaskClient, room: Room):
    question = ask(room, PreferenceKind.RANKING, ("Alpha", "Beta", "Gamma"))
    for places in ({"Alpha": 1, "Beta": 2}, {"Alpha": 1, "Gamma": 2}, {"Beta": 1, "Alpha": 2}):
        be_participant(client, make_participant(room.dialogue))
        order(client, room, question, places)
    close(room)
    participant_page = client.get(room.at(f"/prefer/{question.public_id}/results")).text
    assert "More people put this one above each other one" in participant_page
    assert "“Alpha”" in participant_page
    sign_in_as(client, make_staff(room.dialogue, Role.COMMISSIONER))
    html = client.get(f"/d/{room.dialogue.public_id}/preferences/{question.public_id}").text
    assert "One against one" in html
    assert "1.33" in html
    assert "<strong>3</strong>" in html
    assert "answers.csv" not in html


def test_the_file_of_counts_holds_no_pseudonym_and_only_analysts_get_rows(client: FlaskClient, room: Room):
    question = _answered(client, room)
    names = db.session.scalars(select(Participant.pseudonym)).all()
    base = f"/d/{room.dialogue.public_id}/preferences/{question.public_id}"
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    text = client.get(f"{base}/results.csv").text
    assert "What comes first?,Cost,,7,6,4," in text
    assert not any(name in text for name in names)
    assert client.get(f"{base}/answers.csv").status_code == 403
    sign_in_as(client, make_staff(room.dialogue, Role.ANALYST))
    assert room.participant.pseudonym in client.get(f"{base}/answers.csv").text


def test_the_table_for_analysts_has_a_row_for_each_person_and_option(client: FlaskClient, room: Room):
    question = _answered(client, room)
    table = answers_table(fresh(question))
    assert len(table) == 7 * len(TOPICS)
    assert table["dot"].sum() == 10
    assert table["place"].isna().all()
    assert table.loc[table["none"], "participant"].nunique() == 1


def test_leaving_takes_ones_dots_out_of_the_counts(client: FlaskClient, room: Room):
    question = _answered(client, room)
    with transaction():
        person = db.session.get_one(Participant, room.participant.id)
        leave_dialogue(room.dialogue, by=person)
    results = results_of(fresh(question))
    assert (results.people, results.none) == (6, 0)


def test_ones_own_dots_stand_under_your_contributions(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    give(client, room, question, "Redress", no_access="y")
    html = client.get(room.mine).text
    assert "Your dots and orders" in html
    assert "Redress" in html


def test_a_question_that_somebody_answered_stays_as_it_is(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    give(client, room, question, "Cost")
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    base = f"/d/{room.dialogue.public_id}/preferences/{question.public_id}"
    data = {"kind": "approval", "title": "Other?", "options": "A\nB\nC", "dots": 1, "seats": 1}
    answer = client.post(f"{base}/edit", data=data)
    assert answer.status_code == 422
    assert "Somebody has answered this question" in answer.text
    assert client.post(f"{base}/remove").status_code == 409
    assert fresh(question).title == "What comes first?"


def test_a_facilitator_sets_a_question_up_from_typed_words_and_models(client: FlaskClient, room: Room):

    model = make_model(room, "Data trust")
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    contents = f"/d/{room.dialogue.public_id}/stages/{room.stage.public_id}"
    assert "Add a question with an order or dots" in client.get(f"{contents}/contents").text
    data = {"kind": "ranking", "title": "Which one?", "options": "Today\n\nA new body", "models": str(model.public_id)}
    assert client.post(f"{contents}/preferences/new", data=data).status_code == 303
    question = db.session.scalar(select(PreferenceQuestion))
    assert [(one.text, one.source.value) for one in question.options] == [
        ("Today", "typed"), ("A new body", "typed"), ("Data trust", "model"),
    ]  # fmt: skip
    base = f"/d/{room.dialogue.public_id}/preferences/{question.public_id}"
    changed = {**data, "options": "Data trust\nToday", "models": []}
    assert client.post(f"{base}/edit", data=changed).status_code == 303
    rows = db.session.scalars(select(PreferenceOption).order_by(PreferenceOption.place)).all()
    assert [(one.text, one.ref) for one in rows] == [("Data trust", model.public_id), ("Today", None)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"options": "One"}, "at least 2 things"),
        ({"options": "One\none"}, "Two of these are the same"),
        ({"options": "One\nTwo", "dots": 3}, "at most 2"),
        ({"title": ""}, "Write the question."),
        ({"kind": ""}, "Choose how people answer."),
    ],
)
def test_what_is_wrong_with_a_question_is_told_and_nothing_typed_is_lost(client, room, changes, words):
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    data = {"kind": "approval", "title": "Which?", "options": "A\nB\nC", "dots": 2, "seats": 2, "explain": "Kept it."}
    address = f"/d/{room.dialogue.public_id}/stages/{room.stage.public_id}/preferences/new"
    answer = client.post(address, data={**data, **changes})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept it." in answer.text


def test_options_can_be_added_from_elsewhere_once_each(app, room: Room):
    question, ref = ask(room, options=("A", "B", "C", "D")), uuid.uuid4()
    given = [
        OptionWords("How long does it take?", OptionSource.RESEARCH_QUESTION, ref),
        OptionWords("How long, in days?", OptionSource.RESEARCH_QUESTION, ref),
        OptionWords("A"),
    ]
    with transaction():
        by = make_staff_of(room)
        assert acts.add_options(question, given[:1], by=by) == 1
        assert acts.add_options(question, given, by=by) == 0
    assert [one.ref for one in fresh(question).options][-1] == ref


def test_a_stage_of_another_kind_takes_no_preference_question(app):
    with pytest.raises(RuleError, match="no_preferences_here"):
        ask(make_room(StageKind.VOTE))


def test_in_a_compare_stage_the_order_stands_beside_the_ratings(client: FlaskClient):
    room = make_room(StageKind.COMPARE)
    question = ask(room, PreferenceKind.RANKING, ("A", "B", "C"))
    be_participant(client, room.participant)
    assert f"/prefer/{question.public_id}" in client.get(room.at()).text


def test_staff_preview_the_page_and_nothing_can_be_sent_from_it(client: FlaskClient, room: Room):
    question = ask(room)
    sign_in_as(client, make_staff(room.dialogue, Role.ANALYST))
    base = f"/d/{room.dialogue.public_id}/preview/s/{room.stage.public_id}"
    assert f"question={question.public_id}" in client.get(base).text
    html = client.get(f"{base}?question={question.public_id}").text
    assert "3 of 3 dots left" in html
    assert 'method="post"' not in html.split("<main", 1)[1].split("</main>", 1)[0]


def test_talking_about_it_stays_possible_beside_the_dots(client: FlaskClient, room: Room):

    factories._saved(Prompt(stage_id=room.stage.id, place=1, text="Why these?"))
    ask(room)
    be_participant(client, room.participant)
    assert "?at=1" in client.get(room.at()).text
    assert "Why these?" in client.get(room.at("?at=1")).text
