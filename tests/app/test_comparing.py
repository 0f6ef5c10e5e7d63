"""Comparing: one model a page, five words, a second look asked about, and a mix read back as one sentence."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.models.events import Event, EventPayload
from app.models.stewardship import Combination, ModelRating, StageModel
from deliberation.events import EventKind
from deliberation.stages import StageKind, StageState
from deliberation.stewardship import NOBODY, NONE_OF_THESE, Acceptance, CombinationQuestion, Rating
from tests import factories
from tests.app.test_reading import make_model
from tests.app.way import Room, make_room, saved
from tests.factories import be_participant

GOOD = {
    "who_sets_rules": "panel_of_people",
    "who_decides": "mixed_committee",
    "can_say_no": "opt_out",
    "who_checks": "courts",
}


def _room(*names: str, **changes) -> tuple[Room, list]:
    room = make_room(StageKind.COMPARE, **changes)
    models = [make_model(room, name, place=n) for n, name in enumerate(names or ("Trust", "Opt-out"), 1)]
    return room, models


def _rate(client: FlaskClient, room: Room, model, rating: str = "support", stage=None, **more):
    return client.post(room.at(f"/compare/{model.public_id}", stage), data={"rating": rating, **more})


def test_one_model_a_page_with_five_words_and_need_to_know_more(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    html = client.get(room.at(f"/compare/{models[0].public_id}")).text
    for words in ("Who decides?", "Can I say no?", "Strongly support", "I need to know more", "I could not accept it"):
        assert words in html
    assert "1 of 2" in html
    assert html.count('name="rating"') == 6
    assert "checked" not in html


def test_starting_leads_to_the_first_model_and_each_rating_to_the_next(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    assert client.post(room.at("/start")).location == room.at(f"/compare/{models[0].public_id}")
    assert _rate(client, room, models[0]).location == room.at(f"/compare/{models[1].public_id}")
    assert _rate(client, room, models[1]).location == room.at("/combination")


def test_a_rating_is_kept_with_acceptance_and_reason(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    _rate(client, room, models[0], "oppose", acceptance="could_accept", reason="It is slow.")
    row = db.session.scalar(select(ModelRating))
    assert (row.rating, row.acceptance, row.reason) == (Rating.OPPOSE, Acceptance.COULD_ACCEPT, "It is slow.")
    html = client.get(room.at(f"/compare/{models[0].public_id}")).text
    assert "It is slow." in html


def test_a_changed_mind_in_the_same_stage_replaces_and_the_events_keep_both(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    _rate(client, room, models[0], "oppose")
    _rate(client, room, models[0], "support")
    assert db.session.scalar(select(ModelRating)).rating is Rating.SUPPORT
    facts = db.session.scalars(select(EventPayload.facts).join(Event).where(Event.kind == EventKind.MODEL_RATED))
    assert [one["rating"] for one in facts] == ["oppose", "support"]


@pytest.mark.parametrize("sent", ["", "score_7"])
def test_a_rating_has_to_be_one_of_the_words(client: FlaskClient, sent):
    room, models = _room()
    be_participant(client, room.participant)
    answer = _rate(client, room, models[0], sent, reason="Because.")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Because." in answer.text
    assert db.session.query(ModelRating).count() == 0


@pytest.mark.parametrize(
    ("now", "asked"), [("oppose", "You moved. What made the difference?"), ("support", "Same view: what confirmed it?")]
)
def test_a_second_rating_is_asked_about(client: FlaskClient, now, asked):
    room, models = _room()
    later = factories.make_stage(room.stage.session, StageKind.COMPARE, place=2)
    for place, model in enumerate(models, 1):
        saved(StageModel(stage_id=later.id, model_id=model.id, place=place))
    be_participant(client, room.participant)
    _rate(client, room, models[0], "support")
    answer = _rate(client, room, models[0], now, stage=later)
    assert answer.location == room.at(f"/compare/{models[0].public_id}/difference", later)
    assert asked in client.get(answer.location).text
    done = client.post(answer.location, data={"difference": "The talk."})
    assert done.location == room.at(f"/compare/{models[1].public_id}", later)
    newest = db.session.scalar(select(ModelRating).where(ModelRating.stage_id == later.id))
    assert newest.difference == "The talk."
    assert client.post(answer.location, data={"difference": ""}).status_code == 303


def test_there_is_nothing_to_compare_with_before_a_second_rating(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    address = room.at(f"/compare/{models[0].public_id}/difference")
    assert client.get(address).status_code == 404
    assert client.post(address, data={"difference": "x"}).status_code == 404


def test_a_combination_is_read_back_as_one_sentence(client: FlaskClient):
    room, _ = _room()
    be_participant(client, room.participant)
    answer = client.post(room.at("/combination"), data={**GOOD, "reason": "Fair."})
    html = client.get(answer.location).text
    assert "a panel of people like me sets the rules" in html
    assert "and the courts check." in html
    assert "Fair." in html
    client.post(room.at("/combination"), data={**GOOD, "who_checks": "public_register"})
    assert db.session.scalar(select(Combination)).answers["who_checks"] == "public_register"


def test_no_access_at_all_is_an_answer(client: FlaskClient):
    room, _ = _room()
    be_participant(client, room.participant)
    answer = client.post(room.at("/combination"), data={question.value: NOBODY for question in CombinationQuestion})
    assert "You said that no one should get the scans for AI." in client.get(answer.location).text


def test_none_of_these_is_an_answer_to_each_question(client: FlaskClient):
    room, _ = _room()
    be_participant(client, room.participant)
    sent = {question.value: NONE_OF_THESE for question in CombinationQuestion}
    assert client.post(room.at("/combination"), data=sent).status_code == 303


@pytest.mark.parametrize("missing", list(GOOD))
def test_a_combination_needs_all_four_answers_and_loses_none(client: FlaskClient, missing):
    room, _ = _room()
    be_participant(client, room.participant)
    sent = {name: value for name, value in GOOD.items() if name != missing}
    answer = client.post(room.at("/combination"), data=sent)
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 3
    assert db.session.query(Combination).count() == 0


def test_ratings_and_combinations_are_refused_once_the_stage_has_closed(client: FlaskClient):
    room, models = _room(stage={"state": StageState.CLOSED})
    be_participant(client, room.participant)
    assert _rate(client, room, models[0]).status_code == 409
    assert client.post(room.at("/combination"), data=GOOD).status_code == 409
    assert client.get(room.at(f"/compare/{models[0].public_id}")).status_code == 200


def test_a_model_of_another_stage_is_not_rated(client: FlaskClient):
    room, _ = _room()
    _, others = _room("Elsewhere")
    be_participant(client, room.participant)
    assert _rate(client, room, others[0]).status_code == 404


def test_no_page_of_a_compare_stage_shows_a_rung_or_a_score(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    for address in (room.at(), room.at(f"/compare/{models[0].public_id}"), room.at("/combination")):
        html = client.get(address).text.lower()
        assert "rung" not in html
        assert "consult" not in html
        assert "score" not in html
