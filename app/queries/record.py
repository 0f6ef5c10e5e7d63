"""The process record: events newest first, with what may be said of them to staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.events import Event, EventPayload, EventSeal
from deliberation.events import EventKind

PAGE = 50
SAYABLE = frozenset({
    "kit", "version", "mode", "synthetic", "changed", "number", "kind", "how", "count", "pinned", "move", "key",
    "term", "removed", "origin", "reworded_from", "stages", "what", "reason", "decision", "role", "late", "is_late",
    "snapshot", "section", "clause", "state", "statements", "participants", "votes", "comments", "format", "title",
})  # fmt: skip
"""Facts that the record shows. Positions, answers, names and ids are never among them."""
CLOSED = frozenset({
    EventKind.VOTE_CAST, EventKind.PASS_EXPLAINED, EventKind.MODEL_RATED, EventKind.COMBINATION_MADE,
    EventKind.RESPONSE_SAVED, EventKind.CONSENT_RECORDED, EventKind.SEAT_ADDED, EventKind.INVITATION_ISSUED,
    EventKind.VOTE_UNDONE, EventKind.STATEMENT_SKIPPED, EventKind.STATEMENT_SHOWN, EventKind.SEAT_EDITED,
    EventKind.LOBBY_ENTERED, EventKind.LOBBY_MATCHED, EventKind.LOBBY_REFUSED,
})  # fmt: skip
"""Kinds of which only that they happened is said, never a fact."""

HIDDEN = (EventKind.WELFARE_CONCERN_RAISED, EventKind.WELFARE_CONCERN_CLOSED)
"""Kinds that the record does not show at all: even when somebody worried says something about a person."""


@dataclass(frozen=True)
class Entry:
    """One event as staff read it. `actor_role` is "participant", "staff" or "program"."""

    kind: EventKind
    actor_role: str
    happened_at: datetime
    about: str
    facts: Mapping[str, Any]
    is_sealed: bool


def entries(dialogue: Dialogue, kind: EventKind | None, page: int) -> tuple[list[Entry], int]:
    """(one page of the record, how many events there are of this kind)."""
    wanted = select(Event.id).where(Event.dialogue_id == dialogue.id, Event.kind.not_in(HIDDEN))
    if kind is not None:
        wanted = wanted.where(Event.kind == kind)
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = db.session.execute(
        select(Event, EventPayload, EventSeal.seq)
        .outerjoin(EventPayload, EventPayload.event_id == Event.id)
        .outerjoin(EventSeal, EventSeal.event_id == Event.id)
        .where(Event.id.in_(wanted))
        .order_by(Event.id.desc())
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    )
    return [_entry(event, payload, seq) for event, payload, seq in rows], total


def kinds_of(dialogue: Dialogue) -> dict[EventKind, int]:
    """How many events of each kind there are."""
    rows = db.session.execute(
        select(Event.kind, func.count())
        .where(Event.dialogue_id == dialogue.id, Event.kind.not_in(HIDDEN))
        .group_by(Event.kind)
    )
    return {kind: count for kind, count in rows}  # noqa: C416 - a Row is no pair to mypy


def _entry(event: Event, payload: EventPayload | None, seq: int | None) -> Entry:
    facts: dict[str, Any] = {}
    if payload is not None and event.kind not in CLOSED:
        facts = {name: value for name, value in payload.facts.items() if name in SAYABLE and value not in ("", None)}
    about = payload.object_kind if payload is not None else ""
    return Entry(event.kind, event.actor_role, event.happened_at, about, facts, seq is not None)
