"""The server is killed without warning while people vote: no vote that was acknowledged is lost."""

import contextlib
import http.client
import os
import re
import signal
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from app.db import db
from deliberation.stages import StageKind
from tests.browser.conftest import RunningServer, start_server, stop_server, wait_until
from tests.factories import (
    be_participant,
    make_dialogue,
    make_participant,
    make_session,
    make_stage,
    make_statement,
    place_statement,
)

VOTERS = 4
STATEMENTS = 12


@dataclass
class Voter:
    """Somebody who votes as fast as the server answers, over one connection. `acknowledged`: keys, oldest first."""

    person: int
    cookie: str
    path: str
    statements: list[tuple[int, uuid.UUID]]
    rng: Random
    acknowledged: list[tuple[uuid.UUID, int, int]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def vote_until_it_breaks(self, address: str) -> None:
        """Votes until the connection is gone."""
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
        try:
            token = self._token(connection)
            while True:
                self._vote(connection, token)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _token(self, connection: http.client.HTTPConnection) -> str:
        connection.request("GET", "/join", headers={"Cookie": f"folkmoot={self.cookie}"})
        reply = connection.getresponse()
        page = reply.read().decode()
        kept = re.search(r"folkmoot=([^;]+)", reply.headers.get("Set-Cookie", ""))
        self.cookie = kept.group(1) if kept else self.cookie
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        return found.group(1)

    def _vote(self, connection: http.client.HTTPConnection, token: str) -> None:
        key, (inner, public) = uuid.uuid4(), self.rng.choice(self.statements)
        position = self.rng.choice([-1, 0, 1])
        body = f"csrf_token={token}&statement_id={public}&position={position}&client_key={key}"
        headers = {"Cookie": f"folkmoot={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", self.path, body, headers)
        reply = connection.getresponse()
        words = reply.read()
        if reply.status == 303:
            self.acknowledged.append((key, inner, position))
        else:
            self.refused.append(f"{reply.status}: {words[:300]!r}")
            raise http.client.HTTPException


@pytest.fixture
def voters(app: Flask, tmp_path: Path) -> Iterator[list[Voter]]:
    """A dialogue with an open vote in the folder that the server is going to use, and people's cookies."""
    dialogue = make_dialogue()
    stage = make_stage(make_session(dialogue), StageKind.VOTE)
    statements = [make_statement(dialogue, f"Statement {place}.") for place in range(STATEMENTS)]
    for place, statement in enumerate(statements):
        place_statement(stage, statement, place=place)
    known = [(one.id, one.public_id) for one in statements]
    path = f"/d/{dialogue.public_id}/s/{stage.public_id}/vote"
    made = []
    for number in range(VOTERS):
        person, client = make_participant(dialogue), app.test_client()
        be_participant(client, person)
        cookie = client.get_cookie("folkmoot")
        assert cookie is not None
        made.append(Voter(person.id, cookie.value, path, known, Random(number)))
    db.session.remove()
    db.engine.dispose()
    yield made
    for pid in list(_STARTED):
        _end(pid)


_STARTED: set[int] = set()
"""Process ids that these tests started and that may still be there."""


def _children(pid: int) -> list[int]:
    """The processes that `pid` started, and theirs."""
    try:
        found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return found + [grandchild for child in found for grandchild in _children(child)]


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _STARTED.discard(pid)


def _kill(server: RunningServer) -> None:
    """SIGKILL to the server, its web process and its job process, as a power cut would."""
    for pid in [server.process.pid, *_children(server.process.pid)]:
        _end(pid)
    server.process.wait()
    if server.process.stdout is not None:
        server.process.stdout.close()


def _missing(folder: Path, voters: list[Voter]) -> list[str]:
    """What the database lacks of what was acknowledged; empty when nothing."""
    lost = []
    with sqlite3.connect(f"file:{folder / 'folkmoot.db'}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {
            uuid.UUID(key): (row, person, statement, position)
            for row, key, person, statement, position in database.execute(
                "SELECT id, client_key, participant_id, statement_id, position FROM vote"
            )
        }
        current = {
            (person, statement): vote
            for person, statement, vote in database.execute(
                "SELECT participant_id, statement_id, vote_id FROM current_vote"
            )
        }
        events = database.execute("SELECT count(*) FROM event WHERE kind = 'vote_cast'").fetchone()[0]
    database.close()
    for voter in voters:
        for key, statement, position in voter.acknowledged:
            row = kept.get(key)
            if row is None or row[1:] != (voter.person, statement, position):
                lost.append(f"vote {key} of {voter.person}: {row}")
            elif current[voter.person, statement] < row[0]:
                lost.append(f"vote {key} counts no more, an older one does")
    if events != len(kept):
        lost.append(f"{len(kept)} votes but {events} events")
    return lost


def check_that_nothing_is_lost(folder: Path, voters: list[Voter], cycles: int, rng: Random) -> None:
    for cycle in range(cycles):
        server = start_server(folder, "serve", "--port", "0", extra={"FOLKMOOT_NO_RATE_LIMITS": "1"})
        _STARTED.update([server.process.pid, *_children(server.process.pid)])
        assert _missing(folder, voters) == [], f"after {cycle} kills"
        before = sum(len(voter.acknowledged) for voter in voters)
        threads = [threading.Thread(target=voter.vote_until_it_breaks, args=[server.address]) for voter in voters]
        for thread in threads:
            thread.start()
        wait_until(lambda start=before: sum(len(voter.acknowledged) for voter in voters) > start + 4, 30)
        time.sleep(rng.uniform(0, 0.6))
        _kill(server)
        for thread in threads:
            thread.join(30)
        assert [line for voter in voters for line in voter.refused] == []
        assert sum(len(voter.acknowledged) for voter in voters) > before, "nobody could vote in this cycle"
    server = start_server(folder, "serve", "--port", "0")
    try:
        assert _missing(folder, voters) == []
    finally:
        stop_server(server)


def test_every_acknowledged_vote_is_there_after_five_kills(voters, tmp_path):
    check_that_nothing_is_lost(tmp_path, voters, 5, Random(5))


@pytest.mark.nightly
def test_every_acknowledged_vote_is_there_after_twenty_kills(voters, tmp_path):
    check_that_nothing_is_lost(tmp_path, voters, 20, Random(20))


def test_the_job_process_ends_by_itself_once_the_server_is_killed(voters, tmp_path):
    server = start_server(tmp_path, "serve", "--port", "0")
    started = [server.process.pid, *_children(server.process.pid)]
    _STARTED.update(started)
    assert len(started) >= 3
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.process.stdout.close()
    assert wait_until(lambda: not any(_is_alive(pid) for pid in started), 40)
    _STARTED.clear()


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
