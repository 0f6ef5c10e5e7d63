"""Choices sent in parallel, repeatedly, out of order, to two processes: nothing doubled, nothing lost."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import writing_allowed
from app.services.storage import open_engine
from bench.running import Running, running
from tests.integrity.crowd import Crowd, gather, state_of
from tests.integrity.faulty import FAULTS
from tests.integrity.history import faults

STORES = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]
PEOPLE = 25
OFF = {"FOLKMOOT_NO_RATE_LIMITS": "1"}


def small_crowd(server: Running) -> Crowd:
    """Few people who send the same thing from several places at the same moment."""
    return gather(server, 10, 200, 3, statements=2, apart=0)


def check_submissions(store: str, sendings: int, seed: int, people: int = PEOPLE) -> None:
    with running(store, statements=5, processes=2, extra=OFF) as server:
        crowd = gather(server, people, int(sendings / 1.8), seed)  # a choice is sent 1.8 times in the middle
        crowd.send(threads=12)
        assert len(crowd.sendings) > 0.9 * sendings
        assert faults(crowd.sendings, state_of(server.database_url)) == []


def test_five_thousand_submissions_over_two_processes_leave_no_double_and_lose_nothing():
    check_submissions("sqlite", 5_000, 1)


@pytest.mark.postgres
def test_fifteen_hundred_submissions_leave_no_double_on_postgresql_either():  # five thousand nightly
    check_submissions("postgresql", 1_500, 1)


@pytest.mark.nightly
@pytest.mark.postgres
def test_five_thousand_submissions_on_postgresql_leave_no_double_and_lose_nothing():
    check_submissions("postgresql", 5_000, 1)


@pytest.mark.nightly
@pytest.mark.parametrize("store", STORES)
def test_a_hundred_thousand_submissions_over_two_processes_leave_no_double_and_lose_nothing(store: str):
    check_submissions(store, 100_000, 2, people=10 * PEOPLE)  # nobody changes their mind thousands of times


@pytest.mark.postgres
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_the_checker_catches_a_planted_fault(fault: str):
    here = str(Path(__file__).with_name("faulty.py"))
    processes = 2 if fault == "last_by_clock" else 1  # only that one is about two clocks
    with running(
        "postgresql", statements=5, processes=processes, extra=OFF, program=lambda n: (here, fault, str(n))
    ) as server:
        _take_constraints_away(server, fault)
        crowd = small_crowd(server)
        if fault == "reply_before_commit":  # what is sent once more afterwards would cover it up
            _cut_off(server, crowd, (server.folder / "has-died").exists)
        else:
            crowd.send(threads=16)
        assert faults(crowd.sendings, state_of(server.database_url)) != [], f"{fault} was not caught"


@pytest.mark.parametrize("store", STORES)
def test_the_same_small_crowd_finds_no_fault_in_the_honest_program(store: str):
    with running(store, statements=5, processes=2, extra=OFF) as server:
        crowd = small_crowd(server)
        _cut_off(server, crowd, lambda: crowd.acknowledged >= 120)
        assert crowd.acknowledged > 50
        assert faults(crowd.sendings, state_of(server.database_url)) == []


def _cut_off(server: Running, crowd: Crowd, when: Callable[[], bool]) -> None:
    """The crowd sends, and in the middle of it every process is killed."""
    senders = crowd.begin(threads=16)
    while any(one.is_alive() for one in senders) and not when():
        time.sleep(0.005)
    _kill(server)
    crowd.stop()
    for one in senders:
        one.join()


def _take_constraints_away(server: Running, fault: str) -> None:
    if fault != "check_then_insert":
        return
    engine = open_engine(server.database_url)
    with writing_allowed(), engine.begin() as connection:
        connection.execute(text("ALTER TABLE vote DROP CONSTRAINT uq_vote_client_key"))
    engine.dispose()


def _kill(server: Running) -> None:
    """SIGKILL to every process of every server."""
    for pid in server.server_pids():
        os.kill(pid, signal.SIGKILL)
    for one in server.servers:
        one.wait()
