"""Staff sign in and out: no session from before, no hint which address exists, logins that end."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import read_settings
from app.db import db, transaction, utcnow
from app.factory import create_app
from app.models.people import Account, Login, ParticipantDevice
from app.queries.people import digest_of
from app.services import logins
from app.services.accounts import add_account, change_account
from deliberation.errors import RuleError
from deliberation.roles import Role
from tests.factories import make_dialogue, make_participant, make_staff, sign_in_as

SECRET = "four plain words together"


@pytest.fixture
def somebody(app: Flask) -> Account:
    """An account with a password."""
    with transaction():
        return add_account("Ann@Example.org ", "Ann", SECRET, by=None)


def _sign_in(client: FlaskClient, email: str = "ann@example.org", password: str = SECRET):  # type: ignore[no-untyped-def]
    return client.post("/sign-in", data={"email": email, "password": password})


def _is_signed_in(client: FlaskClient) -> bool:
    return client.get("/password").status_code == 200


def test_the_right_password_signs_in_however_the_address_is_typed(client: FlaskClient, somebody: Account):
    reply = _sign_in(client, " ANN@example.ORG")
    assert reply.status_code == 303
    assert _is_signed_in(client)


def test_an_unknown_address_and_a_wrong_password_get_the_same_reply(client: FlaskClient, somebody: Account):
    wrong, unknown = _sign_in(client, password="not this one at all"), _sign_in(client, "eve@example.org")
    assert wrong.status_code == unknown.status_code == 422
    same = [reply.text.replace("eve@example.org", "X").replace("ann@example.org", "X") for reply in (wrong, unknown)]
    assert same[0] == same[1]
    assert not _is_signed_in(client)


def test_an_unknown_address_costs_the_same_work_as_a_known_one(somebody: Account, monkeypatch):
    verified = []
    real = logins.PasswordHasher.verify
    monkeypatch.setattr(logins.PasswordHasher, "verify", lambda *a: verified.append(a[1]) or real(*a))
    assert logins.account_for("ann@example.org", "wrong") is None
    assert logins.account_for("nobody@example.org", "wrong") is None
    assert [stored.split("$")[1:4] for stored in verified] == [verified[0].split("$")[1:4]] * 2


def test_passwords_are_kept_as_argon2id(somebody: Account):
    assert somebody.password_hash.startswith("$argon2id$")
    assert SECRET not in somebody.password_hash


def test_a_disabled_account_cannot_sign_in_and_its_logins_end(client: FlaskClient, somebody: Account):
    _sign_in(client)
    with transaction():
        change_account(somebody, disabled=True, administrator=False, creates=False, by=None)
    assert not _is_signed_in(client)
    assert _sign_in(client).status_code == 422


def test_signing_in_starts_a_new_session_so_that_a_planted_one_is_worth_nothing(client, somebody):
    with client.session_transaction() as cookie:
        cookie["device"], cookie["planted"], cookie["lang"] = "token of somebody else", "yes", "cy"
    _sign_in(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "device" not in cookie
        assert cookie["lang"] == "cy"


def test_signing_out_revokes_the_login_so_that_a_copied_cookie_is_worth_nothing(app, client, somebody):
    _sign_in(client)
    with client.session_transaction() as cookie:
        copied = cookie["_user_id"]
    assert client.post("/sign-out").status_code == 303
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = copied, True
    assert not _is_signed_in(thief)
    assert db.session.query(Login).one().revoked_at is not None


def test_a_login_ends_by_itself(client: FlaskClient, somebody: Account):
    _sign_in(client)
    with transaction():
        db.session.query(Login).one().expires_at = utcnow() - timedelta(seconds=1)
    assert not _is_signed_in(client)


def test_the_table_keeps_only_a_digest_of_the_token(client: FlaskClient, somebody: Account):
    _sign_in(client)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    kept = db.session.query(Login).one().token_digest
    assert kept == digest_of(token) != token


def test_changing_the_password_keeps_this_browser_and_signs_out_the_others(app, client, somebody):
    other = app.test_client()
    _sign_in(client)
    _sign_in(other)
    reply = client.post("/password", data={"old": SECRET, "new": "another four plain words"})
    assert reply.status_code == 303
    assert _is_signed_in(client)
    assert not _is_signed_in(other)
    assert _sign_in(other).status_code == 422
    assert _sign_in(other, password="another four plain words").status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("wrong", "another four plain words", "This is not your password now"),
        (SECRET, "short", "at least 12 characters"),
        (SECRET, "ann@example.org", "too easy to guess"),
        (SECRET, "aaaaaaaaaaaaaaaa", "too easy to guess"),
        (SECRET, "x y z " * 60, "at most 200 characters"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason(client, somebody, old, new, words):
    _sign_in(client)
    reply = client.post("/password", data={"old": old, "new": new})
    assert reply.status_code == 422
    assert words in reply.text


@pytest.fixture
def limited(app: Flask) -> FlaskClient:
    """A browser of an application with its limits on."""
    folder = app.extensions["folkmoot"].data_folder
    strict = create_app(read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests(rate_limits_on=True))
    strict.config["WTF_CSRF_ENABLED"] = False
    return strict.test_client()


def test_guessing_one_account_is_stopped_and_the_reply_does_not_say_if_it_exists(limited, somebody):
    for email in ("ann@example.org", "nobody@example.org"):
        codes = [_sign_in(limited, email, "guess").status_code for _ in range(11)]
        assert codes == [422] * 10 + [429]


def test_only_failed_tries_are_counted(limited: FlaskClient, somebody: Account):
    assert {_sign_in(limited).status_code for _ in range(25)} == {303}


def test_guessing_many_accounts_from_one_address_is_stopped(limited: FlaskClient, somebody: Account):
    codes = [_sign_in(limited, f"guess{number}@example.org", "guess").status_code for number in range(21)]
    assert codes == [422] * 20 + [429]


@pytest.fixture
def example(app: Flask) -> Flask:
    """The application in demo mode."""
    app.config["IS_DEMO"] = True
    return app


def test_a_printed_link_shows_a_button_and_signs_in_again_and_again(example: Flask):
    dialogue = make_dialogue()
    account = make_staff(dialogue, Role.FACILITATOR, "Example Facilitator")
    address = f"/demo/{logins.demo_token('account', account.public_id, example.config['SECRET_KEY'])}"
    for _ in range(2):
        browser = example.test_client()
        page = browser.get(address)
        assert "Sign in as Facilitator (Example Facilitator)" in page.text
        assert db.session.query(Login).filter_by(account_id=account.id).count() == _
        assert browser.post(address).status_code == 303
        assert _is_signed_in(browser)


def test_a_printed_link_of_a_participant_makes_a_device(example: Flask, client: FlaskClient):
    person = make_participant(make_dialogue())
    address = f"/demo/{logins.demo_token('participant', person.public_id, example.config['SECRET_KEY'])}"
    assert client.get(address).status_code == 200
    assert db.session.query(ParticipantDevice).count() == 0
    assert client.post(address).headers["Location"] == "/me"
    assert db.session.query(ParticipantDevice).one().participant_id == person.id


def test_printed_links_work_in_the_example_only(app: Flask, client: FlaskClient, somebody: Account):
    address = f"/demo/{logins.demo_token('account', somebody.public_id, app.config['SECRET_KEY'])}"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_a_printed_link_made_with_another_key_is_refused(example: Flask, client: FlaskClient, somebody: Account):
    address = f"/demo/{logins.demo_token('account', somebody.public_id, 'another key')}"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert client.get("/demo/nonsense").status_code == 404


def test_a_demo_token_is_of_an_account_or_a_participant(somebody: Account):
    with pytest.raises(ValueError, match="not a kind"):
        logins.demo_token("job", somebody.public_id, "key")


def test_pages_of_people_are_never_kept_by_a_cache(client: FlaskClient, somebody: Account):
    _sign_in(client)
    headers = client.get("/password").headers
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]


def test_signing_in_offers_no_way_to_another_site(client: FlaskClient, somebody: Account):
    reply = client.post("/sign-in?next=https://evil.example", data={"email": "ann@example.org", "password": SECRET})
    assert reply.headers["Location"] == "/dialogues"


def test_a_password_box_never_holds_what_was_typed(client: FlaskClient, somebody: Account):
    page = _sign_in(client, password="a secret that was typed").text
    assert "a secret that was typed" not in page
    assert re.search(r'name="email"[^>]*value="ann@example.org"', page)


def test_an_account_from_the_factories_has_no_password_at_all(app: Flask, client: FlaskClient):
    account = make_staff(make_dialogue(), Role.ANALYST)
    assert logins.account_for(account.email, "!") is None
    sign_in_as(client, account)
    assert _is_signed_in(client)


def test_the_same_address_cannot_have_two_accounts(somebody: Account):
    with pytest.raises(RuleError) as refusal, transaction():
        add_account("ANN@EXAMPLE.ORG", "Other", SECRET, by=None)
    assert refusal.value.code == "uq_account_email"
