"""Job rows: asking for work in the act's own transaction, claiming it, and saying how it ended."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app.db import db, utcnow
from app.models.events import Job

TRIES = 3
STALE = timedelta(minutes=15)


def ask(kind: str, *, dialogue_id: int | None = None, **arguments: Any) -> Job:
    """Writes a waiting job; the worker finds it once the transaction has committed."""
    job = Job(kind=kind, arguments=arguments, dialogue_id=dialogue_id)
    db.session.add(job)
    db.session.flush()
    return job


def waits() -> bool:
    """Whether a job waits. It only reads: an idle worker takes no lock."""
    return db.session.scalar(select(Job.id).where(Job.state == "waiting").limit(1)) is not None


def claim() -> Job | None:
    """The oldest waiting job, now running and ours; None when there is none. Inside `transaction()`."""
    job = db.session.scalar(
        select(Job)
        .where(Job.state == "waiting")
        .order_by(Job.created_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.state, job.started_at, job.attempts = "running", utcnow(), job.attempts + 1
    db.session.flush()
    return job


def finish(job_id: int, error: str = "") -> None:
    """Marks a job done; with an error, waiting again until its tries are used up, then failed."""
    job = db.session.get_one(Job, job_id)
    job.error = error
    if not error:
        job.state, job.finished_at = "done", utcnow()
    elif job.attempts < TRIES:
        job.state = "waiting"
    else:
        job.state, job.finished_at = "failed", utcnow()


def requeue_stale(*, everything: bool = False) -> None:
    """Jobs whose worker died wait again: those running too long, or all at the start of the only worker."""
    stale = update(Job).where(Job.state == "running")
    if not everything:
        stale = stale.where(Job.started_at < utcnow() - STALE)
    db.session.execute(stale.values(state="waiting"))
