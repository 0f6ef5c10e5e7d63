"""The public ledger tells what was not shown and why; the log of decisions is a file without words."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.db import db, transaction
from app.models.dialogues import Dialogue, DialogueSession
from app.models.events import Event
from app.models.people import Account
from app.queries.ledger import ledger_is_public, ledger_of
from app.services.duty import edit_duty
from app.services.lineage import merge
from app.services.moderation import decide, undo
from deliberation.events import EventKind
from deliberation.moderation import EXCLUDED_FROM_ANALYSIS, Decision, ReasonCode
from deliberation.roles import Role
from deliberation.stages import StageState
from tests.app.moderating import address, waiting_comment, waiting_statement
from tests.factories import make_dialogue, make_session, make_staff, make_statement, sign_in_as


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR, "=Fay")


def page_of(dialogue: Dialogue, client: FlaskClient) -> str:
    return client.get(f"/open/{dialogue.public_id}/not-shown").text


def make_public(dialogue: Dialogue, by: Account) -> None:
    with transaction():
        edit_duty(dialogue, on_duty={}, lead=None, ledger_is_public=True, by=by)


def test_the_ledger_opens_when_the_setting_says_so_or_everything_has_closed(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    words = waiting_statement(dialogue, "Off the point.")
    with transaction():
        decide(dialogue, words, Decision.REFUSE, ReasonCode.OFF_TOPIC, by=by)
    assert "This list opens when the dialogue has closed." in page_of(dialogue, client)
    assert not ledger_is_public(dialogue)
    make_session(dialogue)
    with transaction() as session:
        session.execute(update(DialogueSession).values(state=StageState.CLOSED))
    assert "Off the point." in page_of(dialogue, client)


@pytest.mark.parametrize("reason", list(ReasonCode))
def test_words_are_repeated_only_where_the_reason_lets_them(
    dialogue: Dialogue, by: Account, client: FlaskClient, reason: ReasonCode
) -> None:
    words = waiting_statement(dialogue, "The words themselves.")
    with transaction():
        decide(dialogue, words, Decision.REFUSE, reason, by=by)
    make_public(dialogue, by)
    assert ("The words themselves." in page_of(dialogue, client)) is (reason not in EXCLUDED_FROM_ANALYSIS)
    assert ledger_of(dialogue).by_reason == {reason: 1}


def test_the_ledger_says_which_statement_stands_for_a_repeated_one(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    kept, repeated = make_statement(dialogue, "Ask people first."), waiting_statement(dialogue, "First, ask.")
    comment = waiting_comment(dialogue, "Beside the point.")
    waiting_statement(dialogue, "Still waits.")
    with transaction():
        merge(dialogue, repeated, kept, by=by)
        decide(dialogue, comment, Decision.REFUSE, ReasonCode.OFF_TOPIC, by=by)
    make_public(dialogue, by)
    page = page_of(dialogue, client)
    assert "Ask people first." in page
    assert "2 are not." in page
    assert "1 still waits to be checked." in page


def test_the_log_has_a_row_for_each_decision_and_no_words_and_no_formula(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    words, other = waiting_statement(dialogue, "The words themselves."), make_staff(dialogue, Role.FACILITATOR, "Anna")
    with transaction():
        made = decide(dialogue, words, Decision.REFUSE, ReasonCode.ABUSE, by=by)
        undo(dialogue, made, by=other)
        decide(dialogue, words, Decision.APPROVE, by=other)
    sign_in_as(client, by)
    reply = client.post(address(dialogue, "/log.csv"))
    first, second = csv.DictReader(io.StringIO(reply.text))
    assert (first["decided_by"], first["reason"], first["undone_by"]) == ("'=Fay", "abuse", "Anna")
    assert (second["decision"], second["state_before"]) == ("approve", "waiting")
    assert "The words themselves." not in reply.text
    kinds = db.session.scalars(select(Event.kind)).all()
    assert EventKind.MODERATION_EXPORTED in kinds
