"""Coming in, in prepared statements: a place in an open dialogue, answers to one screen, the beginning of a stage.

The same rows and events as `services.joining`, `services.consent` and `services.taking_part` write; a test compares.
"""

import secrets
import uuid
from collections.abc import Collection
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import Connection, bindparam, insert
from sqlalchemy.dialects import postgresql, sqlite

from app.models.consent import Consent
from app.models.dialogues import Stage, StageProgress
from app.models.people import Participant, ParticipantDevice
from app.models.types import new_public_id
from app.prepared import Prepared
from app.queries.arriving import Arrival, is_taken
from app.queries.people import digest_of
from app.queries.standing import ItsDialogue, Standing
from app.services.recording import event_values, keep_event
from deliberation.consent import ASKED, Purpose, Screen, shown_digest
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.joining import Admission, admission
from deliberation.pseudonyms import draw_pseudonym
from deliberation.roles import Role

TRIES = 8
"""Pseudonyms drawn here; where all were taken, the ordinary way reads the whole list."""

_PARTICIPANT = ("public_id", "dialogue_id", "pseudonym", "lang", "joined_at", "left_at", "external_id")
_ADD_PARTICIPANT = Prepared(
    insert(Participant).values({name: bindparam(name) for name in _PARTICIPANT}).returning(Participant.id),
    writes=True,
)
_DEVICE = ("participant_id", "token_digest", "created_at", "revoked_at")
_ADD_DEVICE = Prepared(insert(ParticipantDevice).values({name: bindparam(name) for name in _DEVICE}), writes=True)
_CONSENT = ("participant_id", "purpose", "version", "digest", "is_given", "recorded_at")
_ADD_CONSENT = Prepared(insert(Consent).values({name: bindparam(name) for name in _CONSENT}), writes=True)
_PROGRESS = ("participant_id", "stage_id", "started_at", "finished_at")
_ADD_PROGRESS = Prepared(
    lambda dialect: (postgresql if dialect.name == "postgresql" else sqlite)
    .insert(StageProgress)
    .values({name: bindparam(name) for name in _PROGRESS})
    .on_conflict_do_nothing(index_elements=["participant_id", "stage_id"]),
    writes=True,
)


class _Taken:
    """Pseudonyms that somebody has, asked for one by one."""

    def __init__(self, connection: Connection, dialogue_id: int) -> None:
        self._connection, self._dialogue_id, self._asked = connection, dialogue_id, 0

    def __contains__(self, name: object) -> bool:
        self._asked += 1
        if self._asked > TRIES:
            raise RuleError("no_pseudonym_left")
        return is_taken(self._connection, self._dialogue_id, str(name))


def join(connection: Connection, dialogue: ItsDialogue, *, lang: str, rng: Random, now: datetime) -> str:
    """A new participant of an open dialogue with one device; returns its token.

    Raises:
        RuleError: `lobby_first` in a panel; `no_pseudonym_left` after a few tries, and then the ordinary way tries all.
    """
    if admission(dialogue.mode) is not Admission.STRAIGHT_IN:
        raise RuleError("lobby_first")
    pseudonym, public_id = draw_pseudonym(_Taken(connection, dialogue.id), rng), new_public_id()
    row = _ADD_PARTICIPANT.row(
        connection,
        public_id=public_id, dialogue_id=dialogue.id, pseudonym=pseudonym, lang=lang, joined_at=now, left_at=None,
        external_id=None,
    )  # fmt: skip
    facts = {"mode": dialogue.mode.value}
    _record(connection, EventKind.PARTICIPANT_JOINED, public_id, dialogue.id, facts, now, Participant, public_id)
    token = secrets.token_urlsafe(32)
    _ADD_DEVICE.do(
        connection, participant_id=row[0], token_digest=digest_of(token), created_at=now, revoked_at=None
    )
    _record(connection, EventKind.DEVICE_ADDED, public_id, dialogue.id, {}, now)
    return token


def keep_answers(
    connection: Connection, arrival: Arrival, screen: Screen, given: Collection[Purpose], digest: str, *, now: datetime
) -> None:
    """One row for each purpose of the screen, with version and digest of the words that were shown.

    Raises:
        RuleError: `consent_text_missing`, or `consent_text_changed` when the words are others than were shown.
    """
    texts = arrival.texts(ASKED[screen])
    if len(texts) < len(ASKED[screen]):
        raise RuleError("consent_text_missing")
    if shown_digest(texts) != digest:
        raise RuleError("consent_text_changed")
    person = arrival.person
    for purpose, text in texts.items():
        is_given = purpose in given
        _ADD_CONSENT.do(
            connection,
            participant_id=person.id, purpose=purpose, version=text.version, digest=text.digest, is_given=is_given,
            recorded_at=now,
        )  # fmt: skip
        facts = {"purpose": purpose.value, "version": text.version, "given": is_given}
        _record(connection, EventKind.CONSENT_RECORDED, person.public_id, person.dialogue_id, facts, now)


def begin(connection: Connection, standing: Standing, *, now: datetime) -> None:
    """Notes that the person began the stage; beginning again changes nothing."""
    person, stage = standing.person, standing.stage
    added = _ADD_PROGRESS.do(
        connection, participant_id=person.id, stage_id=stage.id, started_at=now, finished_at=None
    )
    if added:
        facts = {"kind": stage.kind.value, "number": stage.place}
        kind, dialogue_id = EventKind.STAGE_STARTED, person.dialogue_id
        _record(connection, kind, person.public_id, dialogue_id, facts, now, Stage, stage.public_id)


def _record(
    connection: Connection, kind: EventKind, actor: uuid.UUID, dialogue_id: int, facts: dict[str, Any],
    now: datetime, about: type[Participant] | type[Stage] | None = None, about_id: uuid.UUID | None = None,
) -> None:  # fmt: skip
    event, payload = event_values(
        kind, actor=str(actor), role=Role.PARTICIPANT.value, dialogue_id=dialogue_id,
        object_kind=about.__tablename__ if about else "", object_ref=str(about_id) if about_id else "", facts=facts,
        now=now,
    )  # fmt: skip
    keep_event(connection, event, payload)
