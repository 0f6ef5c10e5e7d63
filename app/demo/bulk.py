"""Many rows and their events at once, with the same commitments that `record` makes one by one."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from app.db import db, utcnow
from app.models.events import Event, EventPayload
from app.models.types import new_public_id
from deliberation.events import EventKind, commitment
from deliberation.roles import Role


def record_many(kind: EventKind, dialogue_id: int, acts: Sequence[Mapping[str, Any]]) -> None:
    """Events of participants. Each act: actor, object_kind, object_ref (texts) and facts."""
    events, payloads = [], {}
    for act in acts:
        payload = {
            "actor": act["actor"],
            "object_kind": act["object_kind"],
            "object_ref": act["object_ref"],
            "facts": dict(act["facts"]),
        }
        salt, event_id = secrets.token_hex(16), new_public_id()
        payloads[event_id] = {**payload, "salt": salt}
        events.append(
            {
                "event_id": event_id,
                "dialogue_id": dialogue_id,
                "kind": kind,
                "actor_role": Role.PARTICIPANT.value,
                "happened_at": utcnow(),
                "commitment": commitment(salt, payload),
            }
        )
    if not events:
        return
    db.session.execute(insert(Event), events)
    rows = db.session.execute(
        select(Event.id, Event.event_id).where(Event.dialogue_id == dialogue_id, Event.kind == kind)
    )
    found = [{"event_id": row.id, **payloads[row.event_id]} for row in rows if row.event_id in payloads]
    db.session.execute(insert(EventPayload), found)
