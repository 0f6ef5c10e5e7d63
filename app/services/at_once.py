"""A vote and what comes next in one statement of PostgreSQL: the same writes as `app.services.casting`, one way there.

On SQLite a statement costs twenty microseconds and they are run one by one; over a socket each costs a hundred and
more, on both sides.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Executable,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql

from app.models.events import Event, EventPayload
from app.models.voting import CurrentVote, Exposure, StageStatement, Vote
from app.prepared import Prepared


def _given(name: str, column: Any) -> Any:
    """A value of the call, as that column has it."""
    return cast(bindparam(name, type_=column.type), column.type)


def _whole(*, with_next: bool) -> Executable:
    """(id of the vote or null where its key came before, its id again or null where another choice counts)."""
    names = ("client_key", "participant_id", "statement_id", "position", "is_important", "is_late", "session_id",
             "stage_id", "table_id")  # fmt: skip
    votes: Any = Vote.__table__.c
    vote = (
        postgresql.insert(Vote)
        .values(
            {name: bindparam(name, type_=votes[name].type) for name in names}
            | {"cast_at": bindparam("now", type_=votes.cast_at.type), "undone_at": None}
        )
        .on_conflict_do_nothing(index_elements=["client_key"])
        .returning(Vote.id)
        .cte("kept")
    )
    is_kept = exists(select(vote.c.id))
    made = postgresql.insert(CurrentVote).from_select(
        ["participant_id", "statement_id", "vote_id", "position", "is_important", "cast_at"],
        select(
            _given("participant_id", votes.participant_id), _given("statement_id", votes.statement_id), vote.c.id,
            _given("position", votes.position), _given("is_important", votes.is_important),
            _given("now", votes.cast_at),
        ),
    )  # fmt: skip
    # the row that is there: as a column of the table it would be read from the whole table, not from this row
    id_now: Any = literal_column("current_vote.vote_id")
    key_now = select(Vote.client_key).where(Vote.id == id_now).scalar_subquery()
    counted = made.on_conflict_do_update(
        index_elements=["participant_id", "statement_id"],
        set_={name: made.excluded[name] for name in ("vote_id", "position", "is_important", "cast_at")},
        where=and_(
            CurrentVote.vote_id < made.excluded.vote_id,
            or_(
                CurrentVote.vote_id <= cast(bindparam("newest_known", type_=BigInteger()), BigInteger()),
                key_now < _given("client_key", votes.client_key),
            ),
        ),
    ).returning(CurrentVote.vote_id).cte("counted")  # fmt: skip
    answered = (
        update(Exposure)
        .where(
            Exposure.stage_id == _given("stage_id", votes.stage_id),
            Exposure.participant_id == _given("participant_id", votes.participant_id),
            Exposure.statement_id == _given("statement_id", votes.statement_id),
            Exposure.answered_at.is_(None),
            is_kept,
        )
        .values(answered_at=_given("now", votes.cast_at))
        .returning(Exposure.id)
        .cte("answered")
    )
    event = _added(Event, ("event_id", "dialogue_id", "kind", "actor_role", "happened_at", "commitment"), vote)
    payload_names = ("actor", "object_kind", "object_ref", "facts", "salt")
    payloads: Any = EventPayload.__table__.c
    payload = (
        insert(EventPayload)
        .from_select(
            ["event_id", *payload_names],
            select(event.c.id, *(_given(name, payloads[name]) for name in payload_names)),
        )
        .returning(EventPayload.event_id)
        .cte("payload_added")
    )
    parts = [vote, counted, answered, event, payload, *(_next(is_kept) if with_next else ())]
    found = select(select(vote.c.id).scalar_subquery(), select(counted.c.vote_id).scalar_subquery())
    return found.add_cte(*parts)


def _added(table: Any, names: tuple[str, ...], kept: Any) -> Any:
    columns: Any = table.__table__.c
    values: Select[Any] = select(*(_given(name, columns[name]) for name in names)).select_from(kept)
    return insert(table).from_select(list(names), values).returning(table.id).cte("event_added")


def _next(is_kept: Any) -> tuple[Any, Any]:
    """What is put to the person next, and that it was shown once more."""
    shown: Any = Exposure.__table__.c
    exposed = (
        insert(Exposure)
        .from_select(
            ["participant_id", "statement_id", "stage_id", "probability", "shown_at", "answered_at"],
            select(
                _given("participant_id", shown.participant_id), _given("next_id", shown.statement_id),
                _given("stage_id", shown.stage_id), _given("probability", shown.probability),
                _given("now", shown.shown_at), cast(null(), shown.answered_at.type),
            ).where(is_kept),
        )
        .returning(Exposure.id)
        .cte("exposed")
    )  # fmt: skip
    counted = (
        update(StageStatement)
        .where(
            StageStatement.stage_id == _given("stage_id", shown.stage_id),
            StageStatement.statement_id == _given("next_id", shown.statement_id),
            is_kept,
        )
        .values(times_shown=StageStatement.times_shown + literal(1))
        .returning(StageStatement.id)
        .cte("shown_once_more")
    )
    return exposed, counted


AT_ONCE = {with_next: Prepared(_whole(with_next=with_next), writes=True) for with_next in (False, True)}
"""Whether something comes next -> the statement."""
