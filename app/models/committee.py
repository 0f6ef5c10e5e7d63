"""The access committee: its rubric, declarations, scores, questions, answers to panel points, dissent and decisions.

`round`: 1 for the first review of an application; one more after each decision to revise.
"""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.access_applications import AccessApplication
from app.models.analysis import Finding
from app.models.assessment import AssessmentVersion
from app.models.people import Account
from app.models.types import Facts, Key, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.committee import Outcome, ReportUse
from deliberation.register import ConditionStanding
from deliberation.rubric import Level


class CommitteeRubric(Base):
    """One version of a dialogue's rubric. `criteria`: [{"key", "part", "words"}], in their order."""

    __tablename__ = "committee_rubric"
    __table_args__ = (UniqueConstraint("dialogue_id", "version"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    version: Mapped[int]
    criteria: Mapped[list[Facts]] = mapped_column(JSON)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]


class CommitteeInterest(PublicId, Base):
    """What a member declared about one application, or the chair about a member who is away. The newest row counts."""

    __tablename__ = "committee_interest"
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    words: Mapped[Words] = mapped_column(default="")
    is_recused: Mapped[bool] = mapped_column(default=False)
    is_away: Mapped[bool] = mapped_column(default=False)
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    declared_at: Mapped[Moment]
    account: Mapped[Account] = relationship(foreign_keys=[account_id])


class CommitteeScore(PublicId, Base):
    """One member's scores in one round. `levels`: criterion key -> level; `notes`: criterion key -> words.

    `seen_at`: when the spread was opened to the member; from then on every change is a `CommitteeScoreChange`.
    """

    __tablename__ = "committee_score"
    __table_args__ = (UniqueConstraint("application_id", "round", "account_id"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(SmallInteger)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    rubric_id: Mapped[int] = mapped_column(ForeignKey("committee_rubric.id"), index=True)
    levels: Mapped[Facts] = mapped_column(JSON)
    notes: Mapped[Facts] = mapped_column(JSON, default=dict)
    submitted_at: Mapped[Moment]
    seen_at: Mapped[MaybeMoment]
    account: Mapped[Account] = relationship()
    rubric: Mapped[CommitteeRubric] = relationship()
    changes: Mapped[list["CommitteeScoreChange"]] = relationship(
        order_by="CommitteeScoreChange.id", cascade="all, delete-orphan"
    )


class CommitteeScoreChange(Base):
    """One level that a member changed after seeing the spread, with the old one and why. Nothing edits it."""

    __tablename__ = "committee_score_change"
    id: Mapped[Key]
    score_id: Mapped[int] = mapped_column(ForeignKey("committee_score.id", ondelete="CASCADE"), index=True)
    criterion: Mapped[str] = mapped_column(String(60))
    level_before: Mapped[Level] = mapped_column(enum_type(Level, "level_before"))
    level_after: Mapped[Level] = mapped_column(enum_type(Level, "level_after"))
    reason: Mapped[Words]
    changed_at: Mapped[Moment]


class CommitteeQuery(PublicId, Base):
    """A question to the applicant, and the answer. `relies_on_report`: it puts something of the report to them."""

    __tablename__ = "committee_query"
    __table_args__ = (UniqueConstraint("application_id", "number"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int]
    words: Mapped[Words]
    relies_on_report: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    asked_at: Mapped[Moment]
    answer: Mapped[Words] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    answered_at: Mapped[MaybeMoment]


class CommitteePointAnswer(Base):
    """How the committee's reasons answer one panel point in one round."""

    __tablename__ = "committee_point_answer"
    __table_args__ = (UniqueConstraint("application_id", "round", "point_id"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(SmallInteger)
    point_id: Mapped[int] = mapped_column(ForeignKey("panel_point.id", ondelete="CASCADE"), index=True)
    words: Mapped[Words]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]


class CommitteeDissent(PublicId, Base):
    """What a member who disagrees wants kept: under their name, or as "one member"."""

    __tablename__ = "committee_dissent"
    __table_args__ = (UniqueConstraint("application_id", "round", "account_id"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(SmallInteger)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    words: Mapped[Words]
    is_named: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[Moment]
    account: Mapped[Account] = relationship()


class AccessDecision(PublicId, Base):
    """What the committee decided in one round, and what the applicant said to it. `number` is the round.

    `version_id`: the version that was judged. `response_version_id`: the one kept with the applicant's response.
    """

    __tablename__ = "access_decision"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        CheckConstraint("starts_on IS NULL OR ends_on > starts_on", name="window"),
    )
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(SmallInteger)
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome, "outcome"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_version.id", ondelete="SET NULL"), index=True)
    reasons: Mapped[Words]
    consensus: Mapped[Words] = mapped_column(default="")
    report_use: Mapped[ReportUse] = mapped_column(enum_type(ReportUse, "report_use"))
    purpose: Mapped[Words] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    review_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[Moment]
    response: Mapped[Words] = mapped_column(default="")
    responded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    responded_at: Mapped[MaybeMoment]
    response_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("assessment_version.id", ondelete="SET NULL"), index=True
    )
    application: Mapped[AccessApplication] = relationship()
    version: Mapped[AssessmentVersion | None] = relationship(foreign_keys=[version_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    conditions: Mapped[list["AccessCondition"]] = relationship(
        back_populates="decision", order_by="AccessCondition.place", cascade="all, delete-orphan"
    )
    citations: Mapped[list["DecisionCitation"]] = relationship(
        back_populates="decision", order_by="DecisionCitation.id", cascade="all, delete-orphan"
    )


class AccessCondition(PublicId, Base):
    """One condition of a grant: what, who sees to it, by when."""

    __tablename__ = "access_condition"
    __table_args__ = (UniqueConstraint("decision_id", "place"),)
    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("access_decision.id", ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[Words]
    owner: Mapped[Short]
    due_on: Mapped[date]
    decision: Mapped[AccessDecision] = relationship(back_populates="conditions")
    checks: Mapped[list["ConditionCheck"]] = relationship(
        back_populates="condition", order_by="ConditionCheck.id", cascade="all, delete-orphan"
    )


class DecisionCitation(Base):
    """A finding of the public dialogue that a decision rests on, and why."""

    __tablename__ = "decision_citation"
    __table_args__ = (UniqueConstraint("decision_id", "finding_id"),)
    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("access_decision.id", ondelete="CASCADE"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"), index=True)
    why: Mapped[Words] = mapped_column(default="")
    decision: Mapped[AccessDecision] = relationship(back_populates="citations")
    finding: Mapped[Finding] = relationship()


class ConditionCheck(PublicId, Base):
    """What a check of a condition found, with its evidence. The newest counts; nothing edits an older one."""

    __tablename__ = "condition_check"
    id: Mapped[Key]
    condition_id: Mapped[int] = mapped_column(ForeignKey("access_condition.id", ondelete="CASCADE"), index=True)
    standing: Mapped[ConditionStanding] = mapped_column(enum_type(ConditionStanding, "standing"))
    evidence: Mapped[Words] = mapped_column(default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    checked_at: Mapped[Moment]
    condition: Mapped[AccessCondition] = relationship(back_populates="checks")
    checked_by: Mapped[Account | None] = relationship()
