"""The vote path's acts in prepared statements, without Flask: who is where, the vote is kept, what comes next.

Each function returns None for whatever is unusual (a first visit, a refusal, a vote that came before): nothing has
been kept then that the ordinary views would not find, and they answer.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import SystemRandom
from typing import TypeVar

from sqlalchemy import Connection, Engine

from app.access import Action
from app.db import quick_read, quick_transaction, utcnow
from app.forms.voting import SentVote
from app.prepared import without_waiting
from app.queries.ballot import (
    Ballot,
    Ballots,
    Earlier,
    Shown,
    keys_of_votes,
    newest_vote_ids,
    read_ballots,
    shown_statements,
    votes_with_keys,
)
from app.queries.standing import Standing, read_standings
from app.queries.voting import candidates_on
from app.services.casting import NEWER, Choice, Where, choose
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

    @property
    def key(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        """As `queries.standing` knows it."""
        return self.digest, self.dialogue_id, self.stage_id


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


def cast(engine: Engine, place: Place, sent: SentVote | None) -> Outcome | None:
    """One vote and what comes next, unless a set of five is full; None: the next set, also of what was skipped.

    Committed when it returns. What others send meanwhile is kept with it.
    """
    try:
        found: Outcome | None = _TURNS.ask(engine, (place, sent))
    except (RuleError, NotPlain):
        return None
    return found


def more(engine: Engine, place: Place) -> Outcome | None:
    """The next set, also of statements that were skipped."""
    return cast(engine, place, None)


def look(engine: Engine, place: Place) -> Outcome | None:
    """Where somebody stands in a vote stage that is open and begun; read together with what others ask meanwhile."""
    found: Outcome | None = _LOOKS.ask(engine, place)
    return found


def where_of(standing: Standing, now: datetime) -> Where:
    """Who acts, where; refused as everywhere when the stage takes no votes."""
    thing = standing.thing(now)
    check_may(PARTICIPANT, Action.CAST_VOTE, thing)
    person, stage = standing.person, standing.stage
    is_late = thing.stage_state is StageState.CLOSING
    return Where(
        person.id, person.public_id, person.dialogue_id, stage.session.id, stage.id, standing.table_id, is_late
    )


@dataclass(frozen=True)
class _Act:
    """What one person sent, who may act here: a vote, or None for "five more"; its place in the list."""

    number: int
    standing: Standing
    where: Where
    sent: SentVote | None


@dataclass(frozen=True)
class _Weighed:
    """An act that may be kept, and the ballot after it; `casting` is None where it came before and is kept already."""

    act: _Act
    casting: Casting | None
    after: Ballot
    passed_id: int | None


def _keep_all(connection: Connection, asked: Sequence[tuple[Place, SentVote | None]]) -> list[Outcome | None]:
    """Many people's acts. None for what is unusual: an unknown place, a refusal, a person's second one in the list."""
    with without_waiting(connection):
        return _in_one_go(connection, asked)


def _in_one_go(connection: Connection, asked: Sequence[tuple[Place, SentVote | None]]) -> list[Outcome | None]:
    known = read_standings(connection, {one.key for one, _ in asked}, locked=True)
    now = utcnow()
    acts = _acts(asked, known, now)
    if not acts:
        return [None] * len(asked)
    sent = [one.sent for one in acts if one.sent is not None]
    ids = reserve_ids(connection, len(acts))
    came_before = votes_with_keys(connection, {one.client_key for one in sent})
    ballots = read_ballots(
        connection, {one.where.participant_id for one in acts}, {one.where.stage_id for one in acts},
        {one.statement_id for one in sent},
    )()  # fmt: skip
    weighed = _weigh_all(connection, acts, ballots, came_before())
    without_vote = {
        one.act.where.participant_id for one in weighed if one.casting is None or one.casting.choice is None
    }
    newest = newest_vote_ids(connection, without_vote) if without_vote else dict
    castings = [one.casting for one in weighed if one.casting is not None]
    vote_ids = iter(keep_together(connection, castings, ids(), now=now))
    wanted = {one.after.at_hand_id for one in weighed} | {one.passed_id for one in weighed}
    shown = shown_statements(connection, {one for one in wanted if one is not None})()
    after, outcomes = newest(), list[Outcome | None]([None] * len(asked))
    for one in weighed:
        vote_id = None if one.casting is None else next(vote_ids)
        act, last = one.act, after.get(one.act.where.participant_id, 0) if vote_id is None else vote_id
        outcomes[act.number] = Outcome(
            standing=act.standing,
            state=_state(act.standing, now),
            ballot=one.after,
            at_hand=None if one.after.at_hand_id is None else shown[one.after.at_hand_id],
            after=last,
            passed=None if one.passed_id is None else shown[one.passed_id],
            voted=None if act.sent is None else act.sent.statement_id,
        )
    return outcomes


def _acts(
    asked: Sequence[tuple[Place, SentVote | None]], known: Mapping[tuple[str, uuid.UUID, uuid.UUID], Standing],
    now: datetime,
) -> list[_Act]:  # fmt: skip
    """The first act of each person who may act."""
    found = dict[int, _Act]()
    for number, (place, sent) in enumerate(asked):
        standing = known.get(place.key)
        if standing is not None and standing.person.id not in found:
            try:
                found[standing.person.id] = _Act(number, standing, where_of(standing, now), sent)
            except RuleError:
                continue
    return list(found.values())


def _look_together(connection: Connection, places: Sequence[Place]) -> list[Outcome | None]:
    """How it stands for many people; None for a place that is not known, or not of an open vote."""
    with without_waiting(connection):
        known = read_standings(connection, {one.key for one in places}, locked=False)
        now = utcnow()
        standings = [known.get(one.key) for one in places]
        open_ = [one for one in standings if one is not None and _is_open_vote(one, now)]
        people = {one.person.id for one in open_}
        if not people:
            return [None] * len(places)
        asked = read_ballots(connection, people, {one.stage.id for one in open_}, set())
        newest = newest_vote_ids(connection, people)
        ballots, after = asked(), newest()
        its = {(one.person.id, one.stage.id): ballots.of(one.person.id, one.stage.id) for one in open_}
        at_hand = {one.at_hand_id for one in its.values() if one.at_hand_id is not None}
        shown = shown_statements(connection, at_hand)()
    outcomes: list[Outcome | None] = []
    for standing in standings:
        ballot = None if standing is None else its.get((standing.person.id, standing.stage.id))
        if standing is None or ballot is None:
            outcomes.append(None)
            continue
        statement = None if ballot.at_hand_id is None else shown[ballot.at_hand_id]
        newest_id = after.get(standing.person.id, 0)
        outcomes.append(Outcome(standing, _state(standing, now), ballot, statement, newest_id))
    return outcomes


def _is_open_vote(standing: Standing, now: datetime) -> bool:
    return standing.stage.kind is StageKind.VOTE and _state(standing, now) in {StageState.OPEN, StageState.CLOSING}


def _weigh_all(
    connection: Connection, acts: Sequence[_Act], ballots: Ballots, came_before: Mapping[uuid.UUID, Earlier]
) -> list[_Weighed]:
    """Those of the acts that are nothing unusual, in their order."""
    unknown = {one for act in acts if (one := _vote_not_known(act, ballots))}
    keys = keys_of_votes(connection, unknown)() if unknown else {}
    found = []
    for act in acts:
        if act.sent is not None and _is_older(act.sent, keys.get(_vote_not_known(act, ballots))):
            continue
        earlier = None if act.sent is None else came_before.get(act.sent.client_key)
        weighed = _weigh(connection, act, ballots) if earlier is None else _weigh_again(act, ballots, earlier)
        if weighed is not None:
            found.append(weighed)
    return found


def _weigh_again(act: _Act, ballots: Ballots, earlier: Earlier) -> _Weighed | None:
    """A vote that is sent once more, where it is the same, counts, and something is there to answer with."""
    where, sent = act.where, act.sent
    assert sent is not None
    own = ballots.own_of(where.participant_id, where.stage_id)
    ballot = ballots.of(where.participant_id, where.stage_id)
    statement_id = ballots.ids.get(sent.statement_id)
    same = Earlier(earlier.vote_id, where.participant_id, statement_id or 0, sent.position, sent.is_important)
    if earlier != same or own.voted.get(earlier.statement_id) != earlier.vote_id:
        return None
    if ballot.at_hand_id is None and not ballot.set_is_full:
        return None
    return _Weighed(act, None, ballot, earlier.statement_id if sent.position == Position.PASS else None)


def _weigh(connection: Connection, act: _Act, ballots: Ballots) -> _Weighed | None:
    """The act and what comes next; None for a statement that is not on the ballot."""
    where, sent = act.where, act.sent
    placed, place = ballots.placed[where.stage_id], ballots.place[where.stage_id]
    own = ballots.own_of(where.participant_id, where.stage_id)
    ballot = after = own.ballot(placed, place.keys(), None if sent is None else ballots.ids.get(sent.statement_id))
    choice: Choice | None = None
    answers: Sequence[int] = ()
    passed_id = None
    if sent is not None:
        if ballot.sent_id is None:
            return None
        choice = Choice(
            ballot.sent_id, sent.statement_id, sent.position, sent.is_important, sent.client_key, sent.after
        )
        after = ballot.with_vote(choice.statement_id, NEWER)
        answers = own.waiting.get(choice.statement_id, ())
        passed_id = choice.statement_id if sent.position == Position.PASS else None
    shows = None
    if after.at_hand_id is None and (sent is None or not after.set_is_full):
        shows = choose(candidates_for(connection, act.standing, ballot), after, RANDOM, again=sent is None)
    if shows is not None:
        after = after.with_next(shows[0])
        at = place[shows[0]]
        placed[at] = placed[at]._replace(times_seen=placed[at].times_seen + 1)  # for whoever comes next
    return _Weighed(act, Casting(where, choice, answers, shows), after, passed_id)


def _vote_not_known(act: _Act, ballots: Ballots) -> int:
    """The vote that counts for this statement, where the page that was voted on did not know of it; else 0."""
    if act.sent is None or act.sent.after is None:
        return 0
    own = ballots.own_of(act.where.participant_id, act.where.stage_id)
    counts = own.voted.get(ballots.ids.get(act.sent.statement_id, 0), 0)
    return counts if counts > act.sent.after else 0


def _is_older(sent: SentVote, key: uuid.UUID | None) -> bool:
    """Whether a choice was made before the one of this client key, as `services.casting.newest_counts` has it."""
    return key is not None and key > sent.client_key


_TURNS = Turns(_keep_all)
_LOOKS = Turns(_look_together, quick_read)


def write(engine: Engine, act: Callable[[Connection], Result]) -> Result:
    """What `act` returns, committed: with what others write meanwhile where the store has one writer.

    Raises:
        whatever `act` raises; nothing of it has been kept then.
    """
    if engine.dialect.name == "sqlite":
        return _TURNS.do(engine, act)
    with quick_transaction(engine) as connection:
        return act(connection)


def candidates_for(connection: Connection, standing: Standing, ballot: Ballot) -> Sequence[Candidate]:
    return candidates_on(connection, ballot, standing.snapshot, standing.dialogue.mode, standing.person.id)


def _state(standing: Standing, now: datetime) -> StageState:
    state = standing.thing(now).stage_state
    assert state is not None
    return state
