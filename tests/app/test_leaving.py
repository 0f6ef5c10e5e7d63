"""Going: what leaving a device keeps, and what leaving a dialogue takes out."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction, utcnow
from app.models.comments import Comment, Prompt
from app.models.events import Event, EventPayload
from app.models.people import Participant, ParticipantDevice
from app.models.types import new_public_id
from app.models.vault import Invitation, Seat, VaultContact, VaultSeatLink
from app.models.voting import CurrentVote, Statement, Vote
from app.queries.people import participant_of_device
from app.services import joining, leaving, roll, sealing
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageKind
from deliberation.voting import Origin
from tests.factories import (
    be_participant,
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
    make_statement,
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


def test_leaving_a_device_keeps_everything_and_ends_only_this_device(app: Flask, client: FlaskClient, panel):
    dialogue, _, _ = panel
    person, phone = make_participant(dialogue), app.test_client()
    be_participant(client, person)
    be_participant(phone, person)
    assert "You have left" in client.post(f"/d/{dialogue.public_id}/leave", data={"what": "device"}).text
    assert _participant(client) is None
    assert _participant(phone) is not None
    assert db.session.query(ParticipantDevice).filter(ParticipantDevice.revoked_at.is_(None)).count() == 1


def test_leaving_says_what_it_means_and_chooses_nothing_beforehand(client: FlaskClient, panel):
    dialogue, _, _ = panel
    be_participant(client, make_participant(dialogue, consented=False))
    page = client.get(f"/d/{dialogue.public_id}/leave").text
    assert "deleted now" in page
    assert "already published stay" in page
    assert "checked" not in page
    assert client.post(f"/d/{dialogue.public_id}/leave", data={}).status_code == 422


@pytest.fixture
def talkative(panel):  # type: ignore[no-untyped-def]
    """A person who sits in a seat, voted, and wrote a statement and a comment that others answered."""
    dialogue, facilitator, seat = panel
    _link(seat, facilitator)
    with transaction():
        joining.accept_invitation(db.session.query(Invitation).one(), lang="en")
    person = db.session.query(Participant).one()
    other = make_participant(dialogue)
    stage = make_stage(make_session(dialogue), StageKind.DISCUSS)
    own = make_statement(dialogue, "My own words.", origin=Origin.PARTICIPANT, author_id=person.id)
    with transaction() as session:
        prompt = Prompt(stage_id=stage.id, place=1, text="What matters?")
        session.add(prompt)
        session.flush()
        comment = Comment(dialogue_id=dialogue.id, author_id=person.id, prompt_id=prompt.id, text="My comment.")
        session.add(comment)
        session.flush()
        session.add(Comment(dialogue_id=dialogue.id, author_id=other.id, parent_id=comment.id, text="A reply."))
        for voter in (person, other):
            vote = Vote(
                client_key=new_public_id(), participant_id=voter.id, statement_id=own.id, position=1, cast_at=utcnow()
            )
            session.add(vote)
            session.flush()
            session.add(
                CurrentVote(participant_id=voter.id, statement_id=own.id, vote_id=vote.id, position=1, cast_at=utcnow())
            )
    return dialogue, person, other, seat


def test_leaving_the_dialogue_takes_out_what_the_person_gave_and_nothing_of_others(client, talkative):
    dialogue, person, other, seat = talkative
    person_id, ref, pseudonym = person.id, str(person.public_id), person.pseudonym
    be_participant(client, person)
    page = client.post(f"/d/{dialogue.public_id}/leave", data={"what": "dialogue"})
    assert "You have left" in page.text
    db.session.expire_all()
    assert [vote.participant_id for vote in db.session.query(Vote)] == [other.id]
    assert [vote.participant_id for vote in db.session.query(CurrentVote)] == [other.id]
    statement = db.session.query(Statement).one()
    assert (statement.text, statement.state, statement.author_id) == ("", WordState.WITHDRAWN, None)
    assert sorted(comment.text for comment in db.session.query(Comment)) == ["", "A reply."]
    gone = db.session.get_one(Participant, person_id)
    assert gone.left_at is not None
    assert gone.pseudonym != pseudonym
    assert db.session.query(VaultSeatLink).count() == 0
    assert db.session.query(VaultContact).one().name == "Example Person"
    assert db.session.get_one(Seat, seat.id).left_at is not None
    about_them = (EventPayload.actor == ref) | (EventPayload.object_ref == ref)
    assert db.session.query(EventPayload).filter(about_them).count() == 0
    assert _participant(client) is None


def test_the_chain_of_the_log_holds_after_somebody_has_left(talkative):
    dialogue, person, _, _ = talkative
    with transaction():
        sealing.seal()
    with transaction():
        leaving.leave_dialogue(dialogue, by=person)
    with transaction():
        sealing.seal()
    check = sealing.verify_chain(dialogue)
    assert check.holds
    assert check.payloads_gone > 0
    assert db.session.query(Event).filter_by(kind=EventKind.PARTICIPANT_LEFT).count() == 1


def test_who_has_left_can_come_back_only_as_somebody_new(client: FlaskClient, talkative):
    dialogue, person, _, seat = talkative
    with transaction():
        code = joining.issue_return_code(person, by=person)
    with transaction():
        leaving.leave_dialogue(dialogue, by=person)
    assert client.post("/return", data={"code": code}).status_code == 422
    facilitator = make_staff(dialogue, Role.FACILITATOR)
    client.post(_link(seat, facilitator))
    found = _participant(client)
    assert found is not None
    assert found.id != person.id
    assert db.session.get_one(Seat, seat.id).left_at is None


def test_no_table_of_a_participant_is_forgotten_when_somebody_leaves(talkative):
    dialogue, person, _, _ = talkative
    with transaction():
        leaving.leave_dialogue(dialogue, by=person)
    tables = {column.table.name for column in leaving._columns_of_participant()}
    assert {"vote", "current_vote", "response", "model_rating", "combination", "condition", "return_code"} <= tables
    for column in leaving._columns_of_participant():
        assert db.session.query(column).filter(column == person.id).count() == 0, column
