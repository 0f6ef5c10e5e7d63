"""What was sent, what was answered, what the store holds, and whether the three agree: a checker of histories.

A person makes choices in an order of their own. Each may be sent several times, late, and out of order, to any
process. An acknowledged choice is in the store, once, with what it said; the newest acknowledged choice counts, unless
a newer one was sent without an answer (then either may count); nothing is there that nobody sent.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """How one sending ended. `unknown`: the connection broke before an answer came."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Choice:
    """What a person chose. `number` goes up with each choice of that person."""

    person: int
    number: int
    statement: int
    position: int
    key: uuid.UUID


@dataclass(frozen=True)
class Sending:
    """One sending of a choice. `twisted` says that the key was sent with another position than the choice has."""

    choice: Choice
    answer: Answer
    twisted: bool = False


@dataclass(frozen=True)
class Stored:
    """One row of the history in the store."""

    row: int
    key: uuid.UUID
    person: int
    statement: int
    position: int


@dataclass(frozen=True)
class State:
    """The store afterwards. `current`: (person, statement, row) as they stand, so that doubles can be seen."""

    votes: tuple[Stored, ...]
    current: tuple[tuple[int, int, int], ...]
    vote_events: int


def faults(sendings: Iterable[Sending], state: State) -> list[str]:
    """Every way in which the store contradicts what people were told; empty when there is none."""
    known = list(sendings)
    choices = {sending.choice.key: sending.choice for sending in known}
    answers: dict[uuid.UUID, set[Answer]] = {}
    for sending in known:
        if not sending.twisted:
            answers.setdefault(sending.choice.key, set()).add(sending.answer)
    return [
        *_twisted(known),
        *_rows(choices, answers, state),
        *_counting(choices, answers, state),
        *([] if state.vote_events == len(state.votes) else [f"{len(state.votes)} votes, {state.vote_events} events"]),
    ]


def _twisted(sendings: Iterable[Sending]) -> list[str]:
    return [
        f"key {one.choice.key} was acknowledged with another body"
        for one in sendings
        if one.twisted and one.answer is Answer.ACKNOWLEDGED
    ]


def _rows(choices: Mapping[uuid.UUID, Choice], answers: Mapping[uuid.UUID, set[Answer]], state: State) -> list[str]:
    found = []
    rows = {row.key: row for row in state.votes}
    for key, count in Counter(row.key for row in state.votes).items():
        if count > 1:
            found.append(f"key {key} is there {count} times")
    for key, row in rows.items():
        choice = choices.get(key)
        if choice is None:
            found.append(f"vote {row.row} has a key that nobody sent")
        elif (row.person, row.statement, row.position) != (choice.person, choice.statement, choice.position):
            found.append(f"vote {row.row} is not what was chosen")
    for key, given in answers.items():
        if Answer.ACKNOWLEDGED in given and key not in rows:
            found.append(f"choice {choices[key].number} of {choices[key].person} was acknowledged and is lost")
        if Answer.REFUSED in given and not given & {Answer.ACKNOWLEDGED, Answer.UNKNOWN} and key in rows:
            found.append(f"choice {choices[key].number} of {choices[key].person} was refused and is there")
    return found


def _counting(choices: Mapping[uuid.UUID, Choice], answers: Mapping[uuid.UUID, set[Answer]], state: State) -> list[str]:
    found = []
    by_row = {row.row: row for row in state.votes}
    for (person, statement), count in Counter((one[0], one[1]) for one in state.current).items():
        if count > 1:
            found.append(f"{person} has {count} current votes on {statement}")
    counted = {(one[0], one[1]): by_row.get(one[2]) for one in state.current}
    wanted: dict[tuple[int, int], int] = {}
    for key, given in answers.items():
        choice = choices[key]
        if Answer.ACKNOWLEDGED in given:
            place = (choice.person, choice.statement)
            wanted[place] = max(wanted.get(place, 0), choice.number)
    for place, number in wanted.items():
        row = counted.get(place)
        counts = choices.get(row.key) if row is not None else None
        if counts is None:
            found.append(f"{place[0]} has no vote on {place[1]} that counts")
        elif counts.number < number:
            found.append(f"choice {counts.number} of {place[0]} counts, the newer {number} was acknowledged")
    return found
