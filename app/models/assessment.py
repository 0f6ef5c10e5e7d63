"""An assessment: its live answers, what others suggest, its harms, the versions that were kept, and an example."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.access_applications import AccessApplication
from app.models.people import Account
from app.models.types import Facts, Key, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.assessment import ApplicationState
from deliberation.drafting import SuggestionState
from deliberation.harms import HarmRating, Scenario


class AssessmentAnswer(Base):
    """The live answer to one question. `version` counts its saves, so that nobody overwrites another unseen."""

    __tablename__ = "assessment_answer"
    __table_args__ = (UniqueConstraint("application_id", "question"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(60))
    text: Mapped[Words] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    edited_at: Mapped[Moment]
    edited_by: Mapped[Account | None] = relationship()


class AssessmentSuggestion(PublicId, Base):
    """Words that somebody of the team who does not hold the pen suggests for one question."""

    __tablename__ = "assessment_suggestion"
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(60))
    text: Mapped[Words]
    state: Mapped[SuggestionState] = mapped_column(enum_type(SuggestionState, "state"), default=SuggestionState.OPEN)
    suggested_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    suggested_at: Mapped[Moment]
    answered_at: Mapped[MaybeMoment]
    suggested_by: Mapped[Account | None] = relationship()


class AssessmentVersion(PublicId, Base):
    """What was handed in: answers, harms and the application's form, as they were. Nothing edits it.

    `content`: {"answers": {question: text}, "harms": [...], "application": {...}}; `digest`: of its canonical JSON;
    `occasion`: the state that the application went to when it was kept.
    """

    __tablename__ = "assessment_version"
    __table_args__ = (UniqueConstraint("application_id", "number"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    number: Mapped[int]
    occasion: Mapped[ApplicationState] = mapped_column(enum_type(ApplicationState, "occasion"))
    content: Mapped[Facts] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    kept_at: Mapped[Moment]
    kept_by: Mapped[Account | None] = relationship()
    application: Mapped[AccessApplication] = relationship()


class Harm(PublicId, Base):
    """One harm to one stakeholder in one scenario; ratings are None until somebody rates."""

    __tablename__ = "harm"
    __table_args__ = tuple(
        CheckConstraint(f"{rating.value} IS NULL OR ({rating.value} BETWEEN 1 AND 5)", name=rating.value)
        for rating in HarmRating
    )
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    text: Mapped[Words]
    stakeholder: Mapped[Short] = mapped_column(default="")
    scenario: Mapped[Scenario] = mapped_column(enum_type(Scenario, "scenario"))
    importance: Mapped[int | None]
    urgency: Mapped[int | None]
    difficulty: Mapped[int | None]
    detectability: Mapped[int | None]
    rated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    mitigation: Mapped[Words] = mapped_column(default="")
    owner: Mapped[Short] = mapped_column(default="")
    due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    edited_at: Mapped[Moment]
    removed_at: Mapped[MaybeMoment]
    rated_by: Mapped[Account | None] = relationship(foreign_keys=[rated_by_id])
    edited_by: Mapped[Account | None] = relationship(foreign_keys=[edited_by_id])


class ExampleAssessment(Base):
    """A complete assessment that a kit brings, of the same shape as a version's content, for everybody to read."""

    __tablename__ = "example_assessment"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), unique=True)
    title: Mapped[Short]
    content: Mapped[Facts] = mapped_column(JSON)
