"""`folkmoot serve` with one fault planted, so that the checker of histories can be seen to catch it. Tests only."""

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.sql.selectable import GenerativeSelect

from app import cli
from app.db import utcnow, writing_allowed
from app.models.voting import CurrentVote, Vote
from app.prepared import Prepared
from app.services import casting, together, voting
from app.services.recording import new_client_key
from app.views import lane, quickly

_NAMES = casting.VOTE
_BY_KEY = Prepared(select(Vote.id).where(Vote.client_key == bindparam("client_key")))
_INSERT = Prepared(insert(Vote).values({name: bindparam(name) for name in _NAMES}).returning(Vote.id), writes=True)
_OWN = Prepared(
    select(CurrentVote.id, CurrentVote.cast_at).where(
        CurrentVote.participant_id == bindparam("participant_id"), CurrentVote.statement_id == bindparam("statement_id")
    )
)
_FIRST = Prepared(insert(CurrentVote).values({name: bindparam(name) for name in casting.CURRENT}), writes=True)
_AGAIN = Prepared(
    update(CurrentVote)
    .where(CurrentVote.id == bindparam("row"))
    .values(vote_id=bindparam("vote"), position=bindparam("new_position"), cast_at=bindparam("at")),
    writes=True,
)


def reply_before_commit() -> None:
    """The answer is sent while the commit still waits; and once the process is killed before it comes."""
    has_died = Path(os.environ["FOLKMOOT_DATA"]) / "has-died"
    honest = quickly.keep_together

    def noted(connection: Connection, castings: Sequence[together.Casting], *given: Any, **more: Any) -> Any:
        # where somebody's is not plain, each is kept alone, and answered once all are committed
        connection.info["is answered at once"] = len(castings) > 1
        return honest(connection, castings, *given, **more)

    @contextmanager
    def later(engine: Engine, before: Callable[[], object] = object) -> Iterator[Connection]:
        connection = engine.connect()
        with writing_allowed():
            before()
            connection.begin()
            try:
                yield connection
            except BaseException:
                connection.info.clear()
                connection.close()
                raise

        is_answered = connection.info.pop("is answered at once", False)

        def commit() -> None:
            time.sleep(0.4)
            if is_answered and not has_died.exists():
                has_died.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            connection.commit()
            connection.close()

        threading.Thread(target=commit, daemon=True).start()

    quickly.keep_together = noted
    quickly._TURNS._opened = later


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
    _in_single_steps(waiting=False)


def last_by_clock() -> None:
    """What was cast last by the clock counts, and one server's clock is an hour ahead."""
    if sys.argv[2] == "1":
        voting.utcnow = lambda: utcnow() + timedelta(hours=1)

    class ByClock:
        def do(self, connection: Connection, **values: Any) -> int:
            row = _OWN.row(connection, participant_id=values["participant_id"], statement_id=values["statement_id"])
            if row is None:
                _FIRST.do(connection, **{name: values[name] for name in casting.CURRENT})
            elif row[1] < values["cast_at"]:
                _take(connection, row[0], values)
            return 1

    casting._MAKE_CURRENT = ByClock()
    _in_single_steps()


def lost_update() -> None:
    """Reads the current vote, thinks for a while, and writes what it has, whatever came meanwhile."""

    casting._MAKE_CURRENT = _Takes(thinks=2.0)
    _in_single_steps(waiting=False)


class _Takes:
    """Whatever is sent counts, after a while of thinking."""

    def __init__(self, thinks: float = 0.0) -> None:
        self._thinks = thinks

    def do(self, connection: Connection, **values: Any) -> int:
        row = _OWN.row(connection, participant_id=values["participant_id"], statement_id=values["statement_id"])
        time.sleep(random.choice((0, 0, self._thinks)))  # whoever thinks long is overtaken
        if row is None:
            _FIRST.do(connection, **{name: values[name] for name in casting.CURRENT})
        else:
            _take(connection, row[0], values)
        return 1


def duplicate_on_retry() -> None:
    """Each sending is a new vote: the key that came with it is thrown away."""
    honest = together._ADD_VOTES

    class Forgets:
        def many(self, connection: Connection, rows: list[dict[str, Any]]) -> Callable[[], int]:
            return honest.many(connection, [{**row, "client_key": new_client_key()} for row in rows])

    together._ADD_VOTES = Forgets()


def _take(connection: Connection, row: int, values: dict[str, Any]) -> None:
    at = values["cast_at"]
    _AGAIN.do(connection, row=row, vote=values["vote_id"], new_position=values["position"], at=at)


def _in_single_steps(*, waiting: bool = True) -> None:
    """Votes take the ordinary way, each in a transaction of its own, and perhaps nobody's wait for each other."""
    del lane._HANDLERS["POST", "stage/vote"]
    if not waiting:
        GenerativeSelect.with_for_update = lambda self, **_: self


FAULTS = {
    one.__name__: one
    for one in (reply_before_commit, check_then_insert, last_by_clock, lost_update, duplicate_on_retry)
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    cli.cli.main(["serve", "--port", "0"], prog_name="folkmoot")
