"""`folkmoot serve` with one fault planted, so that the checker of histories can be seen to catch it. Tests only."""

import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from app import cli
from app.db import utcnow, writing_allowed
from app.models.voting import CurrentVote, Vote
from app.prepared import Prepared
from app.services import casting
from app.services.recording import new_client_key
from app.views import quickly

_NAMES = casting._VOTE
_BY_KEY = Prepared(select(Vote.id).where(Vote.client_key == bindparam("client_key")))
_INSERT = Prepared(insert(Vote).values({name: bindparam(name) for name in _NAMES}).returning(Vote.id), writes=True)
_OWN = Prepared(
    select(CurrentVote.id, CurrentVote.cast_at).where(
        CurrentVote.participant_id == bindparam("participant_id"), CurrentVote.statement_id == bindparam("statement_id")
    )
)
_FIRST = Prepared(insert(CurrentVote).values({name: bindparam(name) for name in casting._CURRENT}), writes=True)
_AGAIN = Prepared(
    update(CurrentVote)
    .where(CurrentVote.id == bindparam("row"))
    .values(vote_id=bindparam("vote"), position=bindparam("new_position"), cast_at=bindparam("at")),
    writes=True,
)


def reply_before_commit() -> None:
    """The answer is sent while the commit still waits."""

    @contextmanager
    def later(engine: Engine) -> Iterator[Connection]:
        connection = engine.connect()
        with writing_allowed():
            connection.begin()
            try:
                yield connection
            except BaseException:
                connection.close()
                raise

        def commit() -> None:
            time.sleep(0.4)
            connection.commit()
            connection.close()

        threading.Thread(target=commit, daemon=True).start()

    quickly.quick_transaction = later


def check_then_insert() -> None:
    """Looks whether the key is there, and then inserts. (The test takes the unique constraint away.)"""

    class Looks:
        def row(self, connection: Connection, **values: Any) -> Any:
            if _BY_KEY.row(connection, client_key=values["client_key"]) is not None:
                return None
            time.sleep(random.uniform(0, 0.1))
            return _INSERT.row(connection, **values)

    casting._ADD_VOTE = Looks()
    casting._MAKE_CURRENT = _Takes()  # or the order of choices would cover this fault up
    _without_waiting()


def last_by_clock() -> None:
    """What was cast last by the clock counts, and one server's clock is an hour ahead."""
    if sys.argv[2] == "1":
        quickly.utcnow = lambda: utcnow() + timedelta(hours=1)

    class ByClock:
        def do(self, connection: Connection, **values: Any) -> int:
            row = _OWN.row(connection, participant_id=values["participant_id"], statement_id=values["statement_id"])
            if row is None:
                _FIRST.do(connection, **{name: values[name] for name in casting._CURRENT})
            elif row[1] < values["cast_at"]:
                _take(connection, row[0], values)
            return 1

    casting._MAKE_CURRENT = ByClock()


def lost_update() -> None:
    """Reads the current vote, thinks for a while, and writes what it has, whatever came meanwhile."""

    casting._MAKE_CURRENT = _Takes(thinks=2.0)
    _without_waiting()


class _Takes:
    """Whatever is sent counts, after a while of thinking."""

    def __init__(self, thinks: float = 0.0) -> None:
        self._thinks = thinks

    def do(self, connection: Connection, **values: Any) -> int:
        row = _OWN.row(connection, participant_id=values["participant_id"], statement_id=values["statement_id"])
        time.sleep(random.choice((0, 0, self._thinks)))  # whoever thinks long is overtaken
        if row is None:
            _FIRST.do(connection, **{name: values[name] for name in casting._CURRENT})
        else:
            _take(connection, row[0], values)
        return 1


def duplicate_on_retry() -> None:
    """Each sending is a new vote: the key that came with it is thrown away."""
    honest = casting._ADD_VOTE

    class Forgets:
        def row(self, connection: Connection, **values: Any) -> Any:
            return honest.row(connection, **{**values, "client_key": casting_key()})

    casting._ADD_VOTE = Forgets()


def casting_key() -> Any:
    """A new key."""
    return new_client_key()


def _take(connection: Connection, row: int, values: dict[str, Any]) -> None:
    at = values["cast_at"]
    _AGAIN.do(connection, row=row, vote=values["vote_id"], new_position=values["position"], at=at)


def _without_waiting() -> None:
    """Nobody's requests wait for each other."""
    honest = quickly.read_standing
    quickly.read_standing = lambda *known, **_: honest(*known)


FAULTS = {
    one.__name__: one
    for one in (reply_before_commit, check_then_insert, last_by_clock, lost_update, duplicate_on_retry)
}

if __name__ == "__main__":
    casting._at_once = casting._one_by_one  # the faults are planted in single steps
    FAULTS[sys.argv[1]]()
    cli.cli.main(["serve", "--port", "0"], prog_name="folkmoot")
