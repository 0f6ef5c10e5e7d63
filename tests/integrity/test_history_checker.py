"""The checker itself: what it accepts, and each kind of fault that it has to see."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from tests.integrity.history import Answer, Choice, Sending, State, Stored, faults

KEYS = [uuid.UUID(int=number) for number in range(10)]
FIRST = Choice(person=1, number=1, statement=7, position=1, key=KEYS[1])
SECOND = Choice(person=1, number=2, statement=7, position=-1, key=KEYS[2])
ROWS = (Stored(11, KEYS[1], 1, 7, 1), Stored(12, KEYS[2], 1, 7, -1))
SENT = [Sending(FIRST, Answer.ACKNOWLEDGED), Sending(SECOND, Answer.ACKNOWLEDGED)]
GOOD = State(votes=ROWS, current=((1, 7, 12),), vote_events=2)


def test_a_history_in_which_the_newest_choice_counts_has_no_fault():
    assert faults(SENT, GOOD) == []


def test_a_resent_choice_that_is_stored_once_has_no_fault():
    assert faults([*SENT, SENT[0], SENT[0]], GOOD) == []


def test_a_choice_without_an_answer_may_count_or_not():
    sent = [SENT[0], Sending(SECOND, Answer.UNKNOWN)]
    assert faults(sent, GOOD) == []
    assert faults(sent, State(ROWS[:1], ((1, 7, 11),), 1)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"votes": ROWS[:1], "vote_events": 1, "current": ((1, 7, 11),)}, "acknowledged and is lost"),
        ({"votes": (*ROWS, replace(ROWS[0], row=13)), "vote_events": 3}, "is there 2 times"),
        ({"votes": (*ROWS, Stored(13, KEYS[9], 1, 7, 1)), "vote_events": 3}, "a key that nobody sent"),
        ({"votes": (ROWS[0], replace(ROWS[1], position=1))}, "is not what was chosen"),
        ({"current": ((1, 7, 11),)}, "the newer 2 was acknowledged"),
        ({"current": ((1, 7, 12), (1, 7, 11))}, "2 current votes"),
        ({"current": ()}, "has no vote on 7 that counts"),
        ({"vote_events": 3}, "2 votes, 3 events"),
    ],
)
def test_a_fault_of_the_store_is_seen(changes: dict[str, Any], words: str):
    found = faults(SENT, replace(GOOD, **changes))
    assert any(words in one for one in found), found


def test_a_key_that_was_taken_with_another_body_is_seen():
    twisted = Sending(FIRST, Answer.ACKNOWLEDGED, twisted=True)
    assert any("another body" in one for one in faults([*SENT, twisted], GOOD))
    assert faults([*SENT, replace(twisted, answer=Answer.REFUSED)], GOOD) == []


def test_a_refused_choice_that_is_there_all_the_same_is_seen():
    sent = [SENT[0], Sending(SECOND, Answer.REFUSED)]
    assert any("was refused and is there" in one for one in faults(sent, GOOD))
