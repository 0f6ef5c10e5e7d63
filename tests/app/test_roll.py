"""The roll: seats, contacts and links; names never meet pseudonyms."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.events import Event, EventPayload
from app.models.people import ReturnCode
from app.models.vault import Seat, VaultContact, VaultLobbyEntry
from app.services import joining, leaving, roll
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Role
from deliberation.roll import read_lines
from deliberation.sessions import DialogueMode
from tests.factories import make_dialogue, make_staff, sign_in_as


@pytest.fixture
def hall(app: Flask, client: FlaskClient):  # type: ignore[no-untyped-def]
    """A panel and its facilitator, signed in."""
    dialogue = make_dialogue(join_code="K7QM-2XHD")
    facilitator = make_staff(dialogue, Role.FACILITATOR, "Fay")
    sign_in_as(client, facilitator)
    return dialogue, facilitator


def _people(dialogue, *more: str) -> str:  # type: ignore[no-untyped-def]
    return "/".join([f"/d/{dialogue.public_id}/people", *more])


def _add(dialogue, facilitator, name: str = "Example Person", email: str = "") -> Seat:  # type: ignore[no-untyped-def]
    with transaction():
        return roll.add_seat(dialogue, name, email, by=facilitator)


def test_a_person_is_added_to_the_next_seat(client: FlaskClient, hall):
    dialogue, _ = hall
    data = {"name": " Example  Person ", "email": "Person@Example.org", "phone": "01632 960001"}
    assert client.post(_people(dialogue), data=data).status_code == 303
    client.post(_people(dialogue), data={"name": "Another Person"})
    assert [seat.number for seat in db.session.query(Seat).order_by(Seat.id)] == [1, 2]
    contact = db.session.query(VaultContact).first()
    assert contact is not None
    assert (contact.name, contact.email, contact.phone) == ("Example Person", "person@example.org", "01632 960001")
    assert "Example Person" in client.get(_people(dialogue)).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "A", "email": "no address"}, "This is not an e-mail address"),
        ({"name": "A", "phone": "1" * 60}, "too long"),
        ({"name": "N" * 250}, "too long"),
    ],
)
def test_a_broken_line_is_refused_and_kept_in_the_form(client: FlaskClient, hall, data, words):
    reply = client.post(_people(hall[0]), data=data)
    assert reply.status_code == 422
    assert words in reply.text
    assert db.session.query(Seat).count() == 0


def test_one_address_stands_on_a_roll_once_however_it_is_typed(client: FlaskClient, hall):
    dialogue, facilitator = hall
    _add(dialogue, facilitator, email="person@example.org")
    reply = client.post(_people(dialogue), data={"name": "Again", "email": " PERSON@example.org"})
    assert reply.status_code == 422
    assert "on the roll already" in reply.text


def test_many_people_are_added_from_a_pasted_list(client: FlaskClient, hall):
    dialogue, _ = hall
    lines = "Ann Example, ann@example.org, 01632 960001\n\nBob Example\tbob@example.org\nCat Example\n"
    assert client.post(_people(dialogue, "many"), data={"lines": lines}).status_code == 303
    names = [contact.name for contact in db.session.query(VaultContact).order_by(VaultContact.id)]
    assert names == ["Ann Example", "Bob Example", "Cat Example"]
    assert db.session.query(Event).filter_by(kind=EventKind.SEAT_ADDED).count() == 3


def test_a_pasted_list_with_a_wrong_line_adds_nobody_and_says_which_lines(client: FlaskClient, hall):
    lines = "Ann, ann@example.org\nBob, not an address\nCat, ann@example.org\nDan, a@b.org, 1, too much"
    reply = client.post(_people(hall[0], "many"), data={"lines": lines})
    assert reply.status_code == 422
    for words in ("Line 2: This is not an e-mail", "Line 3: This e-mail address is on", "Line 4: This has more"):
        assert words in reply.text
    assert "Bob, not an address" in reply.text
    assert db.session.query(Seat).count() == 0


def test_reading_lines_needs_at_least_one():
    with pytest.raises(RuleError, match="nothing_on_roll"):
        read_lines(" \n \n", set())


def test_a_contact_is_put_right_and_the_log_does_not_say_to_what(client: FlaskClient, hall):
    dialogue, facilitator = hall
    seat = _add(dialogue, facilitator, email="person@example.org")
    address = _people(dialogue, str(seat.public_id), "edit")
    assert 'value="person@example.org"' in client.get(address).text
    assert client.post(address, data={"name": "New Name", "email": "person@example.org"}).status_code == 303
    db.session.expire_all()
    assert db.session.query(VaultContact).one().name == "New Name"
    assert not [p for p in db.session.query(EventPayload) if "New Name" in str(p.facts)]


def test_a_link_is_shown_once_and_leads_in(app: Flask, client: FlaskClient, hall):
    dialogue, facilitator = hall
    seat = _add(dialogue, facilitator)
    page = client.post(_people(dialogue, str(seat.public_id), "link")).text
    shown = re.search(r'value="http://[^/"]+(/join/[\w-]+)"', page)
    assert shown
    assert shown.group(1) not in client.get(_people(dialogue)).text
    person = app.test_client()
    assert person.get(shown.group(1)).status_code == 200
    assert person.post(shown.group(1)).status_code == 303
    assert "joined" in client.get(_people(dialogue)).text


def test_the_roll_never_shows_a_pseudonym(client: FlaskClient, hall):
    dialogue, facilitator = hall
    seat = _add(dialogue, facilitator)
    with transaction():
        person = joining.admit(dialogue, seat=seat)
    for page in (
        client.get(_people(dialogue)),
        client.get(_people(dialogue, str(seat.public_id), "edit")),
        client.post(_people(dialogue, str(seat.public_id), "return-code")),
        client.post(_people(dialogue, str(seat.public_id), "link")),
    ):
        assert page.status_code == 200
        assert person.pseudonym not in page.text
        assert str(person.public_id) not in page.text


def test_a_lost_return_code_is_reissued_without_sight_of_anything(client: FlaskClient, hall, app: Flask):
    dialogue, facilitator = hall
    seat = _add(dialogue, facilitator)
    with transaction():
        person = joining.admit(dialogue, seat=seat)
    page = client.post(_people(dialogue, str(seat.public_id), "return-code")).text
    shown = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", page)
    assert shown
    assert app.test_client().post("/return", data={"code": shown.group()}).status_code == 303
    by_staff = (EventPayload.actor == str(facilitator.public_id)) & (EventPayload.object_ref == str(person.public_id))
    assert db.session.query(EventPayload).filter(by_staff).count() == 0


def test_a_return_code_needs_somebody_in_the_seat(client: FlaskClient, hall):
    dialogue, facilitator = hall
    seat = _add(dialogue, facilitator)
    client.post(_people(dialogue, str(seat.public_id), "return-code"))
    assert "Nobody has joined from this seat" in client.get(_people(dialogue)).text
    assert db.session.query(ReturnCode).count() == 0


def test_an_arrival_is_offered_the_seat_with_the_same_name(client: FlaskClient, hall):
    dialogue, facilitator = hall
    _add(dialogue, facilitator, "Somebody Else")
    seat = _add(dialogue, facilitator, "Example Person")
    with transaction():
        joining.enter_lobby(dialogue, "example person")
    page = client.get(_people(dialogue)).text
    assert re.search(rf'<option value="{seat.public_id}" selected', page)
    entry = db.session.query(VaultLobbyEntry).one()
    reply = client.post(f"/d/{dialogue.public_id}/lobby/{entry.public_id}/match", data={"seat": ""})
    assert reply.status_code == 422
    assert db.session.query(VaultLobbyEntry).one().matched_at is None


def test_a_seat_of_another_dialogue_cannot_be_chosen(client: FlaskClient, hall):
    dialogue, facilitator = hall
    other = make_dialogue()
    seat = _add(other, facilitator)
    with transaction():
        joining.enter_lobby(dialogue, "Example Person")
    entry = db.session.query(VaultLobbyEntry).one()
    address = f"/d/{dialogue.public_id}/lobby/{entry.public_id}/match"
    assert client.post(address, data={"seat": str(seat.public_id)}).status_code == 422
    assert client.post(_people(dialogue, str(seat.public_id), "link")).status_code == 404
    with pytest.raises(RuleError, match="other_dialogue"), transaction():
        roll.match_entry(entry, seat, by=facilitator)


def test_not_on_our_roll_ends_the_waiting(client: FlaskClient, hall):
    dialogue, _ = hall
    with transaction():
        joining.enter_lobby(dialogue, "A Stranger")
    entry = db.session.query(VaultLobbyEntry).one()
    client.post(f"/d/{dialogue.public_id}/lobby/{entry.public_id}/refuse")
    client.get(_people(dialogue))  # shows what just happened, once
    assert "A Stranger" not in client.get(_people(dialogue)).text
    client.post(f"/d/{dialogue.public_id}/lobby/{entry.public_id}/refuse")
    assert "already been decided" in client.get(_people(dialogue)).text


def test_the_roll_says_who_left_and_no_more(client: FlaskClient, hall):
    dialogue, facilitator = hall
    seat = _add(dialogue, facilitator)
    with transaction():
        person = joining.admit(dialogue, seat=seat)
    with transaction():
        leaving.leave_dialogue(dialogue, by=person)
    assert "left or said no" in client.get(_people(dialogue)).text


def test_the_page_counts_seats_that_are_taken(client: FlaskClient, hall):
    dialogue, facilitator = hall
    seat = _add(dialogue, facilitator)
    _add(dialogue, facilitator, "Another Person")
    with transaction():
        joining.admit(dialogue, seat=seat)
    assert "1 of 2 people have joined" in client.get(_people(dialogue)).text


def test_an_open_dialogue_has_no_roll(client: FlaskClient, app: Flask):
    dialogue = make_dialogue(mode=DialogueMode.OPEN)
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    assert "there is no roll" in client.get(_people(dialogue)).text
    assert client.post(_people(dialogue), data={"name": "Example Person"}).status_code == 422
    assert db.session.query(Seat).count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.FACILITATOR, Role.PARTICIPANT}])
def test_nobody_but_a_facilitator_reads_names(client: FlaskClient, hall, role: Role):
    dialogue, facilitator = hall
    _add(dialogue, facilitator, "Example Person")
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(_people(dialogue)).status_code == 403


def test_the_name_of_somebody_who_is_not_on_the_roll_is_not_kept(app: Flask):
    dialogue = make_dialogue()
    facilitator = make_staff(dialogue, Role.FACILITATOR)
    with transaction() as session:
        session.add(VaultLobbyEntry(dialogue_id=dialogue.id, name="A Stranger", token_digest="0" * 64))
    with transaction():
        roll.refuse_entry(db.session.query(VaultLobbyEntry).one(), by=facilitator)
    assert db.session.query(VaultLobbyEntry).one().name == ""
