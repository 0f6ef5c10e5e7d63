"""Meetings of the Oversight Group: agenda, declared interests, attendance, notes, and actions numbered for good."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.oversight import OversightGroup, OversightMember, ReviewGate
from app.models.types import Key, MaybeMoment, Moment, PublicId, Short, UtcDateTime, Words, enum_type
from deliberation.meetings import AgendaKind, Presence


class OversightMeeting(PublicId, Base):
    """One meeting. Whether it was held follows from its attendance."""

    __tablename__ = "oversight_meeting"
    __table_args__ = (UniqueConstraint("group_id", "number"), CheckConstraint("minutes > 0", name="minutes"))
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"))
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime())
    minutes: Mapped[int] = mapped_column(default=90)
    place: Mapped[Short] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(400), default="")
    note: Mapped[Words] = mapped_column(default="")
    created_at: Mapped[Moment]
    called_off_at: Mapped[MaybeMoment]
    group: Mapped[OversightGroup] = relationship()
    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting", order_by="AgendaItem.place, AgendaItem.id", cascade="all, delete-orphan"
    )
    declarations: Mapped[list["MeetingDeclaration"]] = relationship(
        back_populates="meeting", order_by="MeetingDeclaration.id", cascade="all, delete-orphan"
    )
    attendance: Mapped[list["MeetingAttendance"]] = relationship(
        back_populates="meeting", order_by="MeetingAttendance.id", cascade="all, delete-orphan"
    )


class AgendaItem(PublicId, Base):
    """One part of the agenda, and the note of what was said. A gate is named where the part is about one."""

    __tablename__ = "agenda_item"
    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("oversight_meeting.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    kind: Mapped[AgendaKind] = mapped_column(enum_type(AgendaKind, "kind"))
    title: Mapped[Short]
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("review_gate.id", ondelete="SET NULL"), index=True)
    note: Mapped[Words] = mapped_column(default="")
    noted_at: Mapped[MaybeMoment]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    meeting: Mapped[OversightMeeting] = relationship(back_populates="items")
    gate: Mapped[ReviewGate | None] = relationship()


class MeetingDeclaration(Base):
    """What a member declared at one meeting beside what stands; no words: nothing to add."""

    __tablename__ = "meeting_declaration"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)
    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("oversight_meeting.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("oversight_member.id", ondelete="CASCADE"), index=True)
    text: Mapped[Words] = mapped_column(default="")
    declared_at: Mapped[Moment]
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    meeting: Mapped[OversightMeeting] = relationship(back_populates="declarations")
    member: Mapped[OversightMember] = relationship()
    conflicts: Mapped[list["MeetingConflict"]] = relationship(
        back_populates="declaration", cascade="all, delete-orphan"
    )


class MeetingConflict(Base):
    """A part of the agenda that a member steps out of because of an interest."""

    __tablename__ = "meeting_conflict"
    __table_args__ = (UniqueConstraint("declaration_id", "item_id"),)
    id: Mapped[Key]
    declaration_id: Mapped[int] = mapped_column(ForeignKey("meeting_declaration.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True)
    declaration: Mapped[MeetingDeclaration] = relationship(back_populates="conflicts")


class MeetingAttendance(Base):
    """How one member came to one meeting; a deputy for whom."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)
    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("oversight_meeting.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("oversight_member.id", ondelete="CASCADE"), index=True)
    presence: Mapped[Presence] = mapped_column(enum_type(Presence, "presence"))
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("oversight_member.id", ondelete="SET NULL"))
    meeting: Mapped[OversightMeeting] = relationship(back_populates="attendance")
    member: Mapped[OversightMember] = relationship(foreign_keys=member_id)
    instead_of: Mapped[OversightMember | None] = relationship(foreign_keys=instead_of_id)


class OversightAction(PublicId, Base):
    """Something that somebody will do; its number ("A7") is never used again. `owner` where it is no member."""

    __tablename__ = "oversight_action"
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"))
    number: Mapped[int]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("oversight_meeting.id", ondelete="SET NULL"), index=True)
    text: Mapped[Words]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("oversight_member.id", ondelete="SET NULL"))
    owner: Mapped[Short] = mapped_column(default="")
    due_on: Mapped[date | None]
    created_at: Mapped[Moment]
    done_at: Mapped[MaybeMoment]
    outcome: Mapped[Words] = mapped_column(default="")
    group: Mapped[OversightGroup] = relationship()
    meeting: Mapped[OversightMeeting | None] = relationship()
    member: Mapped[OversightMember | None] = relationship()

    @property
    def code(self) -> str:
        """How it is called: A1, A2 ..."""
        return f"A{self.number}"
