"""The worker: runs job rows, seals events and writes what is due each day, until it is told to stop."""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from flask import Flask

from app.db import db, transaction, utcnow
from app.services import analysis, jobs, mail, reviews, sealing, similar
from deliberation.errors import RuleError

log = structlog.get_logger()

HANDLERS: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    "analysis": analysis.run_job,
    similar.JOB: similar.run_job,
    "mail": mail.send_job,
}
"""Kind of job -> what does it. A handler opens its own transaction when it writes."""

EACH = 60.0
"""Seconds between looks for what is due once a day."""
PAUSE = 0.5
"""Seconds between looks: a person waits at most this long for a job to begin."""

BATCH = 200
"""Events sealed in one transaction."""

EVERYTHING = 300.0
"""Seconds after which the sealer looks through the whole log again, and not only near its end."""


def run_one() -> bool:
    """Runs the oldest waiting job, if any; True when there was one."""
    with transaction():
        job = jobs.claim()
        if job is None:
            return False
        job_id, kind, arguments = job.id, job.kind, dict(job.arguments)
    error = ""
    try:
        HANDLERS[kind](arguments)
    except RuleError as refusal:
        error = str(refusal)
    except Exception as fault:
        log.exception("job_failed", kind=kind, job=job_id)
        error = f"{type(fault).__name__}: {fault}"
    finally:
        db.session.remove()
    with transaction():
        jobs.finish(job_id, error)
    return True


def run_waiting() -> int:
    """Runs everything that waits now; returns how many. For tests and the command line."""
    count = 0
    while run_one():
        count += 1
    return count


def seal_waiting(*, quick: bool = False) -> int:
    """Seals every committed event (`quick`: those near the end of the log); returns how many.

    A look without a lock comes first, and batches are short: people who vote meanwhile wait for a batch at most.
    """
    total = 0
    while sealing.waits(quick=quick):
        db.session.rollback()
        with transaction():
            total += sealing.seal(BATCH, quick=quick)
    db.session.rollback()
    return total


def write_due() -> int:
    """Writes the mails and reminders that are due today; returns how many."""
    with transaction():
        return mail.write_daily(utcnow()) + reviews.remind(utcnow())


def work(app: Flask, stop: threading.Event) -> None:
    """Until `stop` is set: job rows one after another, and the sealer at least once a second."""
    with app.app_context():
        with transaction():
            jobs.requeue_stale(everything=True)
        looked_at_all, looked_for_due = -EVERYTHING, -EACH
        while not stop.is_set():
            try:
                busy = jobs.waits() and run_one()
                quick = time.monotonic() - looked_at_all < EVERYTHING
                seal_waiting(quick=quick)
                looked_at_all = looked_at_all if quick else time.monotonic()
                if time.monotonic() - looked_for_due >= EACH:
                    looked_for_due = time.monotonic()
                    write_due()
            except Exception:  # a full disk or a lost database must not end the worker
                log.exception("worker_fault")
                busy = False
            finally:
                db.session.remove()
            if not busy:
                stop.wait(PAUSE)


def work_until_signal(app: Flask, stop: threading.Event | None = None) -> None:
    """The job process: ends cleanly on SIGTERM or SIGINT, or once `stop` is set."""
    ended = stop or threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    work(app, ended)
