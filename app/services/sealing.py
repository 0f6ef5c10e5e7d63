"""The sealer: committed events get their sequence and hash, in batches, per dialogue; and the check of a chain."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.events import Event, EventPayload, EventSeal
from deliberation.events import GENESIS, commitment, event_hash


@dataclass(frozen=True)
class ChainCheck:
    """What a check of one dialogue's chain found. `broken_at` is the first sequence that does not hold."""

    sealed: int
    unsealed: int
    payloads_gone: int
    broken_at: int | None
    why: str
    head: str

    @property
    def holds(self) -> bool:
        """True when every sealed event is where and what it was."""
        return self.broken_at is None


NEAR = 5_000
"""How far behind the newest seal a quick pass looks: events of transactions that ended late lie near the end."""


def seal(limit: int = 500, *, quick: bool = False) -> int:
    """Seals at most `limit` events, oldest first; returns how many. Call it inside `transaction()`.

    There is one sealer at a time: SQLite has one writer anyway, PostgreSQL takes an advisory lock.

    Args:
        quick: looks only near the end, however long the log is. Somebody has to call it without now and then.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(7_204_001)))
    columns = (Event.id, Event.event_id, Event.dialogue_id, Event.kind, Event.happened_at, Event.commitment)
    waiting = db.session.execute(_unsealed(*columns, quick=quick).order_by(Event.id).limit(limit)).all()
    heads: dict[int, tuple[int, str]] = {}
    sealed = []
    for event in waiting:
        seq, previous = heads.get(event.dialogue_id) or _head(event.dialogue_id)
        made = _hash(event, previous, seq + 1)
        sealed.append(
            {
                "event_id": event.id,
                "dialogue_id": event.dialogue_id,
                "seq": seq + 1,
                "previous_hash": previous,
                "hash": made,
            }
        )
        heads[event.dialogue_id] = (seq + 1, made)
    if sealed:
        db.session.connection().execute(insert(EventSeal), sealed)
    return len(sealed)


def waits(*, quick: bool = False) -> bool:
    """Whether `seal` would find anything. It only reads."""
    return db.session.scalar(_unsealed(Event.id, quick=quick).limit(1)) is not None


def _unsealed(*columns: Any, quick: bool) -> Any:
    newest = (db.session.scalar(select(func.max(EventSeal.event_id))) or 0) if quick else 0
    return (
        select(*columns)
        .outerjoin(EventSeal, EventSeal.event_id == Event.id)
        .where(EventSeal.id.is_(None), Event.id > (newest - NEAR if quick else 0))
    )


def verify_chain(dialogue: Dialogue) -> ChainCheck:
    """Recomputes every hash of a dialogue's chain and every commitment whose payload is still there."""
    rows = db.session.execute(
        select(EventSeal, Event, EventPayload)
        .join(Event, Event.id == EventSeal.event_id)
        .outerjoin(EventPayload, EventPayload.event_id == Event.id)
        .where(EventSeal.dialogue_id == dialogue.id)
        .order_by(EventSeal.seq)
    )
    previous, expected, gone = GENESIS, 1, 0
    broken: tuple[int, str] | None = None
    for sealed, event, payload in rows:
        gone += payload is None
        broken = broken or _fault(sealed, event, payload, previous, expected)
        previous, expected = sealed.hash, expected + 1
    total = db.session.scalar(select(func.count(Event.id)).where(Event.dialogue_id == dialogue.id)) or 0
    return ChainCheck(
        sealed=expected - 1,
        unsealed=total - (expected - 1),
        payloads_gone=gone,
        broken_at=broken[0] if broken else None,
        why=broken[1] if broken else "",
        head=previous,
    )


def _head(dialogue_id: int) -> tuple[int, str]:
    found = db.session.execute(
        select(EventSeal.seq, EventSeal.hash)
        .where(EventSeal.dialogue_id == dialogue_id)
        .order_by(EventSeal.seq.desc())
        .limit(1)
    ).first()
    return (found.seq, found.hash) if found else (0, GENESIS)


def _hash(event: Any, previous: str, seq: int) -> str:
    at = event.happened_at.isoformat(timespec="microseconds")
    return event_hash(previous, seq, str(event.event_id), event.kind.value, at, event.commitment)


def _fault(
    sealed: EventSeal, event: Event, payload: EventPayload | None, previous: str, expected: int
) -> tuple[int, str] | None:
    if sealed.seq != expected:
        return expected, "a sealed event is missing"
    if sealed.previous_hash != previous or sealed.hash != _hash(event, previous, sealed.seq):
        return sealed.seq, "the event or its place was changed"
    if payload is not None:
        body = {
            "actor": payload.actor,
            "object_kind": payload.object_kind,
            "object_ref": payload.object_ref,
            "facts": payload.facts,
        }
        if commitment(payload.salt, body) != event.commitment:
            return sealed.seq, "the payload was changed"
    return None
