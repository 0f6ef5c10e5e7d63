"""The Oversight Group of a dialogue, its members, its review gates and the exact content that each gate binds."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.dialogues import DialogueSession
from app.models.learning import Material, MaterialVersion
from app.models.people import Account
from app.models.types import Key, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.oversight import GateKind, ItemKind

_HERE = text("left_on IS NULL")
_CHAIRS = text("left_on IS NULL AND is_chair")


class OversightGroup(PublicId, Base):
    """The group that advises on process and materials. One to a dialogue; its advice is not approval.

    `lead_id`: the facilitator who leads the dialogue and, beside the chair, may override a must-fix with a published
    reason. `quorum`: members, observers not counted. `pack_days`: days between a pack and its meeting.
    `clearance_days`: days after which minutes are clear unless a member objects.
    """

    __tablename__ = "oversight_group"
    __table_args__ = (
        CheckConstraint("quorum >= 0", name="quorum"),
        CheckConstraint("pack_days >= 0", name="pack_days"),
        CheckConstraint("clearance_days >= 0", name="clearance_days"),
    )
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), unique=True)
    name: Mapped[Short]
    remit: Mapped[Words] = mapped_column(default="")
    terms: Mapped[Words] = mapped_column(default="")
    publication_rules: Mapped[Words] = mapped_column(default="")
    publishes_members: Mapped[bool] = mapped_column(default=True)
    publishes_minutes: Mapped[bool] = mapped_column(default=True)
    publishes_advice: Mapped[bool] = mapped_column(default=True)
    quorum: Mapped[int] = mapped_column(default=0)
    pack_days: Mapped[int] = mapped_column(default=7)
    clearance_days: Mapped[int] = mapped_column(default=7)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    created_at: Mapped[Moment]
    lead: Mapped[Account | None] = relationship()
    members: Mapped[list["OversightMember"]] = relationship(
        back_populates="group", order_by="OversightMember.id", cascade="all, delete-orphan"
    )


class OversightMember(PublicId, Base):
    """A member, deputy or observer. Whoever leaves stays in the record with the day; joining again is another row.

    `account_id`: signs in as overseer; without one somebody else speaks for them. `interests`: those that stand for
    the whole term, as declared on `interests_on`; interests in one meeting belong to the meeting.
    """

    __tablename__ = "oversight_member"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="left_on"),
        CheckConstraint("NOT (is_chair AND is_observer)", name="chair"),
        Index("uq_oversight_member_account", "group_id", "account_id", unique=True,
              sqlite_where=_HERE, postgresql_where=_HERE),
        Index("uq_oversight_member_chair", "group_id", unique=True,
              sqlite_where=_CHAIRS, postgresql_where=_CHAIRS),
    )  # fmt: skip
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    name: Mapped[Short]
    organisation: Mapped[Short] = mapped_column(default="")
    is_chair: Mapped[bool] = mapped_column(default=False)
    is_observer: Mapped[bool] = mapped_column(default=False)
    deputy_of_id: Mapped[int | None] = mapped_column(ForeignKey("oversight_member.id", ondelete="SET NULL"))
    interests: Mapped[Words] = mapped_column(default="")
    interests_on: Mapped[date | None]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    created_at: Mapped[Moment]
    group: Mapped[OversightGroup] = relationship(back_populates="members")
    account: Mapped[Account | None] = relationship()
    deputy_of: Mapped["OversightMember | None"] = relationship(remote_side="OversightMember.id")


class ReviewGate(PublicId, Base):
    """A point at which the group looks at something before it is used. `advice`: the group's words as it closed."""

    __tablename__ = "review_gate"
    __table_args__ = (UniqueConstraint("group_id", "code"),)
    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("oversight_group.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(10))
    kind: Mapped[GateKind] = mapped_column(enum_type(GateKind, "kind"))
    title: Mapped[Short]
    purpose: Mapped[Words] = mapped_column(default="")
    place: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date | None]
    advice: Mapped[Words] = mapped_column(default="")
    created_at: Mapped[Moment]
    closed_at: Mapped[MaybeMoment]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    group: Mapped[OversightGroup] = relationship()
    items: Mapped[list["ReviewItem"]] = relationship(
        back_populates="gate", order_by="ReviewItem.place, ReviewItem.id", cascade="all, delete-orphan"
    )


class ReviewItem(PublicId, Base):
    """One thing at a gate. `title` stays when the thing itself is removed.

    A material or the plan of a session is named; every other kind is the dialogue's only one.
    """

    __tablename__ = "review_item"
    id: Mapped[Key]
    gate_id: Mapped[int] = mapped_column(ForeignKey("review_gate.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ItemKind] = mapped_column(enum_type(ItemKind, "kind"))
    material_id: Mapped[int | None] = mapped_column(ForeignKey("material.id", ondelete="SET NULL"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_session.id", ondelete="SET NULL"))
    title: Mapped[Short]
    place: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    gate: Mapped[ReviewGate] = relationship(back_populates="items")
    material: Mapped[Material | None] = relationship()
    session: Mapped[DialogueSession | None] = relationship()
    versions: Mapped[list["ReviewVersion"]] = relationship(
        back_populates="item", order_by="ReviewVersion.number", cascade="all, delete-orphan"
    )

    @property
    def bound(self) -> "ReviewVersion | None":
        """The content that was put before the group last."""
        return self.versions[-1] if self.versions else None


class ReviewVersion(PublicId, Base):
    """The exact content that was put before the group: its canonical text and the SHA-256 over it, in hex."""

    __tablename__ = "review_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)
    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("review_item.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Words]
    digest: Mapped[str] = mapped_column(String(64))
    material_version_id: Mapped[int | None] = mapped_column(ForeignKey("material_version.id", ondelete="SET NULL"))
    bound_at: Mapped[Moment]
    bound_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    item: Mapped[ReviewItem] = relationship(back_populates="versions")
    material_version: Mapped[MaterialVersion | None] = relationship()
