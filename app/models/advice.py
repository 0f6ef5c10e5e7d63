"""Packs for the Oversight Group, who has read what in them, and advice with its answers."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.oversight import OversightGroup, OversightMember, ReviewItem, ReviewVersion
from app.models.people import Account
from app.models.types import Key, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.oversight import AdviceType, Response, Severity


class ReviewPack(PublicId, Base):
    """What the group reads before it meets on `meets_on`; nothing of it is seen by members before `sent_at`."""

    __tablename__ = "review_pack"
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"), index=True)
    title: Mapped[Short]
    note: Mapped[Words] = mapped_column(default="")
    meets_on: Mapped[date]
    created_at: Mapped[Moment]
    sent_at: Mapped[MaybeMoment]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    group: Mapped[OversightGroup] = relationship()
    items: Mapped[list["PackItem"]] = relationship(
        order_by="PackItem.place, PackItem.id", cascade="all, delete-orphan", back_populates="pack"
    )


class PackItem(Base):
    """One bound version in a pack."""

    __tablename__ = "pack_item"
    __table_args__ = (UniqueConstraint("pack_id", "version_id"),)
    id: Mapped[Key]
    pack_id: Mapped[int] = mapped_column(ForeignKey("review_pack.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("review_version.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    pack: Mapped[ReviewPack] = relationship(back_populates="items")
    version: Mapped[ReviewVersion] = relationship()


class ReviewReading(Base):
    """Which member said "I have read this" of which bound version, and when."""

    __tablename__ = "review_reading"
    __table_args__ = (UniqueConstraint("member_id", "version_id"),)
    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("oversight_member.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("review_version.id", ondelete="CASCADE"), index=True)
    read_at: Mapped[Moment]


class Advice(PublicId, Base):
    """What a member says on one version of something, anchored to a paragraph (`anchor` empty: to the whole).

    `is_named`: shown with the member's name; otherwise as the group's. `closed_at`: the member or the chair is
    content. `overridden_at`: the lead or the chair had the material shown although this must-fix stood open.
    """

    __tablename__ = "advice"
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"))
    number: Mapped[int]
    client_key: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("review_item.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("review_version.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("oversight_member.id", ondelete="CASCADE"), index=True)
    anchor: Mapped[str] = mapped_column(String(40), default="")
    type: Mapped[AdviceType] = mapped_column(enum_type(AdviceType, "type"))
    severity: Mapped[Severity] = mapped_column(enum_type(Severity, "severity"))
    text: Mapped[Words]
    is_named: Mapped[bool] = mapped_column(default=False)
    raised_at: Mapped[Moment]
    edited_at: Mapped[MaybeMoment]
    withdrawn_at: Mapped[MaybeMoment]
    closed_at: Mapped[MaybeMoment]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    closed_why: Mapped[Words] = mapped_column(default="")
    overridden_at: Mapped[MaybeMoment]
    overridden_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    overridden_why: Mapped[Words] = mapped_column(default="")
    published_at: Mapped[MaybeMoment]
    group: Mapped[OversightGroup] = relationship()
    item: Mapped[ReviewItem] = relationship()
    version: Mapped[ReviewVersion] = relationship()
    member: Mapped[OversightMember] = relationship()
    answers: Mapped[list["AdviceAnswer"]] = relationship(
        order_by="AdviceAnswer.number", cascade="all, delete-orphan", back_populates="advice"
    )

    @property
    def answer(self) -> "AdviceAnswer | None":
        """The newest answer."""
        return self.answers[-1] if self.answers else None


class AdviceAnswer(PublicId, Base):
    """One answer to a piece of advice, and whether a member contests it. Never edited; a later answer is another row.

    `changed_in`: the version in which something changed because of the advice, in words ("version 3").
    """

    __tablename__ = "advice_answer"
    __table_args__ = (UniqueConstraint("advice_id", "number"),)
    id: Mapped[Key]
    advice_id: Mapped[int] = mapped_column(ForeignKey("advice.id", ondelete="CASCADE"))
    number: Mapped[int]
    response: Mapped[Response] = mapped_column(enum_type(Response, "response"))
    reason: Mapped[Words]
    changed_in: Mapped[Short] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    answered_at: Mapped[Moment]
    contested_at: Mapped[MaybeMoment]
    contested_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    contested_why: Mapped[Words] = mapped_column(default="")
    advice: Mapped[Advice] = relationship(back_populates="answers")
    answered_by: Mapped[Account | None] = relationship(foreign_keys=answered_by_id)
