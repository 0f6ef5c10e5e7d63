"""Server processes are killed without warning while people vote: nothing that was acknowledged is lost."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.serving import WEB
from bench.running import Running, running, start
from tests.integrity.crowd import gather, state_of
from tests.integrity.history import faults

STORES = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]
OFF = {"FOLKMOOT_NO_RATE_LIMITS": "1"}
EVERYTHING = 5
"""Each so many kills, every process goes, as in a power cut; in between it is the web process alone."""


def check_kills(store: str, kills: int, seed: int) -> None:
    rng = Random(seed)
    with running(store, statements=5, extra=OFF) as server:
        crowd = gather(server, 8, 8_000 * kills, seed)
        crowd.pause = 0.01
        senders = crowd.begin(threads=4)
        try:
            for kill in range(1, kills + 1):
                before = crowd.acknowledged
                assert _wait_until(lambda before=before: crowd.acknowledged > before + 5), (
                    f"nobody votes after {kill - 1}"
                )
                time.sleep(rng.uniform(0, 0.3))
                _kill(server, everything=kill % EVERYTHING == 0)
        finally:
            crowd.stop()
            for one in senders:
                one.join()
        assert faults(crowd.sendings, state_of(server.database_url)) == []
        assert crowd.acknowledged > 5 * kills


@pytest.mark.parametrize("store", STORES)
def test_no_acknowledged_vote_is_lost_in_twenty_kills(store: str):
    check_kills(store, 20, 1)


@pytest.mark.nightly
@pytest.mark.parametrize("store", STORES)
def test_no_acknowledged_vote_is_lost_in_two_hundred_kills(store: str):
    check_kills(store, 200, 2)


def test_the_job_process_ends_by_itself_once_the_server_is_killed():
    with running("sqlite", statements=1) as server:
        started = server.server_pids()
        assert len(started) >= 3
        os.kill(server.servers[0].pid, signal.SIGKILL)
        server.servers[0].wait()
        assert _wait_until(lambda: not any(_is_alive(pid) for pid in started))


def _kill(server: Running, *, everything: bool) -> None:
    """SIGKILL to the web process, which the server starts anew, or to all of them, and another server after that."""
    own = server.servers[0]
    if not everything:
        [web] = [pid for pid in server.server_pids() if _name(pid) == WEB] or [None]
        if web is not None:  # else it is being started anew
            os.kill(web, signal.SIGKILL)
        return
    for pid in server.server_pids():
        os.kill(pid, signal.SIGKILL)
    own.wait()
    if own.stdout is not None:
        own.stdout.close()
    environment = {"FOLKMOOT_DATA": str(server.folder), "FOLKMOOT_DATABASE_URL": server.database_url, **OFF}
    server.servers[0], server.addresses[0] = start(environment, server.folder)


def _wait_until(holds: Callable[[], bool], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
