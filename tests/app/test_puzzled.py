"""Enough "I don't understand" is told to the facilitator, with a way to other words."""

from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.queries.puzzled import not_understood
from app.services.voting import explain_pass, undo_last
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.voting import PassReason
from tests.app.test_tally import _voted_by
from tests.app.way import Room, make_room
from tests.factories import make_staff, sign_in_as


def _puzzled(room: Room, people: int, reason: PassReason = PassReason.DONT_UNDERSTAND) -> list:
    persons = _voted_by(room, *([0] * people))
    for person in persons:
        with transaction():
            explain_pass(room.stage, room.statements[0], reason, by=person)
    db.session.rollback()
    return persons


def test_three_of_a_panel_who_do_not_understand_are_told_to_the_facilitator_while_voting_is_open(client: FlaskClient):
    room = make_room(statements=2)
    _puzzled(room, 3)
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    page = client.get(f"/d/{room.dialogue.public_id}").text
    assert "Several people do not understand statement 1:" in page
    assert f"/statements/{room.statements[0].public_id}/edit" in page


def test_two_or_another_reason_call_for_nobody(app: Flask):
    room = make_room(statements=1)
    _puzzled(room, 2)
    _puzzled(room, 4, PassReason.NOT_SURE)
    assert not_understood(room.dialogue) == []


def test_an_open_dialogue_waits_for_five(app: Flask):
    room = make_room(statements=1, mode=DialogueMode.OPEN)
    _puzzled(room, 4)
    assert not_understood(room.dialogue) == []
    _puzzled(room, 1)
    assert [one.number for one in not_understood(room.dialogue)] == [1]


def test_who_changed_their_vote_is_not_counted_any_more(app: Flask):
    room = make_room(statements=1)
    persons = _puzzled(room, 3)
    with transaction():
        undo_last(room.stage, by=persons[0])
    db.session.rollback()
    assert not_understood(room.dialogue) == []


def test_staff_who_do_not_run_the_dialogue_are_not_told(client: FlaskClient):
    room = make_room(statements=1)
    _puzzled(room, 3)
    sign_in_as(client, make_staff(room.dialogue, Role.COMMISSIONER))
    assert "do not understand" not in client.get(f"/d/{room.dialogue.public_id}").text
