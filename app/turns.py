"""Many people's short acts in one transaction, where the store has one writer: whoever comes meanwhile goes along.

A commit waits for the disk, and everything around it costs as much as a vote itself. Acts that arrive while one
transaction is being committed are taken together into the next ("group commit"); each is acknowledged only after that
commit. One that is refused is taken alone, so that nobody pays for another's mistake.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from app.db import quick_transaction

Result = TypeVar("Result")
AT_ONCE = 32
"""Acts in one transaction at most."""
MOMENT, MOMENTS = 0.002, 5
"""Seconds, and how many of them at most, that a transaction waits for others to come along."""


Together = Callable[[Connection, Sequence[Any]], Sequence[Any]]
"""(transaction, what many ask for) -> what came of each, in their order."""


Opened = Callable[..., AbstractContextManager[Connection]]


class _Turn:
    """One act that waits: then what came of it, or the word that it is its own thread's turn to lead."""

    def __init__(self, act: Callable[[Connection], Any] | None = None, asked: Any = None) -> None:
        self.act = act
        self.asked = asked
        self.woken = threading.Event()
        self.leads = False
        self.result: Any = None
        self.error: BaseException | None = None


class Turns:
    """The acts of this process that wait for the store. One thread at a time leads, and takes the others' along.

    An act is a function of the transaction. Things that are asked for as values, of which `together` does many at
    once, are the other kind.
    """

    def __init__(self, together: Together | None = None, opened: Opened = quick_transaction) -> None:
        """
        Args:
            opened: (store, what to do first) -> the transaction, or the connection for what is only read.
        """
        self._together, self._opened = together, opened
        self._guard = threading.Lock()
        self._waiting: deque[_Turn] = deque()
        self._is_led = False
        self._is_busy = False

    def do(self, engine: Engine, act: Callable[[Connection], Result]) -> Result:
        """What `act` returns, committed. It may be called again, on a new transaction, so it keeps nothing itself.

        Raises:
            whatever `act` raises; nothing of it has been kept then. `RuleError` where a constraint refuses.
        """
        result: Result = self._wait(engine, _Turn(act))
        return result

    def ask(self, engine: Engine, asked: Any) -> Any:
        """What `together` makes of this value, with those of others who came meanwhile, committed; raises as `do`."""
        return self._wait(engine, _Turn(asked=asked))

    def _wait(self, engine: Engine, mine: _Turn) -> Any:
        with self._guard:
            self._waiting.append(mine)
            mine.leads, self._is_led = not self._is_led, True
        if not mine.leads:
            mine.woken.wait()
        if mine.leads:
            self._lead(engine, mine)
        if mine.error is not None:
            raise mine.error
        return mine.result

    def _lead(self, engine: Engine, mine: _Turn) -> None:
        taken: list[_Turn] = []
        try:
            with self._opened(engine, before=lambda: taken.extend(self._take())) as connection:
                self._do(connection, taken)
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
                    self._alone(engine, turn)
        finally:
            self._hand_over(taken)

    def _do(self, connection: Connection, taken: Sequence[_Turn]) -> None:
        together = [turn for turn in taken if turn.act is None]
        if together and self._together is not None:
            found = self._together(connection, [turn.asked for turn in together])
            for turn, result in zip(together, found, strict=True):
                turn.result = result
        for turn in taken:
            if turn.act is not None:
                turn.result = turn.act(connection)

    def _alone(self, engine: Engine, turn: _Turn) -> None:
        turn.result = None
        try:
            with self._opened(engine) as connection:
                self._do(connection, [turn])
        except Exception as error:
            turn.error = error

    def _take(self) -> list[_Turn]:
        """Those who wait now: asked once the store is ours, so that all who came meanwhile go along."""
        if self._is_busy:
            self._let_others_come()
        with self._guard:
            taken = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
            self._is_busy = len(taken) > 1
            return taken

    def _let_others_come(self) -> None:
        """Where several came before: a few moments more, as long as others keep coming. It halves what each costs."""
        for _ in range(MOMENTS):
            before = len(self._waiting)
            if before >= AT_ONCE:
                return
            time.sleep(MOMENT)
            if len(self._waiting) == before:
                return

    def _hand_over(self, done: list[_Turn]) -> None:
        with self._guard:
            follower = self._waiting[0] if self._waiting else None
            self._is_led = follower is not None
        if follower is not None:
            follower.leads = True
            follower.woken.set()
        for turn in done:
            turn.woken.set()
