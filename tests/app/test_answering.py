"""Answering: each page is kept on Continue, each question can be skipped, and the last page ends the stage."""

from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Stage, StageProgress
from app.models.questionnaires import Questionnaire, Response
from deliberation.stages import StageKind, StageState
from tests.app.way import Room, make_room, saved
from tests.factories import be_participant

DEFINITION = {
    "title": "Before we start",
    "pages": [
        {
            "name": "one",
            "elements": [
                {
                    "type": "radiogroup",
                    "name": "use",
                    "title": "Should scans be used?",
                    "isRequired": True,
                    "choices": ["yes", "no"],
                    "showOtherItem": True,
                },
                {"type": "checkbox", "name": "who", "title": "Who should see them?", "choices": ["doctors", "firms"]},
                {"type": "comment", "name": "why", "title": "Why?", "maxLength": 20},
            ],
        },
        {
            "name": "two",
            "elements": [
                {"type": "html", "name": "note", "html": "Nearly there."},
                {"type": "rating", "name": "trust", "title": "How much do you trust it?", "rateMax": 5},
                {"type": "boolean", "name": "heard", "title": "Did you feel heard?"},
                {"type": "text", "name": "age", "title": "How old are you?", "inputType": "number", "min": 16},
                {"type": "comment", "name": "no_why", "title": "Why not?", "visibleIf": "{use} = 'no'"},
            ],
        },
    ],
}


def _room(**changes) -> Room:
    room = make_room(StageKind.SURVEY, **changes)
    asked = saved(Questionnaire(dialogue_id=room.dialogue.id, key="q", title="Q", definition=DEFINITION))
    with transaction() as session:
        session.get(Stage, room.stage.id).questionnaire_id = asked.id
    return room


def _answers() -> dict:
    db.session.expire_all()
    return db.session.scalar(select(Response)).answers


def test_starting_leads_to_the_first_page_of_questions(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    assert client.post(room.at("/start")).location == room.at("/questions/1")
    html = client.get(room.at("/questions/1")).text
    for words in ("1 of 2", "Should scans be used?", "Something else", "only our analysts see single answers"):
        assert words in html
    assert " checked" not in html


def test_each_page_is_kept_when_it_is_sent_and_shown_again_on_the_way_back(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    answer = client.post(room.at("/questions/1"), data={"use": "no", "who": ["firms", "doctors"], "why": "Risky."})
    assert answer.location == room.at("/questions/2")
    assert _answers() == {"use": "no", "who": ["doctors", "firms"], "why": "Risky."}
    html = client.get(room.at("/questions/1")).text
    assert html.count(" checked") == 3
    assert "Risky." in html
    assert "Why not?" in client.get(room.at("/questions/2")).text


def test_the_last_page_completes_the_response_and_the_stage(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    client.post(room.at("/questions/1"), data={"use": "no"})
    sent = {"trust": "4", "heard": "true", "age": "47", "no_why": "It is mine."}
    assert client.post(room.at("/questions/2"), data=sent).location == room.next
    assert _answers() == {"use": "no", "trust": 4, "heard": True, "age": 47, "no_why": "It is mine."}
    assert db.session.scalar(select(Response)).completed_at is not None
    assert db.session.scalar(select(StageProgress)).finished_at is not None


def test_every_question_can_be_skipped_also_a_required_one(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    assert client.post(room.at("/questions/1"), data={}).status_code == 303
    assert client.post(room.at("/questions/2"), data={}).location == room.next
    assert _answers() == {}


def test_an_answer_that_was_taken_out_is_gone(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    client.post(room.at("/questions/1"), data={"use": "no", "why": "Risky."})
    client.post(room.at("/questions/1"), data={"use": "yes"})
    assert _answers() == {"use": "yes"}


def test_a_hidden_questions_answer_is_cleared(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    client.post(room.at("/questions/1"), data={"use": "no"})
    client.post(room.at("/questions/2"), data={"no_why": "It is mine."})
    client.post(room.at("/questions/1"), data={"use": "yes"})
    assert _answers() == {"use": "yes"}


def test_a_wrong_answer_is_said_beside_its_question_and_nothing_is_lost(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    answer = client.post(room.at("/questions/1"), data={"use": "no", "who": "firms", "why": "w" * 21})
    assert answer.status_code == 422
    assert "1 characters too long" in answer.text
    assert "w" * 21 in answer.text
    assert answer.text.count(" checked") == 2
    assert db.session.query(Response).count() == 0
    answer = client.post(room.at("/questions/2"), data={"age": "12", "trust": "9"})
    assert answer.status_code == 422
    assert "at least 16" in answer.text


def test_something_else_keeps_its_words(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    client.post(room.at("/questions/1"), data={"use": "other", "use-Comment": "Only mine."})
    assert _answers() == {"use": "other", "use-Comment": "Only mine."}
    assert "Only mine." in client.get(room.at("/questions/1")).text


def test_nonsense_addresses_are_not_found(client: FlaskClient):
    room = _room()
    be_participant(client, room.participant)
    assert client.get(room.at("/questions/0")).status_code == 404
    assert client.get(room.at("/questions/3")).status_code == 404
    assert client.post(room.at("/questions/3"), data={}).status_code == 404


def test_answers_are_refused_once_the_stage_has_closed_and_can_be_read(client: FlaskClient):
    room = _room(stage={"state": StageState.CLOSED})
    be_participant(client, room.participant)
    assert client.post(room.at("/questions/1"), data={"use": "no"}).status_code == 409
    html = client.get(room.at("/questions/1")).text
    assert "This part has closed" in html
    assert "<input" not in html.split("<main")[1].split("</main>")[0]
