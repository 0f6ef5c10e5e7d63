"""Criteria in the panel's words, the comments they come from, and what participants say of the list."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Words, enum_type
from deliberation.criteria import CriteriaAnswer


class Criterion(PublicId, Base):
    """One wording of a criterion. An edit is a new row that replaces this one; the list is closed once chosen."""

    __tablename__ = "criterion"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    text: Mapped[Words]
    lang: Mapped[Language]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id", ondelete="SET NULL"))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Moment]
    replaced_at: Mapped[MaybeMoment]
    dropped_at: Mapped[MaybeMoment]
    chosen_at: Mapped[MaybeMoment]
    sources: Mapped[list["CriterionSource"]] = relationship(order_by="CriterionSource.id", cascade="all, delete-orphan")


class CriterionSource(Base):
    """A comment that a criterion was gathered from."""

    __tablename__ = "criterion_source"
    __table_args__ = (UniqueConstraint("criterion_id", "comment_id"),)
    id: Mapped[Key]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)


class CriteriaCheck(Base):
    """What one participant says of the list in a stage; what is missing is a comment."""

    __tablename__ = "criteria_check"
    __table_args__ = (UniqueConstraint("participant_id", "stage_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    answer: Mapped[CriteriaAnswer] = mapped_column(enum_type(CriteriaAnswer, "answer"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"))
    is_late: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[Moment]
