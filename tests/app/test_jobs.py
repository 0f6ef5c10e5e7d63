"""Jobs are rows: done once, tried again, and never lost when a worker dies."""

import threading

import pytest
from flask import Flask

from app import jobs as worker
from app.db import db, transaction
from app.models.events import EventSeal, Job
from app.services import jobs
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from tests.factories import make_dialogue


@pytest.fixture
def done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A kind of job that notes its number, and one that always fails."""
    numbers: list[int] = []

    def fail(_arguments: object) -> None:
        raise ValueError("broken")

    def refuse(_arguments: object) -> None:
        raise RuleError("not_today")

    handlers = {"note": lambda arguments: numbers.append(arguments["number"]), "fail": fail, "refuse": refuse}
    monkeypatch.setattr(worker, "HANDLERS", handlers)
    return numbers


def _ask(kind: str, **arguments: int) -> int:
    with transaction():
        return jobs.ask(kind, **arguments).id


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(done: list[int]):
    for number in (1, 2, 3):
        _ask("note", number=number)
    assert worker.run_waiting() == 3
    assert done == [1, 2, 3]
    assert worker.run_waiting() == 0


def test_a_job_of_a_transaction_that_failed_is_never_done(done: list[int]):
    def ask_and_fail() -> None:
        with transaction():
            jobs.ask("note", number=1)
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        ask_and_fail()
    assert worker.run_waiting() == 0


@pytest.mark.parametrize(("kind", "says"), [("fail", "ValueError: broken"), ("refuse", "not_today")])
def test_a_job_that_fails_is_tried_three_times_and_then_says_why(done: list[int], kind: str, says: str):
    job_id = _ask(kind)
    assert worker.run_waiting() == 3
    job = db.session.get_one(Job, job_id)
    assert (job.state, job.attempts, job.error) == ("failed", 3, says)


def test_a_job_whose_worker_died_is_done_by_the_next(done: list[int]):
    _ask("note", number=7)
    with transaction():
        assert jobs.claim() is not None
    assert worker.run_waiting() == 0
    with transaction():
        jobs.requeue_stale(everything=True)
    assert worker.run_waiting() == 1
    assert done == [7]


def test_the_worker_seals_events_and_stops_when_told(app: Flask, done: list[int]):
    dialogue = make_dialogue()
    with transaction():
        record(EventKind.DIALOGUE_CREATED, by=None, dialogue_id=dialogue.id)
    _ask("note", number=1)
    stop = threading.Event()
    thread = threading.Thread(target=worker.work, args=(app, stop))
    thread.start()
    for _ in range(100):
        db.session.rollback()
        if done and db.session.query(EventSeal).count():
            break
        stop.wait(0.1)
    stop.set()
    thread.join()
    assert done == [1]
    assert db.session.query(EventSeal).count() == 1
