"""What moderators decided about words, what the desk notes about them, and what was said about a decision."""

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, MaybeMoment, Moment, PublicId, Words, enum_type
from deliberation.moderation import Decision, LineageKind, ReasonCode, WordState


class ModerationDecision(PublicId, Base):
    """One decision about some words, whatever kind they are; undoing keeps the row.

    `kind` is a key of the registry (app/queries/word_kinds.py), `words_ref` the words' public id.
    """

    __tablename__ = "moderation_decision"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    words_ref: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    decision: Mapped[Decision] = mapped_column(enum_type(Decision, "decision"))
    reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason"))
    state_before: Mapped[WordState] = mapped_column(enum_type(WordState, "state_before"))
    reason_before: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason_before"))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[Moment]
    undone_at: Mapped[MaybeMoment]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    batch: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)


class WordMark(Base):
    """What the desk notes about words, where there is something to note. Never a word of them."""

    __tablename__ = "word_mark"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    words_ref: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    has_personal_data: Mapped[bool] = mapped_column(default=False)
    is_flagged: Mapped[bool] = mapped_column(default=False)
    wants_opinion: Mapped[bool] = mapped_column(default=False)
    is_appealed: Mapped[bool] = mapped_column(default=False)
    is_passed_on: Mapped[bool] = mapped_column(default=False)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    claimed_until: Mapped[MaybeMoment]


class SecondOpinion(PublicId, Base):
    """A moderator asks another; what each of the two would do stays."""

    __tablename__ = "second_opinion"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    words_ref: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    first_view: Mapped[Decision | None] = mapped_column(enum_type(Decision, "first_view"))
    first_reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "first_reason"))
    question: Mapped[Words] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[Moment]
    second_view: Mapped[Decision | None] = mapped_column(enum_type(Decision, "second_view"))
    second_reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "second_reason"))
    answer: Mapped[Words] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[MaybeMoment]


class Appeal(PublicId, Base):
    """An author asks to look again at one decision; the answer is theirs to read."""

    __tablename__ = "appeal"
    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id", ondelete="CASCADE"), unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    words: Mapped[Words]
    made_at: Mapped[Moment]
    outcome: Mapped[Decision | None] = mapped_column(enum_type(Decision, "outcome"))
    answer: Mapped[Words] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[MaybeMoment]


class AuthorNotice(Base):
    """What a moderator added to the words in which an author reads where their words went."""

    __tablename__ = "author_notice"
    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id", ondelete="CASCADE"), unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    note: Mapped[Words]


class StatementLineage(PublicId, Base):
    """Which statement came from which: reworded, split, or standing for another that says the same.

    `says_same`: what the author answered to "is this still what you meant?"; empty until they do.
    """

    __tablename__ = "statement_lineage"
    __table_args__ = (UniqueConstraint("parent_id", "child_id"),)
    id: Mapped[Key]
    parent_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    child_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    kind: Mapped[LineageKind] = mapped_column(enum_type(LineageKind, "kind"))
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("moderation_decision.id", ondelete="SET NULL"), index=True
    )
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[Moment]
    says_same: Mapped[bool | None]
    answered_at: Mapped[MaybeMoment]
