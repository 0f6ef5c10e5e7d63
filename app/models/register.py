"""After a decision: the published record, what became of access, reminders, results in plain words, lessons."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.access_applications import AccessApplication
from app.models.analysis import Finding
from app.models.committee import AccessCondition, AccessDecision
from app.models.terms import Clause
from app.models.types import Facts, Key, Moment, PublicId, Words, enum_type
from deliberation.register import AccessMove, ChangeOf, Trigger


class ApplicationFinding(PublicId, Base):
    """A finding or clause of the public dialogue that is shown to the panel and the committee of one application."""

    __tablename__ = "application_finding"
    __table_args__ = (
        UniqueConstraint("application_id", "finding_id"),
        UniqueConstraint("application_id", "clause_id"),
        CheckConstraint("(finding_id IS NULL) <> (clause_id IS NULL)", name="one_target"),
    )
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"), index=True)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id", ondelete="CASCADE"), index=True)
    why: Mapped[Words] = mapped_column(default="")
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    chosen_at: Mapped[Moment]
    application: Mapped[AccessApplication] = relationship()
    finding: Mapped[Finding | None] = relationship()
    clause: Mapped[Clause | None] = relationship()


class RegisterEntry(PublicId, Base):
    """A published record as it was published: `record` holds the words, by field. What changes later is read live."""

    __tablename__ = "register_entry"
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), unique=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("access_decision.id", ondelete="CASCADE"), index=True)
    record: Mapped[Facts] = mapped_column(JSON)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    published_at: Mapped[Moment]
    application: Mapped[AccessApplication] = relationship()
    decision: Mapped[AccessDecision] = relationship()


class AccessChange(PublicId, Base):
    """A grant that was suspended, restored or revoked (`move`), or a change the applicant declared (`change_of`)."""

    __tablename__ = "access_change"
    __table_args__ = (CheckConstraint("(move IS NULL) <> (change_of IS NULL)", name="one_kind"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), index=True)
    move: Mapped[AccessMove | None] = mapped_column(enum_type(AccessMove, "move"))
    change_of: Mapped[ChangeOf | None] = mapped_column(enum_type(ChangeOf, "change_of"))
    reason: Mapped[Words]
    condition_id: Mapped[int | None] = mapped_column(
        ForeignKey("access_condition.id", ondelete="SET NULL"), index=True
    )
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    changed_at: Mapped[Moment]
    condition: Mapped[AccessCondition | None] = relationship()


class ReviewReminder(Base):
    """A reminder that went out: one for each trigger and day (`about_id`: of a condition, else 0)."""

    __tablename__ = "review_reminder"
    __table_args__ = (UniqueConstraint("application_id", "trigger_kind", "due_on", "about_id"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    trigger_kind: Mapped[Trigger] = mapped_column(enum_type(Trigger, "trigger_kind"))
    due_on: Mapped[date]
    about_id: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[Moment]


class LayResult(PublicId, Base):
    """What came of a project, in plain words by the applicant: to the register and to the panel. The newest counts."""

    __tablename__ = "lay_result"
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), index=True)
    words: Mapped[Words]
    link: Mapped[str] = mapped_column(String(500), default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]
    application: Mapped[AccessApplication] = relationship()


class CommitteeLesson(PublicId, Base):
    """What a committee learnt, published without naming anybody: it refers to no application at all."""

    __tablename__ = "committee_lesson"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    words: Mapped[Words]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    published_on: Mapped[date]
