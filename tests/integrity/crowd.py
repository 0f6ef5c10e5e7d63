"""A crowd that sends choices repeatedly, late and in parallel to several servers, and writes down what it was told."""

import base64
import hashlib
import heapq
import json
import re
import threading
import time
import uuid
import zlib
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import text
from uuid6 import uuid7

from app.services.storage import open_engine
from bench.running import CODE, Running
from bench.visitors import Refused, Visitor
from tests.integrity.history import Answer, Choice, Sending, State, Stored

AHEAD = 4
"""How many choices a person makes before the first of them has been answered, at most."""

_AFTER = re.compile(r'name="after" value="(\d+)"')


_MINT = threading.Lock()


def new_key() -> uuid.UUID:
    """A uuid7 that is larger than every one before: the library alone repeats a millisecond when threads meet."""
    with _MINT:
        return uuid.UUID(int=uuid7().int)


@dataclass(order=True)
class _Due:
    """One sending that is to happen; small `turn` first."""

    turn: float
    choice: Choice = field(compare=False)
    after: int = field(compare=False)
    twisted: bool = field(compare=False, default=False)


@dataclass
class Person:
    """Somebody with a cookie, and their choices. `newest`: the newest own vote that a page has told them of.

    `apart` is how many choices lie between two sendings of one; at 0 they are sent one right after the other.
    """

    id: int
    number: int
    visitor: Visitor
    rng: Random
    total: int
    apart: float = 3.0
    made: int = 0
    newest: int = 0
    due: list[_Due] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    known: set[uuid.UUID] = field(default_factory=set)
    sendings: list[Sending] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_sending(self, statements: list[tuple[int, uuid.UUID]]) -> _Due | None:
        """What is sent now: choices are made in order, and their sendings are mixed up."""
        with self.lock:
            while self.made < self.total and self.made - len(self.answered) < AHEAD:
                self.made += 1
                statement, _public = self.rng.choice(statements)
                choice = Choice(self.id, self.made, statement, self.rng.choice((-1, 0, 1)), new_key())
                for copy in range(self.rng.choice((1, 1, 2, 3))):
                    turn = self.made + self.rng.uniform(0, AHEAD if self.apart else 0) + self.apart * copy
                    heapq.heappush(self.due, _Due(turn, choice, self.newest))
                if self.rng.random() < 0.05:
                    heapq.heappush(self.due, _Due(self.made + 9, choice, self.newest, twisted=True))
            while self.due:
                due = heapq.heappop(self.due)
                # a key may be misused once it is known: before that, whatever comes first is the choice
                if not due.twisted or due.choice.key in self.known:
                    return due
            return None

    def keep(self, due: _Due, answer: Answer, newest: int) -> None:
        """Writes down how a sending ended."""
        with self.lock:
            self.sendings.append(Sending(due.choice, answer, due.twisted))
            self.answered.add(due.choice.number)
            if answer is Answer.ACKNOWLEDGED:
                self.known.add(due.choice.key)
            self.newest = max(self.newest, newest)


@dataclass
class Crowd:
    """People in the open vote of some running servers. `pause`: seconds between two sendings of a thread."""

    server: Running
    people: list[Person]
    statements: list[tuple[int, uuid.UUID]]
    pause: float = 0.0

    @property
    def sendings(self) -> list[Sending]:
        """Everything that was sent."""
        return [one for person in self.people for one in person.sendings]

    def send(self, threads: int) -> None:
        """Until every choice has been sent. Each thread takes people by turns, and servers by turns."""
        for one in self.begin(threads):
            one.join()

    def begin(self, threads: int) -> list[threading.Thread]:
        """As `send`, without waiting for the end."""
        work = [threading.Thread(target=self._send, args=[number]) for number in range(threads)]
        for one in work:
            one.start()
        return work

    def stop(self) -> None:
        """Nobody makes another choice."""
        for person in self.people:
            with person.lock:
                person.total, person.due = 0, []

    @property
    def acknowledged(self) -> int:
        """How many sendings were acknowledged so far."""
        return sum(one.answer is Answer.ACKNOWLEDGED for person in self.people for one in list(person.sendings))

    def _send(self, number: int) -> None:
        rng, lines = Random(number), dict[tuple[str, int], Visitor]()
        waiting = list(self.people)
        while waiting:
            person = rng.choice(waiting)
            due = person.next_sending(self.statements)
            if due is None:
                waiting.remove(person)
                continue
            address = rng.choice(self.server.addresses)
            line = lines.setdefault(address, Visitor(*address))
            if not self._send_one(person, due, line):
                line.close()
                time.sleep(0.05)
            elif self.pause:
                time.sleep(self.pause)
        for line in lines.values():
            line.close()

    def _send_one(self, person: Person, due: _Due, line: Visitor) -> bool:
        """Whether an answer came."""
        line.cookies, line.token = dict(person.visitor.cookies), person.visitor.token
        position = due.choice.position
        if due.twisted:
            position = 1 if position != 1 else -1
        public = next(public for inner, public in self.statements if inner == due.choice.statement)
        fields = {
            "statement_id": str(public), "position": str(position), "client_key": str(due.choice.key),
            "after": str(due.after),
        }  # fmt: skip
        try:
            reply = line.post(f"{person.visitor.stage}/vote", fields, fragment=True, again=False)
        except (OSError, EOFError):
            person.keep(due, Answer.UNKNOWN, 0)
            return False
        told = _AFTER.search(reply.text)
        answer = Answer.ACKNOWLEDGED if reply.status == 200 else Answer.REFUSED
        person.keep(due, answer, int(told.group(1)) if told else 0)
        return True


def gather(
    server: Running, people: int, choices: int, seed: int, statements: int = 5, apart: float = 3.0
) -> Crowd:
    """People who have joined by the forms, each about to make their part of so many choices."""
    joined = []
    for number in range(people):
        visitor = Visitor(*server.addresses[number % len(server.addresses)])
        visitor.join(CODE)
        visitor.close()
        joined.append(visitor)
    engine = open_engine(server.database_url)
    with engine.connect() as connection:
        known = connection.execute(text("SELECT id, public_id FROM statement ORDER BY id")).all()
        devices = dict(connection.execute(text("SELECT token_digest, participant_id FROM participant_device")).all())
    engine.dispose()
    made = [
        Person(devices[_digest(visitor)], number, visitor, Random(seed * 1000 + number), choices // people, apart)
        for number, visitor in enumerate(joined)
    ]
    return Crowd(server, made, [(row[0], uuid.UUID(str(row[1]))) for row in known[:statements]])


def state_of(database_url: str) -> State:
    """What the store holds, read past the program."""
    engine = open_engine(database_url)
    with engine.connect() as connection:
        votes = connection.execute(
            text("SELECT id, client_key, participant_id, statement_id, position FROM vote ORDER BY id")
        ).all()
        current = connection.execute(text("SELECT participant_id, statement_id, vote_id FROM current_vote")).all()
        events = connection.execute(text("SELECT count(*) FROM event WHERE kind = 'vote_cast'")).scalar_one()
    engine.dispose()
    return State(
        votes=tuple(Stored(row[0], uuid.UUID(str(row[1])), *row[2:]) for row in votes),
        current=tuple((row[0], row[1], row[2]) for row in current),
        vote_events=events,
    )


def _digest(visitor: Visitor) -> str:
    """The digest of the device's token, out of the signed cookie."""
    head = visitor.cookies["folkmoot"]
    body = head.lstrip(".").partition(".")[0]
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    kept = json.loads(zlib.decompress(raw) if head.startswith(".") else raw)
    return hashlib.sha256(kept["device"].encode()).hexdigest()


__all__ = ["Crowd", "Refused", "gather", "state_of"]
