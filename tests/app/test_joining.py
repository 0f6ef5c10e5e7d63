"""Coming in: codes, personal links, the lobby, and return codes."""

import re
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import read_settings
from app.db import db, transaction, utcnow
from app.factory import create_app
from app.models.events import EventPayload
from app.models.people import Participant, ReturnCode
from app.models.vault import Invitation, Seat, VaultLobbyEntry, VaultSeatLink
from app.queries.people import digest_of, participant_of_device
from app.services import joining, roll
from deliberation.errors import RuleError
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from tests.factories import (
    be_participant,
    make_dialogue,
    make_participant,
    make_staff,
    sign_in_as,
)


@pytest.fixture
def panel(app: Flask):  # type: ignore[no-untyped-def]
    """A panel with one seat, and its facilitator."""
    dialogue = make_dialogue(join_code="K7QM-2XHD", contact_phone="01632 960001", organiser="Example Trust")
    facilitator = make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        seat = roll.add_seat(dialogue, "Example Person", "person@example.org", by=facilitator)
    return dialogue, facilitator, seat


def _link(seat: Seat, facilitator) -> str:  # type: ignore[no-untyped-def]
    with transaction():
        return "/join/" + roll.issue_link(seat, by=facilitator)


def _participant(client: FlaskClient) -> Participant | None:
    with client.session_transaction() as cookie:
        token = cookie.get("device")
    db.session.rollback()
    return participant_of_device(token) if token else None


# ── codes ──


@pytest.mark.parametrize("typed", ["K7QM-2XHD", "k7qm2xhd", " k7qm 2xhd "])
def test_in_an_open_dialogue_the_code_leads_straight_in(client: FlaskClient, typed: str):
    dialogue = make_dialogue(mode=DialogueMode.OPEN, join_code="K7QM-2XHD")
    reply = client.post("/join", data={"code": typed})
    assert reply.headers["Location"] == f"/d/{dialogue.public_id}/before"
    person = _participant(client)
    assert person is not None
    assert person.dialogue_id == dialogue.id


def test_in_a_panel_the_code_alone_admits_nobody(client: FlaskClient, panel):
    dialogue, _, _ = panel
    assert client.post("/join", data={"code": "K7QM-2XHD"}).headers["Location"] == "/lobby/notice"
    assert db.session.query(Participant).count() == 0
    with pytest.raises(RuleError, match="lobby_first"), transaction():
        joining.join_with_code(dialogue, lang="en")


@pytest.mark.parametrize("code", ["", "XXXX-XXXX", "%", "'; DROP TABLE", "-", "K7QM-2XH"])
def test_an_unknown_code_is_refused_kindly(client: FlaskClient, panel, code: str):
    reply = client.post("/join", data={"code": code})
    assert reply.status_code == 422
    assert "There is a problem" in reply.text


# ── the lobby ──


def test_the_way_through_the_lobby(app: Flask, client: FlaskClient, panel):
    dialogue, facilitator, seat = panel
    client.post("/join", data={"code": "K7QM-2XHD"})
    assert "The words about privacy_notice" in client.get("/lobby/notice").text
    assert "Tell the team your name" in client.get("/lobby/name").text
    assert client.post("/lobby/name", data={"name": "  Example   Person "}).headers["Location"] == "/lobby"
    assert "Please wait a moment" in client.get("/lobby").text
    assert client.post("/lobby").headers["Location"] == "/lobby"
    entry = db.session.query(VaultLobbyEntry).one()
    assert entry.name == "Example Person"

    staff = app.test_client()
    sign_in_as(staff, facilitator)
    assert "Example Person" in staff.get(f"/d/{dialogue.public_id}/people").text
    address = f"/d/{dialogue.public_id}/lobby/{entry.public_id}/match"
    assert staff.post(address, data={"seat": str(seat.public_id)}).status_code == 303

    assert "You can come in" in client.get("/lobby").text
    assert client.post("/lobby").headers["Location"] == f"/d/{dialogue.public_id}/before"
    person = _participant(client)
    assert person is not None
    assert db.session.query(VaultSeatLink).one().seat_id == seat.id
    assert db.session.query(VaultLobbyEntry).count() == 0


def test_somebody_not_on_the_roll_is_told_what_to_do(client: FlaskClient, panel):
    _, facilitator, _ = panel
    client.post("/join", data={"code": "K7QM-2XHD"})
    client.post("/lobby/name", data={"name": "A Stranger"})
    with transaction():
        roll.refuse_entry(db.session.query(VaultLobbyEntry).one(), by=facilitator)
    page = client.get("/lobby").text
    assert "We could not find you on the list" in page
    assert "01632 960001" in page
    client.post("/lobby")
    assert db.session.query(Participant).count() == 0


def test_the_lobby_needs_the_code_first(client: FlaskClient, panel):
    for address in ("/lobby", "/lobby/notice", "/lobby/name"):
        assert client.get(address).headers["Location"] == "/join"
    assert client.post("/lobby/name", data={"name": "X"}).headers["Location"] == "/join"
    assert client.post("/lobby").headers["Location"] == "/join"


def test_an_arrival_is_decided_once(panel):
    dialogue, facilitator, seat = panel
    with transaction():
        joining.enter_lobby(dialogue, "Example Person")
    entry = db.session.query(VaultLobbyEntry).one()
    with transaction():
        roll.match_entry(entry, seat, by=facilitator)
    with pytest.raises(RuleError, match="already_decided"), transaction():
        roll.refuse_entry(entry, by=facilitator)


def test_a_person_who_comes_again_by_the_lobby_keeps_the_same_pseudonym(panel):
    dialogue, facilitator, seat = panel
    people = set()
    for _ in range(2):
        with transaction():
            token = joining.enter_lobby(dialogue, "Example Person")
        entry = db.session.query(VaultLobbyEntry).filter_by(token_digest=digest_of(token)).one()
        with transaction():
            roll.match_entry(entry, seat, by=facilitator)
        with transaction():
            device = joining.come_in(entry, lang="en")
        found = participant_of_device(device)
        assert found is not None
        people.add(found.pseudonym)
    assert len(people) == 1


# ── personal links ──


def test_looking_at_a_link_uses_nothing_up(client: FlaskClient, panel):
    _, facilitator, seat = panel
    address = _link(seat, facilitator)
    for _ in range(3):
        page = client.get(address)
        assert page.status_code == 200
        assert "Start" in page.text
        assert "Example Trust" in page.text
    assert db.session.query(Participant).count() == 0
    assert db.session.query(Invitation).one().used_at is None


def test_a_link_brings_its_person_in_once(app: Flask, client: FlaskClient, panel):
    dialogue, facilitator, seat = panel
    address = _link(seat, facilitator)
    reply = client.post(address)
    assert reply.headers["Location"] == f"/d/{dialogue.public_id}/before"
    assert _participant(client) is not None
    other = app.test_client()
    again = other.post(address)
    assert again.status_code == 410
    assert "This link has been used" in again.text
    assert _participant(other) is None
    assert other.get(address).status_code == 410
    assert db.session.query(Participant).count() == 1


def test_an_expired_link_says_so_and_admits_nobody(client: FlaskClient, panel):
    _, facilitator, seat = panel
    address = _link(seat, facilitator)
    with transaction():
        db.session.query(Invitation).one().expires_at = utcnow() - timedelta(seconds=1)
    assert "too old" in client.get(address).text
    assert client.post(address).status_code == 410
    assert db.session.query(Participant).count() == 0


def test_a_new_link_ends_the_one_before(client: FlaskClient, panel):
    _, facilitator, seat = panel
    first, second = _link(seat, facilitator), _link(seat, facilitator)
    assert "There is a newer link" in client.post(first).text
    assert client.post(second).status_code == 303


def test_a_reissued_link_leads_to_the_same_pseudonym(app: Flask, client: FlaskClient, panel):
    _, facilitator, seat = panel
    client.post(_link(seat, facilitator))
    other = app.test_client()
    other.post(_link(seat, facilitator))
    first, second = _participant(client), _participant(other)
    assert first is not None
    assert second is not None
    assert first.id == second.id


def test_an_unknown_link_is_not_found(client: FlaskClient, panel):
    assert client.get("/join/nonsense").status_code == 404
    assert client.post("/join/nonsense").status_code == 404


def test_joining_starts_a_new_session(client: FlaskClient, panel):
    _, facilitator, seat = panel
    sign_in_as(client, facilitator)
    client.post(_link(seat, facilitator))
    with client.session_transaction() as cookie:
        assert "_user_id" not in cookie


def test_neither_links_nor_codes_stand_in_the_database(panel):
    _, facilitator, seat = panel
    token = _link(seat, facilitator).removeprefix("/join/")
    with transaction():
        joining.accept_invitation(db.session.query(Invitation).one(), lang="en")
    person = db.session.query(Participant).one()
    with transaction():
        code = joining.issue_return_code(person, by=person)
    assert db.session.query(Invitation).one().token_digest == digest_of(token)
    kept = db.session.query(ReturnCode).one().code_hmac
    assert code not in kept
    assert kept != digest_of(code.replace("-", ""))


# ── pseudonyms ──


def test_pseudonyms_are_drawn_at_random_and_never_twice(app: Flask):
    dialogue = make_dialogue(mode=DialogueMode.OPEN)
    with transaction():
        names = [joining.admit(dialogue, rng=Random(number)).pseudonym for number in (1, 1, 2)]
    assert len(set(names)) == 3


def test_joining_leaves_no_trace_of_the_seat_in_the_log(panel):
    _, facilitator, seat = panel
    _link(seat, facilitator)
    with transaction():
        joining.accept_invitation(db.session.query(Invitation).one(), lang="en")
    person = db.session.query(Participant).one()
    for payload in db.session.query(EventPayload):
        both = f"{payload.actor} {payload.object_ref} {payload.facts}"
        assert not (str(seat.public_id) in both and str(person.public_id) in both)
        assert "Example Person" not in both
        assert "person@example.org" not in both


# ── return codes ──


def test_a_return_code_brings_a_second_device_to_the_same_person(app: Flask, client: FlaskClient, panel):
    dialogue, _, _ = panel
    person = make_participant(dialogue)
    be_participant(client, person)
    page = client.post(f"/d/{dialogue.public_id}/return-code").text
    shown = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", page)
    assert shown
    phone = app.test_client()
    reply = phone.post("/return", data={"code": shown.group().lower().replace("-", " ")})
    assert reply.headers["Location"] == "/me"
    found = _participant(phone)
    assert found is not None
    assert found.id == person.id


def test_a_new_return_code_ends_the_old_one(client: FlaskClient, panel):
    person = make_participant(panel[0])
    with transaction():
        old = joining.issue_return_code(person, by=person)
    with transaction():
        new = joining.issue_return_code(person, by=person)
    assert client.post("/return", data={"code": old}).status_code == 422
    assert client.post("/return", data={"code": new}).status_code == 303


def test_guessing_codes_is_slowed_down_and_only_failures_count(app: Flask, panel):
    person = make_participant(panel[0])
    with transaction():
        code = joining.issue_return_code(person, by=person)
    folder = app.extensions["folkmoot"].data_folder
    strict = create_app(read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests(rate_limits_on=True))
    strict.config["WTF_CSRF_ENABLED"] = False
    browser = strict.test_client()
    assert {browser.post("/return", data={"code": code}).status_code for _ in range(45)} == {303}
    codes = [browser.post("/return", data={"code": "WRONG"}).status_code for _ in range(41)]
    assert codes == [422] * 40 + [429]
    assert browser.post("/join", data={"code": "WRONG"}).status_code == 429


def test_a_code_of_another_installation_is_worth_nothing(app: Flask, client: FlaskClient, panel):
    person = make_participant(panel[0])
    with transaction():
        code = joining.issue_return_code(person, by=person)
    app.extensions["folkmoot"] = read_settings(
        {"FOLKMOOT_DATA": str(app.extensions["folkmoot"].data_folder), "FOLKMOOT_CODE_KEY": "other"}
    ).for_tests()
    assert client.post("/return", data={"code": code}).status_code == 422


def test_the_code_typed_again_in_the_same_browser_makes_no_second_person(client: FlaskClient):
    dialogue = make_dialogue(mode=DialogueMode.OPEN)
    for _ in range(3):
        client.post("/join", data={"code": dialogue.join_code})
    assert db.session.query(Participant).count() == 1
    other = make_dialogue(mode=DialogueMode.OPEN)
    client.post("/join", data={"code": other.join_code})
    assert db.session.query(Participant).count() == 2
