"""Your contributions: each thing with where it went, in kind words, and taking words back."""

import uuid

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment, Prompt
from app.models.events import Event
from app.models.terms import TermsOfReference
from app.models.voting import Condition, Statement
from app.services.contributions import withdraw
from app.services.voting import cast_vote
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import ReasonCode, WordState
from deliberation.stages import StageKind
from deliberation.terms import TermsState
from deliberation.voting import Origin, Position
from tests import factories
from tests.app.way import Room, fresh, make_room, saved
from tests.factories import be_participant


def _statement(room: Room, state: WordState = WordState.WAITING, **more) -> Statement:
    return factories.make_statement(
        room.dialogue,
        "Children need a say.",
        origin=Origin.PARTICIPANT,
        author_id=room.participant.id,
        state=state,
        **more,
    )


def test_an_empty_page_says_what_will_be_listed(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    html = client.get(room.mine).text
    assert "You have not written or voted yet" in html
    assert room.participant.pseudonym in html


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (WordState.WAITING, None, "Waiting to be checked."),
        (WordState.APPROVED, None, "Everyone can see it."),
        (WordState.REFUSED, ReasonCode.REPEATED, "Somebody has already said the same"),
        (WordState.REFUSED, ReasonCode.OFF_TOPIC, "It stays in the record"),
        (WordState.WITHDRAWN, None, "Taken back by its author."),
    ],
)
def test_each_state_is_said_in_kind_words(client: FlaskClient, state, reason, words):
    room = make_room()
    _statement(room, state, reason=reason)
    be_participant(client, room.participant)
    html = client.get(room.mine).text
    assert words in html
    assert "reject" not in html.lower()


def test_votes_comments_and_conditions_are_listed(client: FlaskClient):
    room = make_room(statements=1)
    prompt = saved(Prompt(stage_id=room.stage.id, place=1, text="What worries you?"))
    author = {"dialogue_id": room.dialogue.id, "author_id": room.participant.id}
    saved(Comment(**author, prompt_id=prompt.id, text="Leaks."))
    saved(Condition(participant_id=room.participant.id, statement_id=room.statements[0].id, text="Who pays."))
    with transaction():
        cast_vote(
            room.stage, room.statements[0], Position.AGREE, important=True, client_key=uuid.uuid4(), by=room.participant
        )
    be_participant(client, room.participant)
    html = client.get(room.mine).text
    for words in ("Leaks.", "About: What worries you?", "Who pays.", "Agree", "it matters a lot to you"):
        assert words in html


def test_nobody_elses_words_are_listed(client: FlaskClient):
    room = make_room()
    _statement(room)
    be_participant(client, factories.make_participant(room.dialogue))
    assert "Children need a say." not in client.get(room.mine).text


def test_taking_back_hides_the_words_and_stops_the_vote_on_them(client: FlaskClient):
    room = make_room()
    statement = _statement(room, WordState.APPROVED)
    factories.place_statement(room.stage, statement)
    be_participant(client, room.participant)
    sent = {"kind": "statement", "words_id": statement.public_id}
    assert client.post(f"{room.mine}/withdraw", data=sent).location == room.mine
    row = fresh(statement)
    assert row.state is WordState.WITHDRAWN
    assert row.withdrawn_at is not None
    assert db.session.query(Event).filter_by(kind=EventKind.STATEMENT_WITHDRAWN).count() == 1
    with pytest.raises(RuleError, match="not_votable"), transaction():
        cast_vote(room.stage, row, Position.AGREE, client_key=uuid.uuid4(), by=room.participant)
    assert client.post(f"{room.mine}/withdraw", data=sent).status_code == 409


def test_a_comment_that_was_taken_back_is_shown_to_nobody(client: FlaskClient):
    room = make_room(StageKind.DISCUSS)
    prompt = saved(Prompt(stage_id=room.stage.id, place=1, text="What worries you?"))
    author = {"dialogue_id": room.dialogue.id, "author_id": room.participant.id}
    where = {"stage_id": room.stage.id, "prompt_id": prompt.id}
    comment = saved(Comment(**author, **where, text="Leaks.", state=WordState.APPROVED))
    be_participant(client, room.participant)
    client.post(f"{room.mine}/withdraw", data={"kind": "comment", "words_id": comment.public_id})
    assert "Leaks." not in client.get(room.at()).text
    be_participant(client, factories.make_participant(room.dialogue))
    assert "Leaks." not in client.get(room.at()).text


def test_somebody_elses_words_cannot_be_taken_back(client: FlaskClient):
    room = make_room()
    statement, other = _statement(room), factories.make_participant(room.dialogue)
    be_participant(client, other)
    sent = {"kind": "statement", "words_id": statement.public_id}
    assert client.post(f"{room.mine}/withdraw", data=sent).status_code == 404
    with pytest.raises(RuleError, match="not_yours"), transaction():
        withdraw(db.session.get_one(Statement, statement.id), by=other)
    assert fresh(statement).state is WordState.WAITING


@pytest.mark.parametrize("sent", [{}, {"kind": "vote"}, {"kind": "statement", "words_id": "x"}])
def test_nonsense_takes_nothing_back(client: FlaskClient, sent):
    room = make_room()
    be_participant(client, room.participant)
    assert client.post(f"{room.mine}/withdraw", data=sent).status_code == 400


def test_the_terms_are_linked_once_they_are_published(client: FlaskClient):
    room = make_room()
    statement = _statement(room, WordState.APPROVED)
    terms = saved(TermsOfReference(dialogue_id=room.dialogue.id, title="Terms"))
    be_participant(client, room.participant)
    where = f"/d/{room.dialogue.public_id}/statement/{statement.public_id}/where-it-went"
    assert where not in client.get(room.mine).text
    with transaction() as session:
        session.get(TermsOfReference, terms.id).state = TermsState.PUBLISHED
    html = client.get(room.mine).text
    assert where in html
    assert f"/d/{room.dialogue.public_id}/terms/published" in html


def test_the_page_links_permissions_a_return_code_and_leaving(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    html = client.get(room.mine).text
    for tail in ("permissions", "return-code", "leave"):
        assert f"/d/{room.dialogue.public_id}/{tail}" in html
    assert db.session.scalar(select(Statement)) is None


def test_others_words_are_gone_from_ones_own_page_once_they_were_taken_back(client: FlaskClient):
    room = make_room(statements=1)
    other = factories.make_participant(room.dialogue)
    prompt = saved(Prompt(stage_id=room.stage.id, place=1, text="What worries you?"))
    theirs = saved(Comment(dialogue_id=room.dialogue.id, author_id=other.id, prompt_id=prompt.id, text="My son Tom."))
    mine = {"dialogue_id": room.dialogue.id, "author_id": room.participant.id}
    saved(Comment(**mine, parent_id=theirs.id, text="I see."))
    saved(Condition(participant_id=room.participant.id, statement_id=room.statements[0].id, text="Who pays."))
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=uuid.uuid4(), by=room.participant)
    be_participant(client, room.participant)
    before = client.get(room.mine).text
    with transaction():
        theirs.state = WordState.WITHDRAWN
        room.statements[0].state = WordState.WITHDRAWN
    after = client.get(room.mine).text
    for words in ("My son Tom.", room.statements[0].text):
        assert words in before
        assert words not in after
    assert "I see." in after
    assert "Who pays." in after
