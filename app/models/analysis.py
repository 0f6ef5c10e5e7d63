"""Snapshots that never change, themes, and findings with what they cite."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Facts, Key, Language, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.terms import EvidenceKind, LinkStance


class Snapshot(PublicId, Base):
    """A saved analysis result: ids and counts, never text. Triggers refuse UPDATE."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    number: Mapped[int]
    settings: Mapped[Facts] = mapped_column(JSON)
    seed: Mapped[int]
    versions: Mapped[Facts] = mapped_column(JSON)
    inputs_digest: Mapped[str] = mapped_column(String(64))
    result_digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[Facts] = mapped_column(JSON)
    last_vote_id: Mapped[int] = mapped_column(default=0)
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[Moment]


class Theme(PublicId, Base):
    """Codes, statements or comments that belong together: drafted by machine, finalised by a person."""

    __tablename__ = "theme"
    id: Mapped[Key]
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    title: Mapped[Short]
    description: Mapped[Words] = mapped_column(default="")
    terms: Mapped[list[str]] = mapped_column(JSON, default=list)
    lang: Mapped[Language]
    finalised_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    finalised_at: Mapped[MaybeMoment]
    members: Mapped[list["ThemeMember"]] = relationship(order_by="ThemeMember.id", cascade="all, delete-orphan")
    conditions: Mapped[list["ThemeCondition"]] = relationship(
        order_by="ThemeCondition.id", cascade="all, delete-orphan"
    )


class ThemeMember(Base):
    """A statement or a comment in a theme."""

    __tablename__ = "theme_member"
    __table_args__ = (CheckConstraint("(statement_id IS NULL) <> (comment_id IS NULL)", name="one_target"),)
    id: Mapped[Key]
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    strength: Mapped[float] = mapped_column(default=1.0)


class ThemeCondition(Base):
    """A condition that a person put in a theme. The row stays, empty, when its author leaves: the count stays."""

    __tablename__ = "theme_condition"
    __table_args__ = (UniqueConstraint("theme_id", "condition_id"),)
    id: Mapped[Key]
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    condition_id: Mapped[int | None] = mapped_column(ForeignKey("condition.id", ondelete="SET NULL"), index=True)


class Finding(PublicId, Base):
    """A sentence that a person stands behind, with its evidence in one snapshot."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), index=True)
    number: Mapped[int]
    text: Mapped[Words]
    limits: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Moment]
    withdrawn_at: Mapped[MaybeMoment]
    snapshot: Mapped[Snapshot] = relationship()
    citations: Mapped[list["Citation"]] = relationship(
        back_populates="finding", order_by="Citation.id", cascade="all, delete-orphan"
    )
    conditions: Mapped[list["ConditionCitation"]] = relationship(
        order_by="ConditionCitation.id", cascade="all, delete-orphan"
    )


class Citation(Base):
    """One theme, statement or comment that a finding cites, and which way it speaks (see `ConditionCitation`)."""

    __tablename__ = "citation"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN theme_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_target",
        ),
        UniqueConstraint("finding_id", "theme_id", "statement_id", "comment_id"),
    )
    id: Mapped[Key]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_type(EvidenceKind, "kind"))
    stance: Mapped[LinkStance] = mapped_column(enum_type(LinkStance, "stance"), default=LinkStance.SUPPORTS)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    finding: Mapped[Finding] = relationship(back_populates="citations")


class ConditionCitation(Base):
    """A condition that a finding cites. The row stays, empty, when its author leaves: the count stays."""

    __tablename__ = "condition_citation"
    __table_args__ = (UniqueConstraint("finding_id", "condition_id"),)
    id: Mapped[Key]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"))
    condition_id: Mapped[int | None] = mapped_column(ForeignKey("condition.id", ondelete="SET NULL"), index=True)
    stance: Mapped[LinkStance] = mapped_column(enum_type(LinkStance, "stance"), default=LinkStance.SUPPORTS)


class Code(PublicId, Base):
    """One label of the codebook; the kit brings the starters."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("dialogue_id", "key"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[Short]
    definition: Mapped[Words]
    include: Mapped[Words] = mapped_column(default="")
    exclude: Mapped[Words] = mapped_column(default="")
    example: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
