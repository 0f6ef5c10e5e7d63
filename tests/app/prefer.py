"""What tests of preferences share: a question in a room, and what a person sends."""


import uuid

from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.dialogues import Stage
from app.models.people import Account, Participant
from app.models.preferences import PreferenceQuestion
from app.queries.preferences import answer_of
from app.services import preferences as acts
from deliberation.preferences import OptionWords, PreferenceKind, QuestionFacts
from deliberation.stages import StageState
from tests.app.way import Room, key

TOPICS = ("Cost", "Time", "Fairness", "Children", "Redress", "Trust", "Panels")


def ask(
    room: Room, kind: PreferenceKind = PreferenceKind.APPROVAL, options: tuple[str, ...] = TOPICS, **changes
) -> PreferenceQuestion:
    """A question in the room's stage."""
    facts = QuestionFacts(**{"kind": kind, "title": "What comes first?", "dots": 3, "seats": 2, **changes})
    with transaction():
        stage = db.session.get_one(Stage, room.stage.id)
        words = [OptionWords(one) for one in options]
        return acts.add_question(stage, facts, words, by=make_staff_of(room))


def make_staff_of(room: Room):
    """A facilitator, made in the open transaction."""

    account = Account(email=f"{uuid.uuid4().hex}@example.org", display_name="F", password_hash="!")
    db.session.add(account)
    db.session.flush()
    return account


def keys(question: PreferenceQuestion, *texts: str) -> list[str]:
    """The keys of options by their words."""
    known = {one.text: one.key for one in question.options}
    return [known[text] for text in texts]


def give(client: FlaskClient, room: Room, question: PreferenceQuestion, *texts: str, page: int = 1, **more):
    """Sends one page of dots."""
    data = {"dots": keys(question, *texts), "client_key": key(), **more}
    return client.post(room.at(f"/prefer/{question.public_id}/dots?page={page}"), data=data)


def order(client: FlaskClient, room: Room, question: PreferenceQuestion, places: dict[str, int], **more):
    """Sends an order."""
    data = {f"place-{keys(question, text)[0]}": place for text, place in places.items()}
    return client.post(room.at(f"/prefer/{question.public_id}/order"), data={**data, "client_key": key(), **more})


def said(question: PreferenceQuestion, person: Participant):
    """What counts of the person's ballots now."""
    db.session.rollback()
    return answer_of(question, person)


def texts_of(question: PreferenceQuestion, wanted) -> list[str]:
    """Words of options by their keys."""
    known = {one.key: one.text for one in question.options}
    return sorted(known[one] for one in wanted)


def close(room: Room) -> None:
    """The stage has closed, and its two minutes are over."""
    with transaction():
        stage = db.session.get_one(Stage, room.stage.id)
        stage.state, stage.closed_at = StageState.CLOSED, None


