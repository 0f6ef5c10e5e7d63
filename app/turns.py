"""Many people's short acts in one transaction, where the store has one writer: whoever comes meanwhile goes along.

A commit waits for the disk, and everything around it costs as much as a vote itself. Acts that arrive while one
transaction is being committed are taken together into the next ("group commit"); each is acknowledged only after that
commit. One that is refused is taken alone, so that nobody pays for another's mistake.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from app.db import quick_transaction

Result = TypeVar("Result")
AT_ONCE = 32
"""Acts in one transaction at most."""


class _Turn:
    """One act that waits: then what came of it, or the word that it is its own thread's turn to lead."""

    def __init__(self, act: Callable[[Connection], Any]) -> None:
        self.act = act
        self.woken = threading.Event()
        self.leads = False
        self.result: Any = None
        self.error: BaseException | None = None


class Turns:
    """The acts of this process that wait for the store. One thread at a time leads, and takes the others' along."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[_Turn] = deque()
        self._is_led = False

    def do(self, engine: Engine, act: Callable[[Connection], Result]) -> Result:
        """What `act` returns, committed. It may be called again, on a new transaction, so it keeps nothing itself.

        Raises:
            whatever `act` raises; nothing of it has been kept then. `RuleError` where a constraint refuses.
        """
        mine = _Turn(act)
        with self._guard:
            self._waiting.append(mine)
            mine.leads, self._is_led = not self._is_led, True
        if not mine.leads:
            mine.woken.wait()
        if mine.leads:
            self._lead(engine, mine)
        if mine.error is not None:
            raise mine.error
        result: Result = mine.result
        return result

    def _lead(self, engine: Engine, mine: _Turn) -> None:
        taken: list[_Turn] = []
        try:
            with quick_transaction(engine, before=lambda: taken.extend(self._take())) as connection:
                for turn in taken:
                    turn.result = turn.act(connection)
        except BaseException as error:
            if not taken:  # the store could not even be asked
                with self._guard:
                    self._waiting.remove(mine)
                mine.error = error
            elif len(taken) == 1 or not isinstance(error, Exception):
                for turn in taken:
                    turn.error = error
            else:
                for turn in taken:
                    _alone(engine, turn)
        finally:
            self._hand_over(taken)

    def _take(self) -> list[_Turn]:
        """Those who wait now: asked once the store is ours, so that all who came meanwhile go along."""
        with self._guard:
            return [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]

    def _hand_over(self, done: list[_Turn]) -> None:
        with self._guard:
            follower = self._waiting[0] if self._waiting else None
            self._is_led = follower is not None
        if follower is not None:
            follower.leads = True
            follower.woken.set()
        for turn in done:
            turn.woken.set()


def _alone(engine: Engine, turn: _Turn) -> None:
    turn.result = None
    try:
        with quick_transaction(engine) as connection:
            turn.result = turn.act(connection)
    except Exception as error:
        turn.error = error


_TURNS = Turns()


def write(engine: Engine, act: Callable[[Connection], Result]) -> Result:
    """What `act` returns, committed: in turns where the store has one writer, else in a transaction of its own.

    Raises:
        whatever `act` raises; nothing of it has been kept then.
    """
    if engine.dialect.name == "sqlite":
        return _TURNS.do(engine, act)
    with quick_transaction(engine) as connection:
        return act(connection)
