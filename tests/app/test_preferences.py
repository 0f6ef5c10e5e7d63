"""Dots and orders: giving, changing, resending, nothing shown while open, and what came out afterwards."""

import re
import uuid

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.events import Event
from app.models.preferences import PreferenceBallot
from app.queries.preferences import option_pages, options_for, tie_order
from app.services import preferences as acts
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.preferences import PreferenceKind
from deliberation.stages import StageKind, StageState
from deliberation.stewardship import Acceptance
from tests.app.prefer import TOPICS, ask, give, keys, order, said, texts_of
from tests.app.way import Room, key, make_room
from tests.factories import be_participant, make_participant


@pytest.fixture
def room(app) -> Room:
    """An open stage in which people put things in order."""
    return make_room(StageKind.PRIORITISE)


def test_starting_leads_to_the_question_and_keeping_dots_back_to_the_part(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    assert client.post(room.at("/start")).location == room.at(f"/prefer/{question.public_id}")
    html = client.get(room.at(f"/prefer/{question.public_id}")).text
    assert "3 of 3 dots left" in html
    assert all(words in html for words in (*TOPICS, "None of these", "No one should get the scans for AI"))
    assert "Who sees this" in html
    assert give(client, room, question, "Cost", "Trust").location == room.at()
    html = client.get(room.at()).text
    assert "You gave 2 of 3 dots" in html
    assert "I am done with this part" in html


def test_how_many_are_left_is_told_without_a_script(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    answer = give(client, room, question, "Cost", "Trust", go="stay")
    html = client.get(answer.location).text
    assert "1 of 3 dots left" in html
    assert "2 given and kept" in html
    assert html.count(" checked") == 2


def test_too_many_dots_are_refused_beside_the_boxes_and_every_tick_stays(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    give(client, room, question, "Cost")
    answer = give(client, room, question, *TOPICS[:5])
    assert answer.status_code == 422
    assert "You have 3 dots and gave 5. Take 2 away." in answer.text
    assert answer.text.count(" checked") == 5
    assert texts_of(question, said(question, room.participant).dots) == ["Cost"]


def test_none_of_these_beside_dots_is_refused_and_alone_is_an_answer(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    assert give(client, room, question, "Cost", none="y").status_code == 422
    assert give(client, room, question, none="y", no_access="y").status_code == 303
    kept = said(question, room.participant)
    assert (kept.is_none, kept.no_access, kept.dots) == (True, True, frozenset())


def test_access_should_not_be_granted_can_stand_beside_dots(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    assert give(client, room, question, "Cost", no_access="y").status_code == 303


def test_a_changed_mind_counts_and_every_sending_stays_on_record(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    give(client, room, question, "Cost")
    give(client, room, question, "Time", "Trust")
    assert texts_of(question, said(question, room.participant).dots) == ["Time", "Trust"]
    assert db.session.query(PreferenceBallot).count() == 2
    kinds = db.session.scalars(select(Event.kind).where(Event.kind == EventKind.PREFERENCE_STATED)).all()
    assert len(kinds) == 2


def test_sending_twice_counts_once_and_an_old_sending_never_undoes_a_newer_one(client: FlaskClient, room: Room):
    question = ask(room)
    be_participant(client, room.participant)
    old = key()
    give(client, room, question, "Cost", client_key=old)
    give(client, room, question, "Time")
    assert give(client, room, question, "Cost", client_key=old).status_code == 303
    assert texts_of(question, said(question, room.participant).dots) == ["Time"]
    refused = give(client, room, question, "Trust", client_key=old)
    assert refused.status_code == 422
    assert "sent before with another answer" in refused.text
    assert db.session.query(PreferenceBallot).count() == 2


def test_a_key_of_somebody_else_is_refused(client: FlaskClient, room: Room):
    question, other, used = ask(room), make_participant(room.dialogue), key()
    be_participant(client, other)
    give(client, room, question, "Cost", client_key=used)
    be_participant(client, room.participant)
    assert give(client, room, question, "Cost", client_key=used).status_code == 422
    assert said(question, room.participant).is_empty


def test_a_long_list_comes_in_pages_of_twelve_and_dots_of_other_pages_stay(client: FlaskClient, room: Room):
    question = ask(room, options=tuple(f"Topic {n}" for n in range(30)), is_shuffled=False)
    be_participant(client, room.participant)
    assert [len(page) for page in option_pages(question, room.participant)] == [10, 10, 10]
    answer = give(client, room, question, "Topic 1", "Topic 2")
    assert answer.location.endswith("?page=2")
    html = client.get(answer.location).text
    assert "1 of 3 dots left" in html
    assert "2 dots on other pages" in html
    assert html.count('name="dots"') == 10
    refused = give(client, room, question, "Topic 11", "Topic 12", page=2)
    assert refused.status_code == 422
    assert give(client, room, question, "Topic 12", page=2).location.endswith("?page=3")
    assert give(client, room, question, page=3).location == room.at()
    assert texts_of(question, said(question, room.participant).dots) == ["Topic 1", "Topic 12", "Topic 2"]


def test_each_person_has_an_order_of_their_own_that_stays_the_same(app, room: Room):
    question = ask(room)
    people = [make_participant(room.dialogue) for _ in range(12)]
    orders = [tuple(one.text for one in options_for(question, person)) for person in people]
    assert orders == [tuple(one.text for one in options_for(question, person)) for person in people]
    assert len(set(orders)) > 6
    assert sorted(tie_order(question)) == sorted(keys(question, *TOPICS))


def test_set_otherwise_everybody_sees_the_order_of_the_list(app, room: Room):
    question = ask(room, is_shuffled=False)
    assert [one.text for one in options_for(question, room.participant)] == list(TOPICS)


def test_an_order_by_numbers_with_a_shared_place(client: FlaskClient, room: Room):
    question = ask(room, PreferenceKind.RANKING, ("A", "B", "C", "D"))
    be_participant(client, room.participant)
    answer = order(client, room, question, {"A": 4, "B": 2, "C": 2})
    assert answer.location == room.at(f"/prefer/{question.public_id}/accept")
    places = said(question, room.participant).places
    assert [places[one] for one in keys(question, "B", "C", "A")] == [1, 1, 2]
    html = client.get(room.at(f"/prefer/{question.public_id}")).text
    assert "same place as the one above" in html
    shown = re.findall(r'id="o-([^"]+)"', html)
    assert set(shown[:2]) == set(keys(question, "B", "C"))
    assert shown[2:] == keys(question, "A", "D")


def test_an_order_can_be_made_by_pressing_buttons_alone(client: FlaskClient, room: Room):
    question = ask(room, PreferenceKind.RANKING, ("A", "B", "C"))
    be_participant(client, room.participant)

    def press(word: str, text: str):
        places = {f"place-{one}": str(place) for one, place in said(question, room.participant).places.items()}
        data = {**places, "client_key": key(), "press": f"{word}:{keys(question, text)[0]}"}
        return client.post(room.at(f"/prefer/{question.public_id}/order"), data=data)

    answer = press("up", "C")
    assert answer.location == room.at(f"/prefer/{question.public_id}#o-{keys(question, 'C')[0]}")
    press("up", "A")
    press("up", "B")
    press("up", "B")
    press("same", "A")
    places = said(question, room.participant).places
    assert [places[one] for one in keys(question, "C", "B", "A")] == [1, 2, 2]


def test_nothing_in_order_is_told_beside_the_list(client: FlaskClient, room: Room):
    question = ask(room, PreferenceKind.RANKING, ("A", "B", "C"))
    be_participant(client, room.participant)
    answer = order(client, room, question, {})
    assert answer.status_code == 422
    assert 'href="#order"' in answer.text
    assert "Put at least one in its place first." in answer.text
    assert order(client, room, question, {}, none="y").status_code == 303


def test_what_is_acceptable_is_asked_after_the_order_and_may_be_left_out(client: FlaskClient, room: Room):
    question = ask(room, PreferenceKind.RANKING, ("A", "B", "C"))
    be_participant(client, room.participant)
    order(client, room, question, {"A": 1})
    address = room.at(f"/prefer/{question.public_id}/accept")
    html = client.get(address).text
    assert "could you accept it?" in html
    assert "checked" not in html
    data = {f"accept-{keys(question, 'B')[0]}": "could_not", "client_key": key()}
    assert client.post(address, data=data).location == room.at()
    kept = said(question, room.participant)
    assert kept.acceptance == {keys(question, "B")[0]: Acceptance.COULD_NOT}
    assert len(kept.places) == 1


def test_without_it_acceptance_is_not_asked(client: FlaskClient, room: Room):
    question = ask(room, PreferenceKind.RANKING, ("A", "B", "C"), asks_acceptance=False)
    be_participant(client, room.participant)
    assert order(client, room, question, {"A": 1}).location == room.at()
    assert client.get(room.at(f"/prefer/{question.public_id}/accept")).status_code == 404


@pytest.mark.parametrize("state", [StageState.PLANNED, StageState.PAUSED, StageState.CLOSED])
def test_dots_are_refused_unless_the_stage_is_open(client: FlaskClient, state: StageState):
    room = make_room(StageKind.PRIORITISE, stage={"state": state})
    question = ask(room)
    be_participant(client, room.participant)
    assert give(client, room, question, "Cost").status_code in {403, 409}
    assert db.session.query(PreferenceBallot).count() == 0


def test_options_of_another_question_are_refused(client: FlaskClient, room: Room):
    question, other = ask(room), ask(room, options=("X", "Y", "Z", "W"))
    be_participant(client, room.participant)
    data = {"dots": keys(other, "X"), "client_key": key()}
    assert client.post(room.at(f"/prefer/{question.public_id}/dots"), data=data).status_code == 422
    with pytest.raises(RuleError, match="unknown_answer"), transaction():
        acts.give_dots(question, keys(other, "X"), shown=[], client_key=uuid.uuid4(), by=room.participant)


