"""The vote path itself, in prepared statements: keeping one vote, and putting the next statement to a person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    Executable,
    and_,
    bindparam,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from app.models.voting import CurrentVote, Exposure, StageStatement, Statement, Vote
from app.prepared import Prepared
from app.queries.ballot import Ballot
from app.services.recording import event_values, keep_event
from deliberation.events import EventKind
from deliberation.roles import Role
from deliberation.routing import Candidate, choose_next
from deliberation.voting import check_same_vote, check_votable


@dataclass(frozen=True)
class Where:
    """Who acts, and where, as it stands now."""

    participant_id: int
    participant_public_id: uuid.UUID
    dialogue_id: int
    session_id: int
    stage_id: int
    table_id: int | None
    is_late: bool


@dataclass(frozen=True)
class Choice:
    """A vote as it was sent.

    `after` is the newest vote of this person that the page knew of when it was made; None where the sender does
    not say, and then the order of arrival decides.
    """

    statement_id: int
    statement_public_id: uuid.UUID
    position: int
    is_important: bool
    client_key: uuid.UUID
    after: int | None = None


NEWER = 1 << 62
"""Stands on a ballot for the vote that is about to be kept."""


@dataclass(frozen=True)
class Kept:
    """What became of a vote: its row; whether it came for the first time; whether it is the one that counts."""

    vote_id: int
    is_new: bool
    counts: bool


def insert_in(dialect: Dialect, table: Any) -> Any:
    """An INSERT that knows ON CONFLICT in whichever of the two dialects is in use."""
    return (postgresql.insert if dialect.name == "postgresql" else sqlite.insert)(table)


def _vote_once(dialect: Dialect) -> Executable:
    made = insert_in(dialect, Vote.__table__).values({name: bindparam(name) for name in VOTE})
    found: Executable = made.on_conflict_do_nothing(index_elements=["client_key"]).returning(Vote.id)
    return found


def _newest_counts(dialect: Dialect) -> Executable:
    made = insert_in(dialect, CurrentVote.__table__).values({name: bindparam(name) for name in CURRENT})
    return newest_counts(made, after=bindparam("after"), client_key=bindparam("client_key", type_=_KEY))


def newest_counts(made: Any, *, after: Any, client_key: Any) -> Executable:
    """Lets this INSERT make votes those that count: an older choice that comes late never replaces a newer one.

    Newer is what was chosen on a page that knew of the vote that counts now, or else what was made by the server
    later (keys are uuid7).

    Args:
        after: the newest vote that the page knew of.
        client_key: of the vote that is put in.
    """
    # the row that is there: as a column of the table it would be read from the whole table, not from this row
    id_now: Any = literal_column("current_vote.vote_id")
    key_now = select(Vote.client_key).where(Vote.id == id_now).scalar_subquery()
    taken = {name: made.excluded[name] for name in ("vote_id", "position", "is_important", "cast_at")}
    found: Executable = made.on_conflict_do_update(
        index_elements=["participant_id", "statement_id"],
        set_=taken,
        where=and_(
            CurrentVote.vote_id < made.excluded.vote_id, or_(CurrentVote.vote_id <= after, key_now < client_key)
        ),
    )
    return found


VOTE = (
    "client_key", "participant_id", "statement_id", "position", "is_important", "is_late", "session_id", "stage_id",
    "table_id", "cast_at", "undone_at",
)  # fmt: skip
_KEY = Vote.client_key.type
CURRENT = ("participant_id", "statement_id", "vote_id", "position", "is_important", "cast_at")
_ADD_VOTE = Prepared(_vote_once, writes=True)
_MAKE_CURRENT = Prepared(_newest_counts, writes=True)
_SAME_KEY = Prepared(
    select(Vote.id, Vote.participant_id, Vote.statement_id, Vote.position, Vote.is_important).where(
        Vote.client_key == bindparam("client_key")
    )
)
_MARK_STALE = Prepared(
    update(Vote).where(Vote.id == bindparam("stale_id")).values(undone_at=bindparam("now")), writes=True
)
_ANSWER = Prepared(
    update(Exposure)
    .where(
        Exposure.stage_id == bindparam("in_stage"),
        Exposure.participant_id == bindparam("by"),
        Exposure.statement_id == bindparam("about"),
        Exposure.answered_at.is_(None),
    )
    .values(answered_at=bindparam("now")),
    writes=True,
)
_EXPOSE = Prepared(
    insert(Exposure).values(
        participant_id=bindparam("participant_id"), statement_id=bindparam("statement_id"),
        stage_id=bindparam("stage_id"), probability=bindparam("probability"), shown_at=bindparam("shown_at"),
        answered_at=None,
    ),
    writes=True,
)  # fmt: skip
_COUNT_SHOWN = Prepared(
    update(StageStatement)
    .where(StageStatement.stage_id == bindparam("in_stage"), StageStatement.statement_id == bindparam("shown"))
    .values(times_shown=StageStatement.times_shown + 1),
    writes=True,
)


def keep_vote(connection: Connection, where: Where, choice: Choice, ballot: Ballot, *, now: datetime) -> Kept:
    """Adds the vote to the history and makes it the one that counts, unless a newer choice is there; one event.

    Raises:
        RuleError: `not_votable`, or `key_reused` when the key came with another vote before.
    """
    check_votable(is_approved=True, is_placed=ballot.holds(choice.statement_id))
    return _keep(connection, where, choice, now=now)


def _keep(connection: Connection, where: Where, choice: Choice, *, now: datetime) -> Kept:
    row = _ADD_VOTE.row(
        connection,
        client_key=choice.client_key, participant_id=where.participant_id, statement_id=choice.statement_id,
        position=choice.position, is_important=choice.is_important, is_late=where.is_late,
        session_id=where.session_id, stage_id=where.stage_id, table_id=where.table_id, cast_at=now, undone_at=None,
    )  # fmt: skip
    if row is None:
        return _same_as_before(connection, where, choice)
    vote_id = int(row[0])
    counts = _MAKE_CURRENT.do(
        connection,
        participant_id=where.participant_id, statement_id=choice.statement_id, vote_id=vote_id,
        position=choice.position, is_important=choice.is_important, cast_at=now,
        client_key=choice.client_key, after=vote_id if choice.after is None else choice.after,
    ) == 1  # fmt: skip
    if not counts:
        _MARK_STALE.do(connection, stale_id=vote_id, now=now)
    answer_exposure(connection, where, choice.statement_id, now=now)
    facts = {"late": where.is_late} if counts else {"late": where.is_late, "stale": True}
    record_act(connection, where, EventKind.VOTE_CAST, choice.statement_public_id, facts, now=now)
    return Kept(vote_id, is_new=True, counts=counts)


def answer_exposure(connection: Connection, where: Where, statement_id: int, *, now: datetime) -> bool:
    """Marks what was shown as answered; whether anything was."""
    by, about = where.participant_id, statement_id
    return _ANSWER.do(connection, in_stage=where.stage_id, by=by, about=about, now=now) > 0


def put_next(
    connection: Connection, where: Where, candidates: Sequence[Candidate], ballot: Ballot, rng: Random, *,
    again: bool = False, now: datetime,
) -> int | None:  # fmt: skip
    """Chooses what to put to the person next and keeps the exposure with its probability; None when nothing is left.

    A statement that is already open is not chosen anew. Ones that were skipped come back once all others
    are done, and only when asked for (`again`).
    """
    if ballot.at_hand_id is not None:
        return ballot.at_hand_id
    chosen = choose(candidates, ballot, rng, again=again)
    if chosen is None:
        return None
    _show(connection, where, chosen, now=now)
    return chosen[0]


def choose(
    candidates: Sequence[Candidate], ballot: Ballot, rng: Random, *, again: bool = False
) -> tuple[int, float] | None:
    """(statement, probability) of what comes next for whoever has this ballot; None when nothing is left."""
    chosen = choose_next(candidates, ballot.answered | ballot.voted.keys(), rng)
    return choose_next(candidates, ballot.voted, rng) if chosen is None and again else chosen


def _show(connection: Connection, where: Where, chosen: tuple[int, float], *, now: datetime) -> None:
    _EXPOSE.do(
        connection,
        participant_id=where.participant_id, statement_id=chosen[0], stage_id=where.stage_id,
        probability=chosen[1], shown_at=now,
    )  # fmt: skip
    # last in its transaction: the row is shared, and others wait for it
    _COUNT_SHOWN.do(connection, in_stage=where.stage_id, shown=chosen[0])


def record_act(
    connection: Connection, where: Where, kind: EventKind, about: uuid.UUID, facts: dict[str, Any], *, now: datetime
) -> None:
    """What `recording.record` does for a participant's act about a statement."""
    event, payload = _event_of(where, kind, about, facts, now)
    keep_event(connection, event, payload)


def event_of_vote(
    where: Where, about: uuid.UUID, facts: dict[str, Any], now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The event of a vote and its payload, as `recording.event_values` gives them."""
    return _event_of(where, EventKind.VOTE_CAST, about, facts, now)


def _event_of(
    where: Where, kind: EventKind, about: uuid.UUID, facts: dict[str, Any], now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    return event_values(
        kind, actor=str(where.participant_public_id), role=Role.PARTICIPANT.value, dialogue_id=where.dialogue_id,
        object_kind=Statement.__tablename__, object_ref=str(about), facts=facts, now=now,
    )  # fmt: skip


def _same_as_before(connection: Connection, where: Where, choice: Choice) -> Kept:
    vote_id, *stored = _SAME_KEY.row(connection, client_key=choice.client_key)
    sent = (where.participant_id, choice.statement_id, choice.position, choice.is_important)
    check_same_vote(sent, (stored[0], stored[1], stored[2], bool(stored[3])))
    return Kept(int(vote_id), is_new=False, counts=False)
