"""Committed votes a second through the service on SQLite: choose what comes next, cast, commit, with all events."""

import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select

from app.config import read_settings
from app.db import db, transaction
from app.factory import create_app
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Participant
from app.models.types import new_public_id
from app.models.voting import StageStatement, Statement
from app.services.storage import migrate, open_engine
from app.services.voting import cast_vote, show_next
from deliberation.moderation import WordState
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from deliberation.voting import Origin, Position

PEOPLE, STATEMENTS = 40, 30


def measure() -> dict[str, Any]:
    """Votes a second and CPU milliseconds a vote (choosing and casting, two commits)."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(read_settings({"FOLKMOOT_DATA": str(Path(folder))}), is_testing=True)
        engine = open_engine(settings.database_url)
        migrate(engine)
        engine.dispose()
        app = create_app(settings)
        with app.app_context():
            stage_id, people = _prepare()
            found = _cast(stage_id, people)
            db.session.remove()
            db.engine.dispose()
    return found


def _prepare() -> tuple[int, list[int]]:
    with transaction() as session:
        dialogue = Dialogue(title="B", short_title="B", question="?", mode=DialogueMode.OPEN, join_code="BENCH")
        session.add(dialogue)
        session.flush()
        workshop = DialogueSession(dialogue_id=dialogue.id, number=1, title="One", state=StageState.OPEN)
        session.add(workshop)
        session.flush()
        stage = Stage(session_id=workshop.id, kind=StageKind.VOTE, title="Vote", state=StageState.OPEN, place=1)
        session.add(stage)
        session.flush()
        session.execute(
            insert(Statement),
            [
                {
                    "dialogue_id": dialogue.id,
                    "number": number,
                    "text": f"Statement {number}",
                    "origin": Origin.SEED,
                    "state": WordState.APPROVED,
                }
                for number in range(STATEMENTS)
            ],
        )
        ids = session.scalars(select(Statement.id)).all()
        placed = [{"stage_id": stage.id, "statement_id": one, "place": one, "is_pinned": False} for one in ids]
        session.execute(insert(StageStatement), placed)
        people = [Participant(dialogue_id=dialogue.id, pseudonym=f"P {number}") for number in range(PEOPLE)]
        session.add_all(people)
        session.flush()
        return stage.id, [person.id for person in people]


def _cast(stage_id: int, people: list[int]) -> dict[str, Any]:
    rng = Random(1)
    start, cpu = time.perf_counter(), time.process_time()
    count = 0
    for _ in range(STATEMENTS):
        for person in people:
            with transaction() as session:
                stage = session.get_one(Stage, stage_id)
                by = session.get_one(Participant, person)
                statement = show_next(stage, by=by, rng=rng)
                if statement is not None:
                    cast_vote(stage, statement, Position.AGREE, client_key=new_public_id(), by=by)
                    count += 1
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    return {
        "votes": count,
        "votes_per_second": round(count / seconds),
        "cpu_ms_per_vote": round(1000 * used / count, 2),
        "peak_megabytes_of_process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
