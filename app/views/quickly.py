"""The vote path's acts in prepared statements, without Flask: who is where, the vote is kept, what comes next.

Each function returns None for whatever is unusual (a first visit, a refusal, a vote that came before): nothing has
been kept then that the ordinary views would not find, and they answer.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import SystemRandom
from typing import TypeVar

from sqlalchemy import Connection, Engine

from app.access import Action
from app.db import quick_transaction, utcnow
from app.forms.voting import SentVote
from app.prepared import without_waiting
from app.queries.ballot import (
    Ballot,
    Ballots,
    Own,
    Shown,
    newest_vote_id,
    read_ballot,
    read_ballots,
    shown_statement,
    shown_statements,
)
from app.queries.standing import Standing, read_standing, read_standings
from app.queries.voting import candidates_on
from app.services.casting import NEWER, Choice, Where, choose, put_next
from app.services.together import Casting, NotPlain, keep_together, reserve_ids
from app.turns import Turns
from deliberation.errors import RuleError
from deliberation.roles import Actor, Role, check_may
from deliberation.routing import Candidate
from deliberation.stages import StageKind, StageState
from deliberation.voting import Position

PARTICIPANT = Actor(frozenset({Role.PARTICIPANT}))
RANDOM = SystemRandom()
Result = TypeVar("Result")


@dataclass(frozen=True)
class Place:
    """Whose device it is (the digest of its token), and the dialogue and stage of the address."""

    digest: str
    dialogue_id: uuid.UUID
    stage_id: uuid.UUID


@dataclass(frozen=True)
class Outcome:
    """How it stands: what a card shows. `after` is the person's newest vote; `passed` the statement just passed on."""

    standing: Standing
    state: StageState
    ballot: Ballot
    at_hand: Shown | None
    after: int
    passed: Shown | None = None
    voted: uuid.UUID | None = None


class GoTheOrdinaryWay(Exception):
    """Something is unusual; what has been written must not stay."""


_Act = Callable[[Connection, Standing, Where, datetime], Outcome | None]


def cast(engine: Engine, place: Place, sent: SentVote) -> Outcome | None:
    """One vote and what comes next, unless a set of five is full. Committed when it returns.

    Votes that others send meanwhile are kept with it.
    """
    try:
        found: Outcome | None = _TURNS.ask(engine, (place, sent))
    except (RuleError, NotPlain):
        return None
    return found


def more(engine: Engine, place: Place) -> Outcome | None:
    """The next set, also of statements that were skipped."""
    return _act(engine, place, _more)


def look(engine: Engine, place: Place) -> Outcome | None:
    """Where somebody stands in a vote stage that is open and begun."""
    with engine.connect() as connection:
        standing = read_standing(connection, place.digest, place.dialogue_id, place.stage_id)
        if standing is None or standing.stage.kind is not StageKind.VOTE:
            return None
        state = _state(standing, utcnow())
        if state not in {StageState.OPEN, StageState.CLOSING}:
            return None
        ballot = read_ballot(connection, standing.stage.id, standing.person.id)
        return _outcome(connection, standing, state, ballot, newest_vote_id(connection, standing.person.id))


def _act(engine: Engine, place: Place, act: _Act) -> Outcome | None:
    def whole(connection: Connection) -> Outcome | None:
        standing = read_standing(connection, place.digest, place.dialogue_id, place.stage_id, locked=True)
        if standing is None:
            return None
        now = utcnow()
        return act(connection, standing, where_of(standing, now), now)

    try:
        return write(engine, whole)
    except (RuleError, GoTheOrdinaryWay):
        return None


def where_of(standing: Standing, now: datetime) -> Where:
    """Who acts, where; refused as everywhere when the stage takes no votes."""
    thing = standing.thing(now)
    check_may(PARTICIPANT, Action.CAST_VOTE, thing)
    person, stage = standing.person, standing.stage
    is_late = thing.stage_state is StageState.CLOSING
    return Where(
        person.id, person.public_id, person.dialogue_id, stage.session.id, stage.id, standing.table_id, is_late
    )


def _cast_together(connection: Connection, asked: Sequence[tuple[Place, SentVote]]) -> list[Outcome | None]:
    """Many people's votes. None for what is unusual: an unknown place, a refusal, a person's second one in the list."""
    with without_waiting(connection):
        return _cast_in_one_go(connection, asked)


def _cast_in_one_go(connection: Connection, asked: Sequence[tuple[Place, SentVote]]) -> list[Outcome | None]:
    known = read_standings(connection, {(one.digest, one.dialogue_id, one.stage_id) for one, _ in asked})
    now, who = utcnow(), dict[int, tuple[int, Standing, Where, SentVote]]()
    for number, (place, sent) in enumerate(asked):
        standing = known.get((place.digest, place.dialogue_id, place.stage_id))
        if standing is not None and standing.person.id not in who and (where := _may_vote(standing, now)) is not None:
            who[standing.person.id] = number, standing, where, sent
    if not who:
        return [None] * len(asked)
    ids = reserve_ids(connection, len(who))
    ballots = read_ballots(
        connection, set(who), {where.stage_id for _, _, where, _ in who.values()},
        {sent.statement_id for *_, sent in who.values()},
    )()  # fmt: skip
    casts = [
        made
        for number, standing, where, sent in who.values()
        if (made := _weigh(connection, number, standing, where, sent, ballots)) is not None
    ]
    vote_ids, event_ids = ids()
    keep_together(connection, [one.casting for one in casts], (vote_ids, event_ids), now=now)
    wanted = {one.after.at_hand_id for one in casts} | {one.passed_id for one in casts}
    shown = shown_statements(connection, {one for one in wanted if one is not None})()
    outcomes: list[Outcome | None] = [None] * len(asked)
    for one, vote_id in zip(casts, vote_ids, strict=False):
        at_hand = None if one.after.at_hand_id is None else shown[one.after.at_hand_id]
        passed = None if one.passed_id is None else shown[one.passed_id]
        state, voted = _state(one.standing, now), one.casting.choice.statement_public_id
        outcomes[one.number] = Outcome(one.standing, state, one.after, at_hand, vote_id, passed, voted)
    return outcomes


@dataclass(frozen=True)
class _Cast:
    """A vote that may be kept: its place in the list, and the ballot after it."""

    number: int
    standing: Standing
    casting: Casting
    after: Ballot
    passed_id: int | None


def _may_vote(standing: Standing, now: datetime) -> Where | None:
    try:
        return where_of(standing, now)
    except RuleError:
        return None


def _weigh(
    connection: Connection, number: int, standing: Standing, where: Where, sent: SentVote, ballots: Ballots
) -> _Cast | None:
    """The vote and what comes next; None for a statement that is not on the ballot."""
    placed = ballots.placed[where.stage_id]
    own = ballots.own.get((where.participant_id, where.stage_id)) or Own()
    statement_id = ballots.ids.get(sent.statement_id)
    ballot = own.ballot(placed, {one.statement_id for one in placed}, statement_id)
    if ballot.sent_id is None:
        return None
    choice = Choice(ballot.sent_id, sent.statement_id, sent.position, sent.is_important, sent.client_key, sent.after)
    after = ballot.with_vote(choice.statement_id, NEWER)
    shows = None
    if not after.set_is_full and after.at_hand_id is None:
        shows = choose(candidates_for(connection, standing, ballot), after, RANDOM)
    if shows is not None:
        after = after.with_next(shows[0])
        place = next(n for n, one in enumerate(placed) if one.statement_id == shows[0])
        placed[place] = placed[place]._replace(times_seen=placed[place].times_seen + 1)  # for whoever comes next
    casting = Casting(where, choice, own.waiting.get(choice.statement_id, ()), shows)
    passed_id = choice.statement_id if sent.position == Position.PASS else None
    return _Cast(number, standing, casting, after, passed_id)


_TURNS = Turns(_cast_together)


def write(engine: Engine, act: Callable[[Connection], Result]) -> Result:
    """What `act` returns, committed: with what others write meanwhile where the store has one writer.

    Raises:
        whatever `act` raises; nothing of it has been kept then.
    """
    if engine.dialect.name == "sqlite":
        return _TURNS.do(engine, act)
    with quick_transaction(engine) as connection:
        return act(connection)


def _more(connection: Connection, standing: Standing, where: Where, now: datetime) -> Outcome:
    ballot = read_ballot(connection, where.stage_id, where.participant_id)
    shown = put_next(
        connection, where, candidates_for(connection, standing, ballot), ballot, RANDOM, again=True, now=now
    )
    ballot = ballot if shown is None or shown == ballot.at_hand_id else ballot.with_next(shown)
    after = newest_vote_id(connection, where.participant_id)
    return _outcome(connection, standing, _state(standing, now), ballot, after)


def candidates_for(connection: Connection, standing: Standing, ballot: Ballot) -> Sequence[Candidate]:
    return candidates_on(connection, ballot, standing.snapshot, standing.dialogue.mode, standing.person.id)


def _outcome(
    connection: Connection, standing: Standing, state: StageState, ballot: Ballot, after: int, *,
    passed: Shown | None = None, voted: uuid.UUID | None = None,
) -> Outcome:  # fmt: skip
    at_hand = None if ballot.at_hand_id is None else shown_statement(connection, ballot.at_hand_id)
    return Outcome(standing, state, ballot, at_hand, after, passed, voted)


def _state(standing: Standing, now: datetime) -> StageState:
    state = standing.thing(now).stage_state
    assert state is not None
    return state
