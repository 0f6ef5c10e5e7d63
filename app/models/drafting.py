"""Findings and research questions that tables write in their own words, with what others say to them."""

import uuid

from sqlalchemy import ForeignKey, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.dialogues import Stage
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Words, enum_type
from deliberation.drafting import Agreement, DraftKind, SuggestionState


class Draft(PublicId, Base):
    """A finding or research question of one table (None: of the whole dialogue). `finding_id`: taken over into it.

    `number` counts within the stage; it says nothing of the table. Versions belong to the table, not to its scribe.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("stage_id", "number"),)
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    kind: Mapped[DraftKind] = mapped_column(enum_type(DraftKind, "kind"))
    pen_holder_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    pen_used_at: Mapped[MaybeMoment]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id", ondelete="SET NULL"), index=True)
    lang: Mapped[Language]
    created_at: Mapped[Moment]
    stage: Mapped[Stage] = relationship()
    versions: Mapped[list["DraftVersion"]] = relationship(order_by="DraftVersion.number", cascade="all, delete-orphan")

    @property
    def current(self) -> "DraftVersion":
        """The newest version."""
        return self.versions[-1]

    @property
    def shown(self) -> "DraftVersion | None":
        """The newest version that everyone may see."""
        return next((one for one in reversed(self.versions) if one.is_shown), None)


class DraftVersion(Base):
    """One wording of a draft, saved by the scribe of that moment. `is_shown`: everyone in the dialogue may see it."""

    __tablename__ = "draft_version"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)
    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Words]
    is_shown: Mapped[bool] = mapped_column(default=False)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    written_at: Mapped[Moment]


class DraftSuggestion(PublicId, Base):
    """Other words for a draft or a quoted part of it, and what the table did with them."""

    __tablename__ = "draft_suggestion"
    id: Mapped[Key]
    client_key: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    quote: Mapped[Words] = mapped_column(default="")
    text: Mapped[Words]
    state: Mapped[SuggestionState] = mapped_column(enum_type(SuggestionState, "state"), default=SuggestionState.OPEN)
    reason: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    created_at: Mapped[Moment]
    answered_at: Mapped[MaybeMoment]
    draft: Mapped[Draft] = relationship()


class DraftAgreement(Base):
    """Whether a person agrees with a draft, or agrees except for something."""

    __tablename__ = "draft_agreement"
    __table_args__ = (UniqueConstraint("draft_id", "participant_id"),)
    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    version: Mapped[int]
    said: Mapped[Agreement] = mapped_column(enum_type(Agreement, "said"))
    words: Mapped[Words] = mapped_column(default="")
    said_at: Mapped[Moment]
