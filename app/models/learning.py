"""What participants are shown: materials in versions, the glossary, who read what."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Key, Language, Moment, PublicId, Short, Words


class Material(PublicId, Base):
    """One thing to read; its words are in versions."""

    __tablename__ = "material"
    __table_args__ = (UniqueConstraint("dialogue_id", "key"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20), default="explainer")
    place: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=5)
    is_invented: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    versions: Mapped[list["MaterialVersion"]] = relationship(
        back_populates="material", order_by="MaterialVersion.number", cascade="all, delete-orphan"
    )

    @property
    def current(self) -> "MaterialVersion":
        """The newest version."""
        return self.versions[-1]


class MaterialVersion(Base):
    """The exact words of a material; an edit makes a new version."""

    __tablename__ = "material_version"
    __table_args__ = (UniqueConstraint("material_id", "number"),)
    id: Mapped[Key]
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[Short]
    body: Mapped[Words]
    lang: Mapped[Language]
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)
    digest: Mapped[str] = mapped_column(String(64))
    supplied_by: Mapped[Short] = mapped_column(default="", server_default="")
    created_at: Mapped[Moment]
    material: Mapped[Material] = relationship(back_populates="versions")


class StageMaterial(Base):
    """A material placed in a stage."""

    __tablename__ = "stage_material"
    __table_args__ = (UniqueConstraint("stage_id", "material_id"),)
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]


class MaterialReading(Base):
    """Which participant said "I have read this" of which version, and when."""

    __tablename__ = "material_reading"
    __table_args__ = (UniqueConstraint("participant_id", "version_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id", ondelete="CASCADE"), index=True)
    read_at: Mapped[Moment]


class MaterialShowing(Base):
    """Which version stood on the way of which participant first, and when: set by the press before the page.

    It says that the page was offered, not that it was read; that only the person can say (`material_reading`).
    """

    __tablename__ = "material_showing"
    __table_args__ = (UniqueConstraint("participant_id", "version_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id", ondelete="CASCADE"), index=True)
    shown_at: Mapped[Moment]


class ModelReading(Base):
    """Which participant said "I have read this" of which model card."""

    __tablename__ = "model_reading"
    __table_args__ = (UniqueConstraint("participant_id", "model_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    model_id: Mapped[int] = mapped_column(ForeignKey("stewardship_model.id", ondelete="CASCADE"), index=True)
    read_at: Mapped[Moment]


class GlossaryTerm(PublicId, Base):
    """A word explained in place to participants."""

    __tablename__ = "glossary_term"
    __table_args__ = (UniqueConstraint("dialogue_id", "lang", "term"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    term: Mapped[Short]
    definition: Mapped[Words]
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    lang: Mapped[Language]
