"""The rota, and the mail of the day: numbers and a link, once, and nothing where no mail server is set."""

import smtplib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.config import read_settings
from app.db import db, transaction
from app.jobs import run_waiting
from app.models.dialogues import Dialogue
from app.models.events import Job
from app.models.moderating import ModeratorDuty, OutgoingMail
from app.models.people import Account
from app.services import mail
from app.services.duty import edit_duty
from deliberation.errors import RuleError
from deliberation.roles import Role
from tests.app.moderating import address, waiting_statement
from tests.factories import make_account, make_dialogue, make_staff, sign_in_as

MORNING = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
"""A Thursday."""


class Post:
    """Stands for an SMTP server; `broken` makes it refuse."""

    sent: list[Any] = []
    broken = False

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.said: list[str] = []

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def starttls(self, context: object) -> None:
        self.said.append("tls")

    def login(self, user: str, password: str) -> None:
        self.said.append(user)

    def send_message(self, message: Any) -> None:
        if Post.broken:
            raise smtplib.SMTPServerDisconnected("gone")
        assert self.said == ["tls", "me"]
        Post.sent.append(message)


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    account = make_staff(dialogue, Role.FACILITATOR, "Fay")
    with transaction():
        edit_duty(
            dialogue, on_duty={3: [account.public_id]}, lead=None, ledger_is_public=False, by=account
        )
    return account


@pytest.fixture
def post(app: Flask, monkeypatch: pytest.MonkeyPatch) -> type[Post]:
    Post.sent, Post.broken = [], False
    settings = replace(
        app.extensions["folkmoot"], smtp_host="post.example.org", mail_from="moot@example.org", smtp_user="me",
        smtp_password="secret", address="https://moot.example.org",
    )  # fmt: skip
    monkeypatch.setitem(app.extensions, "folkmoot", settings)
    monkeypatch.setattr(smtplib, "SMTP", Post)
    return Post


def written(now: datetime = MORNING) -> int:
    with transaction():
        return mail.write_daily(now)


def test_who_is_on_duty_gets_one_mail_with_numbers_and_a_link_and_no_words(
    dialogue: Dialogue, by: Account, post: type[Post]
) -> None:
    waiting_statement(dialogue, "Nobody may read this in a mail.")
    waiting_statement(dialogue, "Nor this.")
    to = by.email
    link = f"https://moot.example.org/d/{dialogue.public_id}/moderation"
    assert (written(), written()) == (1, 0)
    assert run_waiting() == 1
    (message,) = post.sent
    assert message["To"] == to
    assert "2 contributions to check" in message["Subject"]
    assert link in message.get_content()
    assert "Nobody may read" not in message.as_string()
    row = db.session.scalars(select(OutgoingMail)).one()
    assert (row.state, row.sent_at is not None) == ("sent", True)


@pytest.mark.parametrize(
    ("now", "waits"),
    [(datetime(2026, 11, 26, 5, tzinfo=UTC), True), (datetime(2026, 11, 27, 9, tzinfo=UTC), True), (MORNING, False)],
)
def test_nothing_is_written_too_early_on_another_day_or_when_nothing_waits(
    dialogue: Dialogue, by: Account, now: datetime, waits: bool
) -> None:
    if waits:
        waiting_statement(dialogue)
    assert written(now) == 0


def test_without_a_mail_server_mails_are_held_and_the_page_says_so(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    waiting_statement(dialogue)
    assert written() == 1
    assert db.session.scalar(select(Job)) is None
    assert db.session.scalars(select(OutgoingMail)).one().state == "held"
    sign_in_as(client, by)
    page = client.get(address(dialogue, "/settings")).text
    assert "this installation has no mail server" in page
    assert "not sent: no mail server" in page


def test_a_mail_that_cannot_be_sent_is_tried_again_and_its_fault_is_kept(
    dialogue: Dialogue, by: Account, post: type[Post]
) -> None:
    waiting_statement(dialogue)
    written()
    post.broken = True
    assert run_waiting() == 3
    row = db.session.scalars(select(OutgoingMail)).one()
    assert (row.state, row.attempts) == ("failed", 3)
    assert "gone" in row.error


def test_the_rota_and_the_lead_are_set_on_a_page(dialogue: Dialogue, by: Account, client: FlaskClient) -> None:
    sign_in_as(client, by)
    data = {"duty": [f"0:{by.public_id}", f"6:{by.public_id}", f"9:{by.public_id}", "1:x"], "lead": str(by.public_id)}
    assert client.post(address(dialogue, "/settings"), data=data).status_code == 303
    assert sorted(row.weekday for row in db.session.scalars(select(ModeratorDuty))) == [0, 6]
    page = client.get(address(dialogue, "/settings")).text
    assert f'value="{by.public_id}" selected' in page
    stranger = make_account("Stranger")
    reply = client.post(address(dialogue, "/settings"), data={"lead": str(stranger.public_id)})
    assert (reply.status_code, "Choose a facilitator" in reply.text) == (422, True)


def test_only_a_facilitator_of_the_dialogue_can_be_the_lead(dialogue: Dialogue, by: Account) -> None:
    evaluator = make_staff(dialogue, Role.EVALUATOR)
    with pytest.raises(RuleError, match="lead_not_here"), transaction():
        edit_duty(dialogue, on_duty={}, lead=evaluator.public_id, ledger_is_public=False, by=by)


def test_mail_settings_come_from_the_environment_and_the_password_is_in_no_print(tmp_path: Any) -> None:
    settings = read_settings({
        "FOLKMOOT_DATA": str(tmp_path), "FOLKMOOT_SMTP_HOST": "h", "FOLKMOOT_MAIL_FROM": "a@b.org",
        "FOLKMOOT_SMTP_PORT": "25", "FOLKMOOT_SMTP_PASSWORD": "hush", "FOLKMOOT_SMTP_SECURITY": "none",
    })  # fmt: skip
    assert mail.is_set_up(settings)
    assert (settings.smtp_port, settings.smtp_security) == (25, "none")
    assert "hush" not in repr(settings)
