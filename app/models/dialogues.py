"""A dialogue, its sessions and stages, and the tables people sit at."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Facts, Key, Language, MaybeMoment, Moment, PublicId, Short, UtcDateTime, Words, enum_type
from deliberation.on_behalf import LateWindow
from deliberation.sessions import DialogueMode
from deliberation.stages import Setting, StageKind, StageState


class Dialogue(PublicId, Base):
    """The whole public exercise on one central question."""

    __tablename__ = "dialogue"
    id: Mapped[Key]
    title: Mapped[Short]
    short_title: Mapped[Short]
    question: Mapped[Words]
    summary: Mapped[Words] = mapped_column(default="")
    welcome: Mapped[Words] = mapped_column(default="")
    how_it_is_used: Mapped[Words] = mapped_column(default="")
    thank_you: Mapped[Words] = mapped_column(default="")
    notice: Mapped[Words] = mapped_column(default="")
    organiser: Mapped[Short] = mapped_column(default="")
    contact_name: Mapped[Short] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    mode: Mapped[DialogueMode] = mapped_column(enum_type(DialogueMode, "mode"))
    lang: Mapped[Language]
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    join_code: Mapped[str] = mapped_column(String(20), unique=True)
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    moderates_first: Mapped[bool] = mapped_column(default=True)
    late_paper: Mapped[LateWindow] = mapped_column(
        enum_type(LateWindow, "late_paper"), default=LateWindow.MORNING, server_default=LateWindow.MORNING.value
    )
    attribution: Mapped[Words] = mapped_column(default="")
    approaches: Mapped[list[Facts]] = mapped_column(JSON, default=list)
    sources: Mapped[list[Facts]] = mapped_column(JSON, default=list)
    kit: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[Moment]
    sessions: Mapped[list["DialogueSession"]] = relationship(
        back_populates="dialogue", order_by="DialogueSession.number", cascade="all, delete-orphan"
    )


class DialogueSession(PublicId, Base):
    """One workshop, or one open period online."""

    __tablename__ = "dialogue_session"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[Short]
    summary: Mapped[Words] = mapped_column(default="")
    starts_at: Mapped[MaybeMoment]
    minutes: Mapped[int] = mapped_column(default=120)
    state: Mapped[StageState] = mapped_column(enum_type(StageState, "state"), default=StageState.PLANNED)
    opened_at: Mapped[MaybeMoment]
    closed_at: Mapped[MaybeMoment]
    dialogue: Mapped[Dialogue] = relationship(back_populates="sessions")
    stages: Mapped[list["Stage"]] = relationship(
        back_populates="session", order_by="Stage.place", cascade="all, delete-orphan"
    )
    tables: Mapped[list["BreakoutTable"]] = relationship(
        back_populates="session", order_by="BreakoutTable.number", cascade="all, delete-orphan"
    )


class Stage(PublicId, Base):
    """An ordered part of a session; its kind permits certain acts.

    A vote stage says whether totals are seen before it closes, how many statements it asks for, and which reasons
    it offers (None: the usual ones). Votes up to `told_vote_id` were told when it had closed and was opened again.
    """

    __tablename__ = "stage"
    __table_args__ = (CheckConstraint("minutes >= 0", name="minutes"),)
    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("dialogue_session.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    kind: Mapped[StageKind] = mapped_column(enum_type(StageKind, "kind"))
    title: Mapped[Short]
    intro: Mapped[Words] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=10)
    setting: Mapped[Setting] = mapped_column(enum_type(Setting, "setting"), default=Setting.ALONE)
    state: Mapped[StageState] = mapped_column(enum_type(StageState, "state"), default=StageState.PLANNED)
    opened_at: Mapped[MaybeMoment]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    questionnaire_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire.id", ondelete="SET NULL"))
    told_vote_id: Mapped[int | None]
    results_early: Mapped[bool] = mapped_column(default=False, server_default=false())
    minimum_votes: Mapped[int] = mapped_column(default=0, server_default="0")
    reason_chips: Mapped[Facts | None] = mapped_column(JSON)
    session: Mapped[DialogueSession] = relationship(back_populates="stages")


class BreakoutTable(Base):
    """A breakout group within a session: a Table in the glossary."""

    __tablename__ = "breakout_table"
    __table_args__ = (UniqueConstraint("session_id", "number"),)
    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("dialogue_session.id", ondelete="CASCADE"))
    number: Mapped[int]
    session: Mapped[DialogueSession] = relationship(back_populates="tables")


class TableSeat(Base):
    """Who sits at which table in a session."""

    __tablename__ = "table_seat"
    __table_args__ = (UniqueConstraint("session_id", "participant_id"),)
    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("dialogue_session.id", ondelete="CASCADE"))
    table_id: Mapped[int] = mapped_column(ForeignKey("breakout_table.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)


class StageProgress(Base):
    """When a participant started and finished a stage."""

    __tablename__ = "stage_progress"
    __table_args__ = (UniqueConstraint("participant_id", "stage_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[Moment]
    finished_at: Mapped[MaybeMoment]
