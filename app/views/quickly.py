"""The vote path's acts in prepared statements, without Flask: who is where, the vote is kept, what comes next.

Each function returns None for whatever is unusual (a first visit, a refusal, a vote that came before): nothing has
been kept then that the ordinary views would not find, and they answer.
"""

import functools
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import SystemRandom

from sqlalchemy import Connection, Engine

from app.access import Action
from app.db import utcnow
from app.forms.voting import SentVote
from app.queries.ballot import Ballot, Shown, newest_vote_id, read_ballot, shown_statement
from app.queries.standing import Standing, read_standing
from app.queries.voting import candidates_on
from app.services.casting import Choice, Where, cast_and_show, put_next
from app.turns import write
from deliberation.errors import RuleError
from deliberation.roles import Actor, Role, check_may
from deliberation.routing import Candidate
from deliberation.stages import StageKind, StageState
from deliberation.voting import Position

PARTICIPANT = Actor(frozenset({Role.PARTICIPANT}))
RANDOM = SystemRandom()


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
    """One vote and what comes next, unless a set of five is full. Committed when it returns."""
    return _act(engine, place, functools.partial(_keep, sent=sent))


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


def _keep(connection: Connection, standing: Standing, where: Where, now: datetime, *, sent: SentVote) -> Outcome | None:
    ballot = read_ballot(connection, where.stage_id, where.participant_id, sent.statement_id)
    if ballot.sent_id is None:
        return None
    choice = Choice(ballot.sent_id, sent.statement_id, sent.position, sent.is_important, sent.client_key, sent.after)
    known = candidates_for(connection, standing, ballot)
    kept, ballot = cast_and_show(connection, where, choice, ballot, known, RANDOM, now=now)
    if not kept.is_new:
        return None
    if not kept.counts:
        raise GoTheOrdinaryWay  # older than what counts: that is said there
    passed = shown_statement(connection, choice.statement_id) if sent.position == Position.PASS else None
    state = _state(standing, now)
    return _outcome(connection, standing, state, ballot, kept.vote_id, passed=passed, voted=sent.statement_id)


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
