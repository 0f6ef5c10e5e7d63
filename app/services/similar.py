"""Vectors of statements: asked for when words come in, made by the worker, gone with the words."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select

from analysis import embed
from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.events import Job
from app.models.similar import StatementVector
from app.models.voting import Statement
from app.queries.similar import forget_texts, without_vector
from app.services import jobs
from deliberation.moderation import WordState

JOB = "vectors"
BATCH = 64
"""Statements encoded between two transactions: about 0.2 s of work."""


def ask_for_vectors(dialogue_id: int) -> None:
    """Asks the worker to make what is missing in the dialogue, unless that is asked for already."""
    waiting = select(Job.id).where(Job.kind == JOB, Job.state == "waiting", Job.dialogue_id == dialogue_id).limit(1)
    if db.session.scalar(waiting) is None:
        jobs.ask(JOB, dialogue_id=dialogue_id, dialogue=dialogue_id)


def run_job(arguments: Mapping[str, Any]) -> None:
    """What the worker does: it encodes first, and opens a transaction only to store a batch."""
    while make_vectors(db.session.get_one(Dialogue, arguments["dialogue"])):
        pass


def make_vectors(dialogue: Dialogue) -> int:
    """Makes one batch of what is missing; returns how many. Words that changed or went meanwhile get none."""
    texts = {one.id: one.text for one in without_vector(dialogue, BATCH)}
    if not texts:
        return 0
    rows = dict(zip(texts, embed.embed(list(texts.values())), strict=True))
    with transaction():
        there = select(Statement.id, Statement.text).where(
            Statement.id.in_(texts), Statement.state != WordState.WITHDRAWN
        )
        wanted = [key for key, text in db.session.execute(there.with_for_update()) if text == texts[key]]
        forget(wanted)
        db.session.add_all(
            StatementVector(statement_id=key, model=embed.MODEL, vector=embed.packed(rows[key])) for key in wanted
        )
    return len(texts)


def forget(statement_ids: Collection[int]) -> None:
    """Deletes the vectors of statements whose words change or go."""
    db.session.execute(delete(StatementVector).where(StatementVector.statement_id.in_(statement_ids)))
    forget_texts()
