"""Acts of many people in one transaction: each is acknowledged after its commit, and refused alone."""

import threading
import time

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from app.db import db, quick_transaction
from app.turns import MOMENT, Turns
from deliberation.errors import RuleError


def keep(words: str):
    def act(connection: Connection) -> str:
        connection.execute(text("INSERT INTO kept VALUES (:words)"), {"words": words})
        return words

    return act


@pytest.fixture
def kept(app: Flask):
    with db.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (words TEXT PRIMARY KEY)")
        connection.commit()

    def read() -> list[str]:
        with db.engine.connect() as connection:
            return list(connection.execute(text("SELECT words FROM kept ORDER BY words")).scalars())

    return read


def together(turns: Turns, acts):
    """One that is slow leads; the others come meanwhile. What came of each, in their order."""
    engine, found = db.engine, [None] * len(acts)

    def go(number: int) -> None:
        try:
            found[number] = turns.do(engine, acts[number])
        except Exception as error:
            found[number] = error

    def slow(connection: Connection) -> None:
        time.sleep(0.2)

    leader = threading.Thread(target=turns.do, args=[engine, slow])
    leader.start()
    time.sleep(0.05)
    threads = [threading.Thread(target=go, args=[number]) for number in range(len(acts))]
    for one in threads:
        one.start()
        time.sleep(0.01)
    for one in [leader, *threads]:
        one.join()
    return found


def test_an_act_alone_is_kept_and_answered(kept):
    assert Turns().do(db.engine, keep("one")) == "one"
    assert kept() == ["one"]


def test_those_who_come_meanwhile_go_together_in_one_transaction(kept):
    begun = []

    def begins(words: str):
        def act(connection: Connection) -> str:
            begun.append(connection)
            return keep(words)(connection)

        return act

    assert together(Turns(), [begins(f"{n:02}") for n in range(8)]) == [f"{n:02}" for n in range(8)]
    assert kept() == [f"{n:02}" for n in range(8)]
    assert len({id(one) for one in begun}) == 1


def test_one_that_is_refused_takes_nobody_with_it(kept):
    def refuses(connection: Connection) -> None:
        keep("half")(connection)
        raise RuleError("not_votable")

    first, second, third = together(Turns(), [keep("a"), refuses, keep("b")])
    assert (first, third) == ("a", "b")
    assert isinstance(second, RuleError)
    assert kept() == ["a", "b"]


def test_a_constraint_refuses_only_whoever_broke_it(kept):
    first, again = together(Turns(), [keep("a"), keep("a")])
    assert first == "a"
    assert isinstance(again, RuleError)
    assert kept() == ["a"]


def test_more_than_fit_go_in_several_transactions(kept):
    found = together(Turns(), [keep(f"{n:03}") for n in range(70)])
    assert found == [f"{n:03}" for n in range(70)] == kept()


def test_a_store_that_cannot_be_asked_is_an_error_for_each_and_blocks_nobody_later(kept):
    is_lost = True

    def opened(*given: object, **more: object):
        if is_lost:
            raise OSError("no store")
        return quick_transaction(*given, **more)

    turns = Turns(opened=opened)
    with pytest.raises(OSError, match="no store"):
        turns.do(db.engine, keep("a"))
    is_lost = False
    assert turns.do(db.engine, keep("b")) == "b"
    assert kept() == ["b"]


def test_somebody_alone_never_waits_for_others(kept, monkeypatch: pytest.MonkeyPatch):
    def never(_seconds: float) -> None:
        raise AssertionError("waited")

    turns = Turns()
    monkeypatch.setattr("app.turns.time.sleep", never)
    for words in ("a", "b", "c"):
        assert turns.do(db.engine, keep(words)) == words
    assert kept() == ["a", "b", "c"]


def test_after_several_came_together_the_next_waits_only_as_long_as_others_keep_coming(
    kept, monkeypatch: pytest.MonkeyPatch
):
    turns, waited = Turns(), []
    assert together(turns, [keep("a"), keep("b")]) == ["a", "b"]  # both went along with one another
    monkeypatch.setattr("app.turns.time.sleep", waited.append)
    for words in ("c", "d"):
        turns.do(db.engine, keep(words))
    assert waited == [MOMENT]  # nobody came in the first moment; and after one alone nobody waits
    assert kept() == ["a", "b", "c", "d"]
