"""A worry about a person goes to one named person, is no reason to keep words back, and leaves no trace elsewhere."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.events import Event, EventPayload
from app.models.moderating import OutgoingMail
from app.models.people import Account, Participant
from app.models.vault import WelfareConcern
from app.models.voting import Statement
from app.queries.record import entries, kinds_of
from app.services.duty import edit_duty
from app.services.leaving import leave_dialogue
from app.services.welfare import close_concern, raise_concern
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Role
from tests.app.moderating import address, sent, waiting_statement
from tests.factories import make_dialogue, make_participant, make_staff, sign_in_as


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR, "Fay")


@pytest.fixture
def lead(dialogue: Dialogue, by: Account) -> Account:
    account = make_staff(dialogue, Role.FACILITATOR, "Lena")
    with transaction():
        edit_duty(dialogue, on_duty={}, lead=account.public_id, ledger_is_public=False, by=by)
    return account


@pytest.fixture
def author(dialogue: Dialogue) -> Participant:
    return make_participant(dialogue, "Amber Heron")


@pytest.fixture
def words(dialogue: Dialogue, author: Participant) -> Statement:
    return waiting_statement(dialogue, "I see no point in going on.", author_id=author.id)


def test_a_worry_needs_a_lead_to_go_to(dialogue: Dialogue, by: Account, words: Statement) -> None:
    with pytest.raises(RuleError, match="no_lead"), transaction():
        raise_concern(dialogue, words, "Sad.", by=by)


def test_a_worry_decides_nothing_and_the_desk_says_only_that_it_was_passed_on(
    dialogue: Dialogue, by: Account, lead: Account, words: Statement, client: FlaskClient
) -> None:
    sign_in_as(client, by)
    reply = client.post(
        address(dialogue, "/worry"), data={**sent("statement", words), "note": "Sounds low."}, follow_redirects=True
    )
    assert "passed on" in reply.text
    assert "Sounds low." not in reply.text
    db.session.expire_all()
    assert (words.state, words.reason) == (WordState.WAITING, None)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PARTICIPANT, Role.ADMINISTRATOR}])
def test_only_the_lead_opens_it(
    dialogue: Dialogue, by: Account, lead: Account, words: Statement, client: FlaskClient, role: Role
) -> None:
    with transaction():
        raise_concern(dialogue, words, "Sounds low.", by=by)
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(address(dialogue, "/welfare")).status_code == 403
    concern = db.session.scalars(select(WelfareConcern)).one()
    assert client.post(address(dialogue, f"/welfare/{concern.public_id}")).status_code == 403
    sign_in_as(client, lead)
    page = client.get(address(dialogue, "/welfare")).text
    assert "Sounds low." in page
    assert "Amber Heron" in page


def test_the_record_knows_nothing_of_it_and_the_log_not_whom_it_was_about(
    dialogue: Dialogue, by: Account, lead: Account, words: Statement, author: Participant
) -> None:
    with transaction():
        raise_concern(dialogue, words, "Sounds low.", by=by)
        close_concern(dialogue, db.session.scalars(select(WelfareConcern)).one(), "Rang.", by=lead)
    assert not {EventKind.WELFARE_CONCERN_RAISED, EventKind.WELFARE_CONCERN_CLOSED} & set(kinds_of(dialogue))
    assert not [one for one in entries(dialogue, None, 1)[0] if one.kind.value.startswith("welfare")]
    assert entries(dialogue, EventKind.WELFARE_CONCERN_RAISED, 1) == ([], 0)
    payloads = db.session.scalars(
        select(EventPayload).join(Event).where(Event.kind == EventKind.WELFARE_CONCERN_RAISED)
    ).all()
    assert [(one.object_ref, one.facts) for one in payloads] == [("", {})]


def test_the_lead_gets_a_mail_without_a_word_of_it(
    dialogue: Dialogue, by: Account, lead: Account, words: Statement
) -> None:
    with transaction():
        raise_concern(dialogue, words, "Sounds low.", by=by)
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert mail.account_id == lead.id
    assert "low" not in mail.body
    assert "point" not in mail.body


def test_a_concern_is_closed_once_by_the_lead(
    dialogue: Dialogue, by: Account, lead: Account, words: Statement, client: FlaskClient
) -> None:
    with transaction():
        raise_concern(dialogue, words, "Sounds low.", by=by)
    concern = db.session.scalars(select(WelfareConcern)).one()
    sign_in_as(client, lead)
    for words_of_lead in ("Rang them.", "Again."):
        client.post(address(dialogue, f"/welfare/{concern.public_id}"), data={"outcome": words_of_lead})
    db.session.expire_all()
    assert concern.outcome == "Rang them."


def test_a_concern_goes_when_the_person_leaves(
    dialogue: Dialogue, by: Account, lead: Account, words: Statement, author: Participant
) -> None:
    with transaction():
        raise_concern(dialogue, words, "Sounds low.", by=by)
    with transaction():
        leave_dialogue(dialogue, by=author)
    assert db.session.scalar(select(WelfareConcern)) is None
