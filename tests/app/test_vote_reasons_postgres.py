"""On PostgreSQL: the same reason sent from several tabs at once is kept once, and a tally reads what was committed."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, transaction
from app.models.comments import Comment
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.voting import Statement, VoteReason
from app.queries.tally import counts_in
from app.services.vote_reasons import explain_vote
from deliberation.reasons import UsualChip
from deliberation.voting import Position
from tests.app.test_tally import _cast
from tests.app.way import make_room

pytestmark = pytest.mark.postgres


def test_a_reason_sent_from_eight_tabs_at_once_is_kept_once(postgres_app: Flask):
    room = make_room(statements=1)
    _cast(room, room.participant, room.statements[0], 1)
    ids = room.stage.id, room.statements[0].id, room.participant.id
    db.session.remove()
    failed: list[BaseException] = []
    start = threading.Barrier(8)

    def send() -> None:
        with postgres_app.app_context():
            try:
                start.wait()
                with transaction() as session:
                    stage, statement = session.get_one(Stage, ids[0]), session.get_one(Statement, ids[1])
                    by = session.get_one(Participant, ids[2])
                    explain_vote(stage, statement, chips=[UsualChip.FAIR], words="It is only right.", by=by)
            except BaseException as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert db.session.scalar(select(func.count()).select_from(VoteReason)) == 1
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 1
    assert counts_in(db.session.get_one(Stage, ids[0])) == {ids[1]: {Position.AGREE: 1}}
