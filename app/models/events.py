"""The event log in two tables, its seals, and job rows."""

import uuid

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Facts, Key, MaybeMoment, Moment, Short, Words, enum_type
from deliberation.events import EventKind


class Event(Base):
    """What happened. Triggers refuse UPDATE and DELETE; what it was about is in `EventPayload`."""

    __tablename__ = "event"
    id: Mapped[Key]
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(enum_type(EventKind, "kind"))
    actor_role: Mapped[str] = mapped_column(String(40))
    happened_at: Mapped[Moment]
    commitment: Mapped[str] = mapped_column(String(64))


class EventPayload(Base):
    """Who and what an event was about, with the salt of its commitment. May be deleted; the chain holds."""

    __tablename__ = "event_payload"
    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    actor: Mapped[str] = mapped_column(String(64))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_ref: Mapped[str] = mapped_column(String(64), index=True)
    facts: Mapped[Facts] = mapped_column(JSON)
    salt: Mapped[str] = mapped_column(String(64))


class EventSeal(Base):
    """The place of a committed event in its dialogue's chain; written by the sealer only."""

    __tablename__ = "event_seal"
    __table_args__ = (UniqueConstraint("dialogue_id", "seq"),)
    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    seq: Mapped[int]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Job(Base):
    """Work to be done later, written in the act's own transaction."""

    __tablename__ = "job"
    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[Facts] = mapped_column(JSON, default=dict)
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    progress: Mapped[Short] = mapped_column(default="")
    error: Mapped[Words] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    started_at: Mapped[MaybeMoment]
    finished_at: Mapped[MaybeMoment]


Index("ix_job_state_created", Job.state, Job.created_at)
