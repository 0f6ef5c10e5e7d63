"""What moderators decided about words, and what the desk notes about them."""

import uuid

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, MaybeMoment, Moment, PublicId, enum_type
from deliberation.moderation import Decision, ReasonCode, WordState


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
