"""Concerns about how a dialogue is run: raised in private, answered by a day, perhaps escalated, perhaps published."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.oversight import OversightGroup
from app.models.people import Account
from app.models.types import Key, MaybeMoment, Moment, PublicId, Words


class OversightConcern(PublicId, Base):
    """One concern. Who raised it is never published; `decision` is the commissioner's answer."""

    __tablename__ = "oversight_concern"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer"),
        CheckConstraint("(decided_at IS NULL) = (decision = '')", name="decision"),
        CheckConstraint("decided_at IS NULL OR escalated_at IS NOT NULL", name="escalated"),
    )
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"))
    number: Mapped[int]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    text: Mapped[Words]
    raised_at: Mapped[Moment]
    due_on: Mapped[date]
    answer: Mapped[Words] = mapped_column(default="")
    answered_at: Mapped[MaybeMoment]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    escalated_at: Mapped[MaybeMoment]
    escalated_why: Mapped[Words] = mapped_column(default="")
    decision: Mapped[Words] = mapped_column(default="")
    decided_at: Mapped[MaybeMoment]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    published_at: Mapped[MaybeMoment]
    group: Mapped[OversightGroup] = relationship()
    raised_by: Mapped[Account | None] = relationship(foreign_keys=raised_by_id)
    answered_by: Mapped[Account | None] = relationship(foreign_keys=answered_by_id)
