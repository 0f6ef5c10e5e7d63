"""One act, one event, in the same transaction; and the checks that every act repeats inside it."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert

from app.db import db, utcnow
from app.models.dialogues import Dialogue, Stage
from app.models.events import Event, EventPayload
from app.models.people import Account, Participant
from app.models.types import new_public_id
from app.prepared import Prepared
from deliberation.events import EventKind, commitment
from deliberation.roles import Action, Actor, Relation, Role, Thing, check_may
from deliberation.stages import StageState, state_in_session, state_now

By = Account | Participant | None
"""Who acts; None is the program itself (a job, an import)."""


def record(
    kind: EventKind,
    *,
    by: By,
    dialogue_id: int,
    about: Any = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Adds the event and its payload to the open transaction.

    Args:
        about: the row it is about; its table and public id are kept.
        facts: small JSON values. Never a person's name or contact.
    """
    values, payload = event_values(
        kind,
        actor=str(by.public_id) if by is not None else "program",
        role=_role_word(by),
        dialogue_id=dialogue_id,
        object_kind=about.__tablename__ if about is not None else "",
        object_ref=_reference(about),
        facts=dict(facts or {}),
        now=utcnow(),
    )
    db.session.flush()
    keep_event(db.session.connection(), values, payload)


EVENT = ("event_id", "dialogue_id", "kind", "actor_role", "happened_at", "commitment")
PAYLOAD = ("event_id", "actor", "object_kind", "object_ref", "facts", "salt")
_ADD_EVENT = Prepared(
    insert(Event).values({name: bindparam(name) for name in EVENT}).returning(Event.id), writes=True
)
_ADD_PAYLOAD = Prepared(insert(EventPayload).values({name: bindparam(name) for name in PAYLOAD}), writes=True)


def keep_event(connection: Connection, event: dict[str, Any], payload: dict[str, Any]) -> None:
    """Writes what `event_values` made."""
    row = _ADD_EVENT.row(connection, **event)
    _ADD_PAYLOAD.do(connection, **payload, event_id=row[0])


def event_values(
    kind: EventKind, *, actor: str, role: str, dialogue_id: int, object_kind: str, object_ref: str,
    facts: dict[str, Any], now: datetime,
) -> tuple[dict[str, Any], dict[str, Any]]:  # fmt: skip
    """The columns of an event, with the commitment to its payload, and those of the payload without `event_id`."""
    payload = {"actor": actor, "object_kind": object_kind, "object_ref": object_ref, "facts": facts}
    salt = secrets.token_hex(16)
    event = {
        "event_id": new_public_id(),
        "dialogue_id": dialogue_id,
        "kind": kind,
        "actor_role": role,
        "happened_at": now,
        "commitment": commitment(salt, payload),
    }
    return event, {**payload, "salt": salt}


def check_stage_act(stage: Stage, action: Action, *, relation: Relation = Relation.SAME_DIALOGUE) -> bool:
    """Inside the transaction: may a participant still do this in the stage? Returns whether it is late.

    Raises:
        NotAllowed: `stage_not_open` or `not_allowed`.
    """
    thing = stage_thing(stage, relation)
    check_may(Actor(frozenset({Role.PARTICIPANT})), action, thing)
    return thing.stage_state is StageState.CLOSING


def stage_thing(stage: Stage, relation: Relation = Relation.SAME_DIALOGUE) -> Thing:
    """A stage as the permission table sees it now; a paused session pauses its open stages."""
    state = state_in_session(state_now(stage.state, stage.closed_at, utcnow()), stage.session.state)
    return Thing(relation, stage.kind, state)


def new_client_key() -> uuid.UUID:
    """A key that a form carries, so that sending it twice counts once."""
    return new_public_id()


def dialogue_of(stage: Stage) -> Dialogue:
    """The dialogue that a stage belongs to."""
    return stage.session.dialogue


def _reference(about: Any) -> str:
    if about is None:
        return ""
    return str(getattr(about, "public_id", None) or about.id)


def _role_word(by: By) -> str:
    if by is None:
        return "program"
    return Role.PARTICIPANT.value if isinstance(by, Participant) else "staff"
