"""Accounts and roles of staff: who may change them, what is refused, what is shown once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.events import Event
from app.models.people import Account, Membership
from app.queries.people import roles_of
from app.services import accounts, logins, staffing
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Role
from tests.factories import make_account, make_dialogue, make_staff, sign_in_as


@pytest.fixture
def boss(app: Flask, client: FlaskClient) -> Account:
    """An administrator, signed in."""
    account = make_account("Boss", administrator=True)
    sign_in_as(client, account)
    return account


def _new(client: FlaskClient, **changes: str):  # type: ignore[no-untyped-def]
    return client.post("/accounts", data={"email": "new@example.org", "display_name": "New", **changes})


def test_a_new_account_gets_a_password_that_is_shown_once_and_works(client: FlaskClient, boss: Account):
    page = _new(client, creates="y").text
    shown = re.search(r"<code>([^<]+)</code>", page)
    assert shown
    found = logins.account_for("new@example.org", shown.group(1))
    assert found is not None
    assert (found.may_create_dialogues, found.is_administrator) == (True, False)
    assert shown.group(1) not in client.get("/accounts").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, "This is not an e-mail address"),
        ({"email": ""}, "Enter an e-mail address"),
        ({"display_name": ""}, "Enter a name"),
    ],
)
def test_a_broken_account_is_refused_and_nothing_typed_is_lost(client, boss, changes, words):
    reply = _new(client, **changes)
    assert reply.status_code == 422
    assert words in reply.text
    assert db.session.query(Account).count() == 1


def test_an_address_that_exists_is_refused_beside_its_field(client: FlaskClient, boss: Account):
    _new(client)
    reply = _new(client, email="NEW@example.org", display_name="Again")
    assert reply.status_code == 422
    assert "exists already" in reply.text
    assert 'value="Again"' in reply.text


def test_buttons_of_a_row_change_what_an_account_may(client: FlaskClient, boss: Account):
    other = make_account("Other")
    address = f"/accounts/{other.public_id}/change"
    for what, column, value in (
        ("allow_creating", "may_create_dialogues", True),
        ("stop_creating", "may_create_dialogues", False),
        ("make_administrator", "is_administrator", True),
        ("end_administrator", "is_administrator", False),
    ):
        assert client.post(address, data={"what": what}).status_code == 303
        db.session.expire_all()
        assert getattr(other, column) is value
    client.post(address, data={"what": "disable"})
    db.session.expire_all()
    assert other.disabled_at is not None
    assert client.post(address, data={"what": "something else"}).status_code == 400


def test_the_last_administrator_can_neither_be_disabled_nor_ended(client: FlaskClient, boss: Account):
    for what in ("disable", "end_administrator"):
        client.post(f"/accounts/{boss.public_id}/change", data={"what": what})
        assert "only administrator" in client.get("/accounts").text
    db.session.expire_all()
    assert boss.is_administrator
    assert boss.disabled_at is None


def test_a_new_password_ends_every_login_of_its_account(app: Flask, client: FlaskClient, boss: Account):
    other, browser = make_account("Other"), app.test_client()
    sign_in_as(browser, other)
    page = client.post(f"/accounts/{other.public_id}/new-password").text
    assert browser.get("/dialogues").status_code == 303
    shown = re.search(r"<code>([^<]+)</code>", page)
    assert shown
    assert logins.account_for(other.email, shown.group(1)) is not None


def test_accounts_are_for_administrators_only(client: FlaskClient, app: Flask):
    sign_in_as(client, make_account("Maker", creates=True))
    assert client.get("/accounts").status_code == 403
    assert _new(client).status_code == 403


def test_a_weak_password_from_the_command_line_is_refused(app: Flask):
    with pytest.raises(RuleError, match="password_short"), transaction():
        accounts.add_account("a@example.org", "A", "short", by=None)


@pytest.fixture
def hall(app: Flask, client: FlaskClient):  # type: ignore[no-untyped-def]
    """A dialogue and its facilitator, signed in."""
    dialogue = make_dialogue()
    facilitator = make_staff(dialogue, Role.FACILITATOR, "Fay")
    sign_in_as(client, facilitator)
    return dialogue, facilitator


def _give(client: FlaskClient, dialogue, email: str, role: str):  # type: ignore[no-untyped-def]
    return client.post(f"/d/{dialogue.public_id}/staff", data={"email": email, "role": role})


def test_an_existing_account_gets_a_role_and_the_log_says_so(client, hall):
    dialogue, _ = hall
    other = make_account("Ana")
    assert _give(client, dialogue, other.email.upper(), "analyst").status_code == 303
    assert roles_of(other, dialogue) == {Role.ANALYST}
    assert db.session.query(Event).filter_by(kind=EventKind.MEMBERSHIP_GRANTED).count() == 1
    assert "Ana" in client.get(f"/d/{dialogue.public_id}/staff").text


@pytest.mark.parametrize("role", ["participant", "administrator", "king"])
def test_a_role_that_is_no_membership_is_refused(client, hall, role):
    dialogue, _ = hall
    other = make_account("Ana")
    assert _give(client, dialogue, other.email, role).status_code == 422
    assert roles_of(other, dialogue) == frozenset()


def test_an_address_without_account_is_refused(client, hall):
    reply = _give(client, hall[0], "nobody@example.org", "analyst")
    assert reply.status_code == 422
    assert "No active account" in reply.text


@pytest.mark.parametrize(
    ("first", "second"),
    [("commissioner", "facilitator"), ("commissioner", "analyst"), ("facilitator", "evaluator")],
)
def test_roles_that_must_stay_apart_are_never_held_by_one_person(client, hall, first, second):
    dialogue, _ = hall
    other = make_account("Ana")
    assert _give(client, dialogue, other.email, first).status_code == 303
    reply = _give(client, dialogue, other.email, second)
    assert reply.status_code == 422
    assert "stay apart" in reply.text


def test_a_role_can_be_held_once_ended_and_given_again(client, hall):
    dialogue, facilitator = hall
    other = make_account("Ana")
    _give(client, dialogue, other.email, "analyst")
    assert _give(client, dialogue, other.email, "analyst").status_code == 422
    membership = db.session.query(Membership).filter_by(account_id=other.id).one()
    client.post(f"/d/{dialogue.public_id}/staff/{membership.public_id}/end")
    assert roles_of(other, dialogue) == frozenset()
    with transaction():
        staffing.grant_role(dialogue, other.email, Role.ANALYST, by=facilitator)
    assert roles_of(other, dialogue) == {Role.ANALYST}


def test_the_last_facilitator_cannot_be_removed(client, hall):
    dialogue, facilitator = hall
    membership = db.session.query(Membership).filter_by(account_id=facilitator.id).one()
    client.post(f"/d/{dialogue.public_id}/staff/{membership.public_id}/end")
    assert roles_of(facilitator, dialogue) == {Role.FACILITATOR}
    assert "only facilitator" in client.get(f"/d/{dialogue.public_id}/staff").text


def test_a_role_in_another_dialogue_cannot_be_ended_from_here(client, hall):
    dialogue, _ = hall
    elsewhere = make_dialogue()
    other = make_staff(elsewhere, Role.ANALYST)
    membership = db.session.query(Membership).filter_by(account_id=other.id).one()
    assert client.post(f"/d/{dialogue.public_id}/staff/{membership.public_id}/end").status_code == 404
    assert roles_of(other, elsewhere) == {Role.ANALYST}
