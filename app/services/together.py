"""Votes of many people, each with what comes next, kept in one transaction by a handful of statements.

A statement costs more than the row it writes: a room that votes at once is written list by list. The rows are those
that `services.casting` writes one by one; a test compares them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Executable,
    Integer,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from app.models.events import Event, EventPayload
from app.models.voting import CurrentVote, Exposure, StageStatement, Vote
from app.prepared import Prepared, is_among, listed, rows_given, without_waiting
from app.services.casting import CURRENT, VOTE, Choice, Where, event_of_vote, insert_in, newest_counts
from app.services.recording import EVENT, PAYLOAD

EXPOSURE = ("participant_id", "statement_id", "stage_id", "probability", "shown_at", "answered_at")


class NotPlain(Exception):
    """One of the votes came before, or is older than what counts: each has to be kept on its own."""


@dataclass(frozen=True)
class Casting:
    """One person's vote if there is one, the exposures it answers, and (statement, probability) of what is next."""

    where: Where
    choice: Choice | None
    answers: Sequence[int]
    shows: tuple[int, float] | None


def _next_ids(dialect: Dialect) -> Executable:
    count = bindparam("count", type_=Integer)
    if dialect.name == "postgresql":
        drawn = [func.nextval(func.pg_get_serial_sequence(table.__tablename__, "id")) for table in (Vote, Event)]
        return select(*drawn).select_from(func.generate_series(1, count))
    # one writer: whatever is the largest now stays so until this transaction has ended
    return select(*(select(func.coalesce(func.max(table.id), 0)).scalar_subquery() for table in (Vote, Event)), count)


def _insert(dialect: Dialect, table: Any, names: Sequence[str]) -> Any:
    """An INSERT of many rows, whichever way this store takes them."""
    made = insert_in(dialect, table.__table__)
    given = rows_given(dialect, **{name: table.__table__.c[name].type for name in names})
    if given is None:
        return made.values({name: bindparam(name) for name in names})
    return made.from_select(names, select(*(given[name] for name in names)))


def _add_votes(dialect: Dialect) -> Executable:
    made: Executable = _insert(dialect, Vote, ("id", *VOTE)).on_conflict_do_nothing(index_elements=["client_key"])
    return made


def _make_current(dialect: Dialect) -> Executable:
    """Only votes that are there count: one whose client key came before was not added."""
    columns = CurrentVote.__table__.c
    kinds = {name: columns[name].type for name in CURRENT} | {"after": BigInteger(), "client_key": Vote.client_key.type}
    made, given = insert_in(dialect, CurrentVote.__table__), rows_given(dialect, **kinds)
    if given is None:
        values = {name: bindparam(name, type_=kind) for name, kind in kinds.items()}
        of_kept = select(*(values[name] for name in CURRENT)).where(Vote.id == values["vote_id"])
        return newest_counts(made.from_select(CURRENT, of_kept), after=values["after"], client_key=values["client_key"])
    sent = select(*given.values()).cte("sent")
    its = sent.c.vote_id == literal_column("excluded.vote_id")  # as a column it would be another row of the table
    after, client_key = (select(sent.c[name]).where(its).scalar_subquery() for name in ("after", "client_key"))
    of_kept = select(*(sent.c[name] for name in CURRENT)).join(Vote, Vote.id == sent.c.vote_id)
    return newest_counts(made.from_select(CURRENT, of_kept), after=after, client_key=client_key)


def _count_shown(dialect: Dialect) -> Executable:
    """These rows are shared with other processes: each takes them in the same order."""
    keys = StageStatement.stage_id, StageStatement.statement_id
    given = rows_given(dialect, in_stage=keys[0].type, shown=keys[1].type, times=StageStatement.times_shown.type)
    changed = update(StageStatement)
    if given is None:
        return changed.where(keys[0] == bindparam("in_stage"), keys[1] == bindparam("shown")).values(
            times_shown=StageStatement.times_shown + bindparam("times")
        )
    locked = (
        select(StageStatement.id, given["times"])
        .where(keys[0] == given["in_stage"], keys[1] == given["shown"])
        .order_by(*keys)
        .with_for_update(key_share=True, of=StageStatement)
        .cte("locked")
    )
    return changed.where(StageStatement.id == locked.c.id).values(
        times_shown=StageStatement.times_shown + locked.c.times
    )


_NEXT_IDS = Prepared(_next_ids)
_ADD_VOTES = Prepared(_add_votes, writes=True)
_MAKE_CURRENT = Prepared(_make_current, writes=True)
_ANSWER = Prepared(
    lambda dialect: (
        update(Exposure)
        .where(is_among(dialect, Exposure.id, "ids"), Exposure.answered_at.is_(None))
        .values(answered_at=bindparam("now", type_=Exposure.answered_at.type))
    ),
    writes=True,
)
_ADD_EVENTS = Prepared(lambda dialect: _insert(dialect, Event, ("id", *EVENT)), writes=True)
_ADD_PAYLOADS = Prepared(lambda dialect: _insert(dialect, EventPayload, PAYLOAD), writes=True)
_EXPOSE = Prepared(lambda dialect: _insert(dialect, Exposure, EXPOSURE), writes=True)
_COUNT_SHOWN = Prepared(_count_shown, writes=True)


Ids = tuple[Sequence[int], Sequence[int]]


def reserve_ids(connection: Connection, count: int) -> Callable[[], Ids]:
    """Asks for keys for so many votes and as many events, in the order in which they will stand."""
    asked = _NEXT_IDS.ask(connection, count=count)

    def found() -> Ids:
        rows = asked()
        if connection.dialect.name == "postgresql":
            return sorted(row[0] for row in rows), sorted(row[1] for row in rows)
        vote, event, _ = rows[0]
        return range(vote + 1, vote + 1 + count), range(event + 1, event + 1 + count)

    return found


def keep_together(
    connection: Connection, castings: Sequence[Casting], ids: Ids, *, now: datetime
) -> list[int | None]:
    """Keeps the votes, each of another person, under the keys reserved for them, with their events and exposures.

    Returns the key of each vote, None where there is none.

    Raises:
        NotPlain: the transaction has to be taken back then.
    """
    votes, currents, events, payloads, exposures = [], [], [], [], []
    shown: Counter[tuple[int, int]] = Counter()
    keys = zip(*ids, strict=True)
    vote_ids: list[int | None] = []
    for casting in castings:
        where, choice = casting.where, casting.choice
        if casting.shows is not None:
            statement_id, probability = casting.shows
            exposures.append({
                "participant_id": where.participant_id, "statement_id": statement_id, "stage_id": where.stage_id,
                "probability": probability, "shown_at": now, "answered_at": None,
            })  # fmt: skip
            shown[where.stage_id, statement_id] += 1
        if choice is None:
            vote_ids.append(None)
            continue
        vote_id, event_key = next(keys)
        vote_ids.append(vote_id)
        votes.append({
            "id": vote_id, "client_key": choice.client_key, "participant_id": where.participant_id,
            "statement_id": choice.statement_id, "position": choice.position, "is_important": choice.is_important,
            "is_late": where.is_late, "session_id": where.session_id, "stage_id": where.stage_id,
            "table_id": where.table_id, "cast_at": now, "undone_at": None,
        })  # fmt: skip
        currents.append({
            "participant_id": where.participant_id, "statement_id": choice.statement_id, "vote_id": vote_id,
            "position": choice.position, "is_important": choice.is_important, "cast_at": now,
            "client_key": choice.client_key, "after": vote_id if choice.after is None else choice.after,
        })  # fmt: skip
        event, payload = event_of_vote(where, choice.statement_public_id, {"late": where.is_late}, now)
        events.append({**event, "id": event_key})
        payloads.append({**payload, "event_id": event_key})
    answered = [one for casting in castings for one in casting.answers]
    with without_waiting(connection):  # at its end every count is known
        are_new = _ADD_VOTES.many(connection, votes)
        counted = _MAKE_CURRENT.many(connection, currents)
        if answered:
            _ANSWER.do(connection, ids=listed(connection, answered), now=now)
        _ADD_EVENTS.many(connection, events)
        _ADD_PAYLOADS.many(connection, payloads)
        _EXPOSE.many(connection, exposures)
        # last: these rows are shared with other processes, in the same order everywhere
        _COUNT_SHOWN.many(connection, [
            {"in_stage": stage, "shown": statement, "times": times}
            for (stage, statement), times in sorted(shown.items())
        ])  # fmt: skip
    if are_new() < len(votes) or counted() < len(votes):
        raise NotPlain
    return vote_ids
