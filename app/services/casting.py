"""The vote path itself, in prepared statements: keeping one vote, and putting the next statement to a person."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, and_, bindparam, insert, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.models.voting import CurrentVote, Exposure, StageStatement, Statement, Vote
from app.prepared import Prepared
from app.queries.ballot import Ballot
from app.services.at_once import AT_ONCE
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


@dataclass(frozen=True)
class Kept:
    """What became of a vote: its row; whether it came for the first time; whether it is the one that counts."""

    vote_id: int
    is_new: bool
    counts: bool


def _on_conflict(build: Callable[[Any], Executable]) -> Callable[[Dialect], Executable]:
    """An INSERT that knows ON CONFLICT in whichever of the two dialects is in use."""
    return lambda dialect: build(postgresql.insert if dialect.name == "postgresql" else sqlite.insert)


def _vote_once(insert_in: Any) -> Executable:
    made: Executable = (
        insert_in(Vote.__table__)
        .values({name: bindparam(name) for name in _VOTE})
        .on_conflict_do_nothing(index_elements=["client_key"])
        .returning(Vote.id)
    )
    return made


def _newest_counts(insert_in: Any) -> Executable:
    """An older choice that comes late never takes the place of a newer one.

    Newer is what was chosen on a page that knew of the vote that counts now, or else what was made by the server
    later (keys are uuid7).
    """
    made = insert_in(CurrentVote.__table__).values({name: bindparam(name) for name in _CURRENT})
    # the row that is there: as a column of the table it would be read from the whole table, not from this row
    id_now: Any = literal_column("current_vote.vote_id")
    key_now = select(Vote.client_key).where(Vote.id == id_now).scalar_subquery()
    taken = {name: made.excluded[name] for name in ("vote_id", "position", "is_important", "cast_at")}
    found: Executable = made.on_conflict_do_update(
        index_elements=["participant_id", "statement_id"],
        set_=taken,
        where=and_(
            CurrentVote.vote_id < made.excluded.vote_id,
            or_(CurrentVote.vote_id <= bindparam("after"), key_now < bindparam("client_key", type_=_KEY)),
        ),
    )
    return found


_VOTE = (
    "client_key", "participant_id", "statement_id", "position", "is_important", "is_late", "session_id", "stage_id",
    "table_id", "cast_at", "undone_at",
)  # fmt: skip
_KEY = Vote.client_key.type
_CURRENT = ("participant_id", "statement_id", "vote_id", "position", "is_important", "cast_at")
_ADD_VOTE = Prepared(_on_conflict(_vote_once), writes=True)
_MAKE_CURRENT = Prepared(_on_conflict(_newest_counts), writes=True)
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


def cast_and_show(
    connection: Connection, where: Where, choice: Choice, ballot: Ballot, candidates: Sequence[Candidate],
    rng: Random, *, now: datetime,
) -> tuple[Kept, Ballot]:  # fmt: skip
    """`keep_vote` and, unless a set of five is full now, `put_next`; (what became of it, the ballot after).

    On PostgreSQL it is one statement, and so one way there and back. Where the vote does not count, because a newer
    choice is there, the transaction has to be taken back: `keep_vote` is what keeps such a vote, marked.

    Raises:
        RuleError: as `keep_vote`.
    """
    check_votable(is_approved=True, is_placed=ballot.holds(choice.statement_id))
    after = ballot.with_vote(choice.statement_id, _NEWER)
    wants_next = not after.set_is_full and after.at_hand_id is None
    chosen = choose(candidates, after, rng) if wants_next else None
    write = _at_once if connection.dialect.name == "postgresql" else _one_by_one
    kept = write(connection, where, choice, chosen, now=now)
    after = ballot.with_vote(choice.statement_id, kept.vote_id)
    return kept, after if chosen is None else after.with_next(chosen[0])


_NEWER = 1 << 62
"""Stands for the vote that is about to be kept."""


def _one_by_one(
    connection: Connection, where: Where, choice: Choice, chosen: tuple[int, float] | None, *, now: datetime
) -> Kept:
    kept = _keep(connection, where, choice, now=now)
    if kept.counts and chosen is not None:
        _show(connection, where, chosen, now=now)
    return kept


def _at_once(
    connection: Connection, where: Where, choice: Choice, chosen: tuple[int, float] | None, *, now: datetime
) -> Kept:
    event, payload = _event_of(where, EventKind.VOTE_CAST, choice.statement_public_id, {"late": where.is_late}, now)
    row = AT_ONCE[chosen is not None].row(
        connection,
        client_key=choice.client_key, participant_id=where.participant_id, statement_id=choice.statement_id,
        position=choice.position, is_important=choice.is_important, is_late=where.is_late,
        session_id=where.session_id, stage_id=where.stage_id, table_id=where.table_id, now=now,
        # none: the order of arrival decides
        newest_known=_NEWER if choice.after is None else choice.after,
        **event, **payload, **({} if chosen is None else {"next_id": chosen[0], "probability": chosen[1]}),
    )  # fmt: skip
    vote_id, counts = row
    if vote_id is None:
        return _same_as_before(connection, where, choice)
    return Kept(int(vote_id), is_new=True, counts=counts is not None)


def record_act(
    connection: Connection, where: Where, kind: EventKind, about: uuid.UUID, facts: dict[str, Any], *, now: datetime
) -> None:
    """What `recording.record` does for a participant's act about a statement."""
    event, payload = _event_of(where, kind, about, facts, now)
    keep_event(connection, event, payload)


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
