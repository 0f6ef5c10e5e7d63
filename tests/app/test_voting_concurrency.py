"""Votes that arrive together: the same keys from many threads count once, on SQLite and on PostgreSQL."""

import threading
import uuid
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, transaction
from app.models.dialogues import Stage
from app.models.events import Event
from app.models.people import Participant
from app.models.voting import CurrentVote, Statement, Vote
from app.services.voting import cast_vote
from deliberation.events import EventKind
from deliberation.voting import Position
from tests.app.way import make_room

THREADS, VOTES = 8, 50


def _cast_from_many_threads(app: Flask) -> None:
    """Eight threads send the same fifty votes (five statements, changed ten times each), each in its own order."""
    room = make_room(statements=5)
    stage_id, person_id = room.stage.id, room.participant.id
    statement_ids = [one.id for one in room.statements]
    votes = [(uuid.uuid4(), statement_ids[n % 5], Position((n % 3) - 1)) for n in range(VOTES)]
    db.session.remove()
    failures: list[BaseException] = []

    def send(seed: int) -> None:
        own = list(votes)
        Random(seed).shuffle(own)
        with app.app_context():
            try:
                for key, statement_id, position in own:
                    with transaction() as session:
                        cast_vote(
                            session.get_one(Stage, stage_id),
                            session.get_one(Statement, statement_id),
                            position,
                            client_key=key,
                            by=session.get_one(Participant, person_id),
                        )
            except BaseException as failure:
                failures.append(failure)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=send, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def _count(table: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def check_each_vote_counts_once() -> None:
    assert _count(Vote) == VOTES
    assert _count(CurrentVote) == 5
    assert _count(Event, Event.kind == EventKind.VOTE_CAST) == VOTES
    newest = db.session.execute(select(Vote.statement_id, func.max(Vote.id)).group_by(Vote.statement_id))
    current = db.session.execute(select(CurrentVote.statement_id, CurrentVote.vote_id))
    assert sorted(tuple(row) for row in newest) == sorted(tuple(row) for row in current)


def test_the_same_votes_from_eight_threads_count_once_on_sqlite(app: Flask):
    _cast_from_many_threads(app)
    check_each_vote_counts_once()


@pytest.mark.postgres
def test_the_same_votes_from_eight_threads_count_once_on_postgresql(postgres_app: Flask):
    _cast_from_many_threads(postgres_app)
    check_each_vote_counts_once()
