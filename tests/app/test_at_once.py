"""A vote in one statement of PostgreSQL leaves the very rows that single steps leave, through the pages too."""

import uuid
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, quick_transaction, utcnow
from app.models.events import Event, EventPayload
from app.models.voting import CurrentVote, Exposure, StageStatement, Vote
from app.queries.ballot import read_ballot
from app.queries.voting import candidates_on
from app.services import casting
from app.services.casting import Choice, Where, cast_and_show
from app.services.recording import new_client_key
from deliberation.errors import RuleError
from deliberation.sessions import DialogueMode
from tests.app.postgres import postgres_app, postgres_server, postgres_url  # noqa: F401
from tests.app.way import Room, at_hand, make_room
from tests.conftest import FreshClient
from tests.factories import be_participant

pytestmark = pytest.mark.postgres
NOW = utcnow()
WAYS = ("_at_once", "_one_by_one")


def where_of(room: Room) -> Where:
    who, stage = room.participant, room.stage
    return Where(who.id, who.public_id, room.dialogue.id, stage.session_id, stage.id, None, False)


def act(room: Room, where: Where, way: str, number: int, position: int, key: uuid.UUID, after: int | None = None):
    """One vote that way; (is it new, does it count), with what comes next always the first that is left."""
    patch = pytest.MonkeyPatch()
    patch.setattr(casting, "_at_once", getattr(casting, way))
    statement = room.statements[number]
    try:
        with quick_transaction(db.engine) as connection:
            ballot = read_ballot(connection, where.stage_id, where.participant_id, statement.public_id)
            known = candidates_on(connection, ballot, None, DialogueMode.OPEN, where.participant_id)
            choice = Choice(ballot.sent_id, statement.public_id, position, number == 1, key, after)
            kept, _ = cast_and_show(
                connection, where, choice, ballot, known, Random(number), now=NOW + timedelta(seconds=number)
            )
            return kept.is_new, kept.counts
    finally:
        patch.undo()


def rows(where: Where):
    """Everything that votes wrote for one person, by numbers of their own."""
    db.session.rollback()
    votes = db.session.scalars(select(Vote).where(Vote.participant_id == where.participant_id).order_by(Vote.id)).all()
    place = {one.id: n for n, one in enumerate(votes)}
    current = db.session.scalars(select(CurrentVote).where(CurrentVote.participant_id == where.participant_id))
    shown = db.session.scalars(select(Exposure).where(Exposure.stage_id == where.stage_id).order_by(Exposure.id))
    counts = db.session.scalars(select(StageStatement).where(StageStatement.stage_id == where.stage_id))
    number = {one.statement_id: one.place for one in db.session.scalars(
        select(StageStatement).where(StageStatement.stage_id == where.stage_id)
    )}  # fmt: skip
    events = db.session.execute(
        select(Event.kind, Event.actor_role, Event.happened_at, EventPayload.object_kind, EventPayload.facts)
        .join(EventPayload)
        .where(Event.dialogue_id == where.dialogue_id)
        .order_by(Event.id)
    )
    return {
        "votes": [
            (number[v.statement_id], v.position, v.is_important, v.is_late, v.cast_at, v.undone_at is None)
            for v in votes
        ],
        "current": sorted((number[c.statement_id], place[c.vote_id], c.position, c.is_important) for c in current),
        "shown": [
            (number[e.statement_id], round(e.probability, 9), e.shown_at, e.answered_at is not None) for e in shown
        ],
        "times": sorted((number[c.statement_id], c.times_shown) for c in counts),
        "events": [tuple(map(str, one)) for one in events],
    }


def test_both_ways_leave_the_same_rows(postgres_app: Flask):  # noqa: F811
    rooms = {way: make_room(statements=8) for way in WAYS}
    keys = [new_client_key() for _ in range(20)]
    found = {}
    for way, room in rooms.items():
        where, own = where_of(room), [uuid.UUID(int=key.int ^ (way == WAYS[0])) for key in keys]
        told = [act(room, where, way, number, 1 - number % 3, own[number]) for number in range(6)]
        told.append(act(room, where, way, 2, 1, own[7]))  # a change of mind
        told.append(act(room, where, way, 2, 1, own[7]))  # sent again
        left = rows(where)
        told.append(act(room, where, way, 2, -1, own[6], after=0))  # older, and late: whoever asked takes it back
        found[way] = (told, left)
    assert found["_at_once"] == found["_one_by_one"]
    told, left = found["_at_once"]
    assert told == [(True, True)] * 7 + [(False, False), (True, False)]
    assert left["current"][2][2] == 1


def test_a_key_with_another_vote_is_refused_and_leaves_nothing(postgres_app: Flask):  # noqa: F811
    room, key = make_room(statements=3), new_client_key()
    where = where_of(room)
    act(room, where, "_at_once", 0, 1, key)
    before = rows(where)
    with pytest.raises(RuleError) as refusal:
        act(room, where, "_at_once", 0, -1, key)
    assert refusal.value.code == "key_reused"
    assert rows(where) == before


def test_somebody_votes_by_the_pages_on_postgresql(postgres_app: Flask):  # noqa: F811
    postgres_app.test_client_class = FreshClient
    client, room = postgres_app.test_client(), make_room(statements=7)
    be_participant(client, room.participant)
    client.get(room.at())
    client.post(room.at("/start"))
    for number in range(5):
        shown = at_hand(client.get(room.at()).text)
        reply = client.post(
            room.at("/vote"), data={**shown, "position": 1 - number % 3}, headers={"Folkmoot-Fragment": "1"}
        )
        assert reply.status_code == 200
    assert "/vote/more" in client.get(room.at()).text
    assert len(rows(where_of(room))["current"]) == 5
