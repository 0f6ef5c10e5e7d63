"""Statements, where they are placed, votes (all of them and the current one), what was shown."""

import uuid

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Words, enum_type
from deliberation.moderation import ReasonCode, WordState
from deliberation.stewardship import Approach, Stance
from deliberation.voting import Origin, PassReason

_POSITION = "position IN (-1, 0, 1)"


class Statement(PublicId, Base):
    """A short claim people vote on. Once voted on or cited its text is never edited: see `derived_from`."""

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        # the moderation desk: its queue in order, and its counts
        Index("ix_statement_queue", "dialogue_id", "state", "created_at", "public_id"),
        Index("ix_statement_counts", "dialogue_id", "origin", "state", "stage_id", "lang", "is_late"),
    )
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    text: Mapped[Words]
    lang: Mapped[Language]
    origin: Mapped[Origin] = mapped_column(enum_type(Origin, "origin"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    approach: Mapped[Approach] = mapped_column(enum_type(Approach, "approach"), default=Approach.GENERAL)
    stance: Mapped[Stance | None] = mapped_column(enum_type(Stance, "stance"))
    derived_from_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id", ondelete="SET NULL"))
    state: Mapped[WordState] = mapped_column(enum_type(WordState, "state"), default=WordState.WAITING)
    reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason"))
    is_meta: Mapped[bool] = mapped_column(default=False)
    is_late: Mapped[bool] = mapped_column(default=False)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    external_id: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[Moment]
    withdrawn_at: Mapped[MaybeMoment]
    derived_from: Mapped["Statement | None"] = relationship(remote_side="Statement.id")


class StageStatement(Base):
    """A statement placed in a stage, pinned to the front if so wished. `times_shown` counts its exposures there."""

    __tablename__ = "stage_statement"
    __table_args__ = (UniqueConstraint("stage_id", "statement_id"),)
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    is_pinned: Mapped[bool] = mapped_column(default=False)
    times_shown: Mapped[int] = mapped_column(default=0, server_default="0")
    statement: Mapped[Statement] = relationship()


class Vote(Base):
    """Every vote ever cast, with session, stage and table as they were. Rows are only added; undoing marks one."""

    __tablename__ = "vote"
    __table_args__ = (CheckConstraint(_POSITION, name="position"),)
    id: Mapped[Key]
    client_key: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    is_important: Mapped[bool] = mapped_column(default=False)
    pass_reason: Mapped[PassReason | None] = mapped_column(enum_type(PassReason, "pass_reason"))
    is_late: Mapped[bool] = mapped_column(default=False)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_session.id", ondelete="SET NULL"))
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    cast_at: Mapped[Moment]
    undone_at: Mapped[MaybeMoment]


class CurrentVote(Base):
    """The one vote that counts now for a participant and a statement."""

    __tablename__ = "current_vote"
    __table_args__ = (
        UniqueConstraint("participant_id", "statement_id"),
        CheckConstraint(_POSITION, name="position"),
    )
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id", ondelete="CASCADE"), unique=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    is_important: Mapped[bool] = mapped_column(default=False)
    cast_at: Mapped[Moment]


class Condition(PublicId, Base):
    """What an "it depends" depends on; travels to themes, findings and clauses."""

    __tablename__ = "condition"
    __table_args__ = (Index("ix_condition_queue", "state", "created_at", "public_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    text: Mapped[Words]
    lang: Mapped[Language]
    state: Mapped[WordState] = mapped_column(enum_type(WordState, "state"), default=WordState.WAITING)
    reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason"))
    created_at: Mapped[Moment]


class VoteReason(PublicId, Base):
    """Why somebody agreed or disagreed: chips, words, or both. It counts while their vote has this position.

    Words are a comment on the statement, so that they are checked, shown, sorted and taken back like any other.
    """

    __tablename__ = "vote_reason"
    __table_args__ = (
        UniqueConstraint("participant_id", "statement_id", "position"),
        CheckConstraint("position IN (-1, 1)", name="position"),
    )
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    chips: Mapped[list[str]] = mapped_column(JSON, default=list)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"), unique=True)
    given_at: Mapped[Moment]


class Exposure(Base):
    """A statement that was put to a participant, and the probability with which it was chosen."""

    __tablename__ = "exposure"
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    probability: Mapped[float]
    shown_at: Mapped[Moment]
    answered_at: Mapped[MaybeMoment]


Index("ix_exposure_participant_stage", Exposure.participant_id, Exposure.stage_id)
