"""Minutes in versions that are never edited, objections to them with answers, and whether the public page is open."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.meetings import OversightMeeting
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Words


class MinutesVersion(PublicId, Base):
    """The exact words of a meeting's minutes (Markdown). `note`: what a later version changes and why.

    Only `circulated_at`, `clear_by` and `published_at` are ever filled in afterwards.
    """

    __tablename__ = "minutes_version"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("(circulated_at IS NULL) = (clear_by IS NULL)", name="circulated"),
        CheckConstraint("published_at IS NULL OR circulated_at IS NOT NULL", name="published"),
    )
    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("oversight_meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Words]
    note: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    written_at: Mapped[Moment]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    circulated_at: Mapped[MaybeMoment]
    clear_by: Mapped[MaybeMoment]
    published_at: Mapped[MaybeMoment]
    meeting: Mapped[OversightMeeting] = relationship()
    written_by: Mapped[Account | None] = relationship()
    objections: Mapped[list["MinutesObjection"]] = relationship(
        back_populates="version", order_by="MinutesObjection.id", cascade="all, delete-orphan"
    )


class MinutesObjection(PublicId, Base):
    """A member's objection to circulated minutes, in words, and its answer."""

    __tablename__ = "minutes_objection"
    __table_args__ = (CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer"),)
    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("minutes_version.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("oversight_member.id", ondelete="CASCADE"), index=True)
    text: Mapped[Words]
    raised_at: Mapped[Moment]
    answer: Mapped[Words] = mapped_column(default="")
    answered_at: Mapped[MaybeMoment]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    version: Mapped[MinutesVersion] = relationship(back_populates="objections")
    member: Mapped[OversightMember] = relationship()


class OversightPage(Base):
    """That the group's public page was opened, and by whom; without a row nobody outside sees anything of it."""

    __tablename__ = "oversight_page"
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"), unique=True)
    opened_at: Mapped[Moment]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    group: Mapped[OversightGroup] = relationship()
