"""Terms of Reference: sections, clauses, their wordings, and the evidence under each clause."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.analysis import Finding
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.terms import LinkStance, TermsState, WordingKind


class TermsOfReference(PublicId, Base):
    """The fund's document. One to a dialogue."""

    __tablename__ = "terms_of_reference"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), unique=True)
    title: Mapped[Short]
    introduction: Mapped[Words] = mapped_column(default="")
    state: Mapped[TermsState] = mapped_column(enum_type(TermsState, "state"), default=TermsState.DRAFT)
    lang: Mapped[Language]
    published_at: Mapped[MaybeMoment]
    sections: Mapped[list["TermsSection"]] = relationship(
        back_populates="terms", order_by="TermsSection.number", cascade="all, delete-orphan"
    )


class TermsSection(PublicId, Base):
    """A numbered section of the outline."""

    __tablename__ = "terms_section"
    __table_args__ = (UniqueConstraint("terms_id", "number"),)
    id: Mapped[Key]
    terms_id: Mapped[int] = mapped_column(ForeignKey("terms_of_reference.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[Short]
    is_required: Mapped[bool] = mapped_column(default=False)
    evidence_needed: Mapped[Words] = mapped_column(default="")
    guidance: Mapped[Words] = mapped_column(default="")
    terms: Mapped[TermsOfReference] = relationship(back_populates="sections")
    clauses: Mapped[list["Clause"]] = relationship(
        back_populates="section", order_by="Clause.place", cascade="all, delete-orphan"
    )


class Clause(PublicId, Base):
    """One numbered part of a section; its words are its newest wording."""

    __tablename__ = "clause"
    id: Mapped[Key]
    section_id: Mapped[int] = mapped_column(ForeignKey("terms_section.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    created_at: Mapped[Moment]
    removed_at: Mapped[MaybeMoment]
    section: Mapped[TermsSection] = relationship(back_populates="clauses")
    wordings: Mapped[list["ClauseWording"]] = relationship(
        back_populates="clause", order_by="ClauseWording.version", cascade="all, delete-orphan"
    )
    links: Mapped[list["EvidenceLink"]] = relationship(
        back_populates="clause", order_by="EvidenceLink.id", cascade="all, delete-orphan"
    )


class ClauseWording(Base):
    """A wording of a clause: the participants' or the commissioner's. Both are kept and shown."""

    __tablename__ = "clause_wording"
    __table_args__ = (UniqueConstraint("clause_id", "version"),)
    id: Mapped[Key]
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id", ondelete="CASCADE"))
    version: Mapped[int]
    kind: Mapped[WordingKind] = mapped_column(enum_type(WordingKind, "kind"))
    text: Mapped[Words]
    lang: Mapped[Language]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Moment]
    clause: Mapped[Clause] = relationship(back_populates="wordings")


class EvidenceLink(PublicId, Base):
    """Clause -> finding, with why it supports or tempers the clause, pinned to one snapshot."""

    __tablename__ = "evidence_link"
    __table_args__ = (UniqueConstraint("clause_id", "finding_id"),)
    id: Mapped[Key]
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id", ondelete="CASCADE"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), index=True)
    stance: Mapped[LinkStance] = mapped_column(enum_type(LinkStance, "stance"))
    why: Mapped[Words] = mapped_column(default="")
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    linked_at: Mapped[Moment]
    clause: Mapped[Clause] = relationship(back_populates="links")
    finding: Mapped[Finding] = relationship()
