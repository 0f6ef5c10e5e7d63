"""Research questions: verbatim words with their origin, later wordings, every step, and the clauses they carry."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.people import Account
from app.models.types import Facts, Key, Language, MaybeMoment, Moment, PublicId, Words, enum_type
from deliberation.moderation import ReasonCode, WordState
from deliberation.research_questions import Judgement, ResearchOrigin, ResearchState, ResearchStep


class ResearchQuestion(PublicId, Base):
    """Something that somebody should find out. `text` is verbatim and never edited.

    `text` may be empty where the words are those of the question or comment it came from.
    """

    __tablename__ = "research_question"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        CheckConstraint("priority_rank IS NULL OR priority_rank > 0", name="priority_rank"),
        CheckConstraint("priority_approvals IS NULL OR priority_approvals >= 0", name="priority_approvals"),
    )
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    text: Mapped[Words]
    lang: Mapped[Language]
    words_state: Mapped[WordState] = mapped_column(enum_type(WordState, "words_state"), default=WordState.WAITING)
    reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason"))
    state: Mapped[ResearchState] = mapped_column(enum_type(ResearchState, "state"), default=ResearchState.RAISED)
    origin: Mapped[ResearchOrigin] = mapped_column(enum_type(ResearchOrigin, "origin"))
    origin_note: Mapped[Words] = mapped_column(default="")
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"), index=True)
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey("prompt.id", ondelete="SET NULL"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("research_question.id", ondelete="SET NULL"), index=True
    )
    is_known: Mapped[Judgement | None] = mapped_column(enum_type(Judgement, "is_known"))
    in_remit: Mapped[Judgement | None] = mapped_column(enum_type(Judgement, "in_remit"))
    is_fundable: Mapped[Judgement | None] = mapped_column(enum_type(Judgement, "is_fundable"))
    priority_rank: Mapped[int | None]
    priority_approvals: Mapped[int | None]
    priority_note: Mapped[Words] = mapped_column(default="")
    outcome_reason: Mapped[Words] = mapped_column(default="")
    raised_at: Mapped[Moment]
    withdrawn_at: Mapped[MaybeMoment]
    wordings: Mapped[list["ResearchWording"]] = relationship(
        back_populates="research_question", order_by="ResearchWording.version", cascade="all, delete-orphan"
    )
    steps: Mapped[list["ResearchQuestionStep"]] = relationship(
        back_populates="research_question", order_by="ResearchQuestionStep.id", cascade="all, delete-orphan"
    )


class ResearchWording(Base):
    """A later wording, clarified or reframed; the verbatim words stay beside it."""

    __tablename__ = "research_wording"
    __table_args__ = (UniqueConstraint("research_question_id", "version"),)
    id: Mapped[Key]
    research_question_id: Mapped[int] = mapped_column(ForeignKey("research_question.id", ondelete="CASCADE"))
    version: Mapped[int]
    text: Mapped[Words]
    lang: Mapped[Language]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Moment]
    research_question: Mapped[ResearchQuestion] = relationship(back_populates="wordings")


class ResearchQuestionStep(Base):
    """One arrow of the pipeline: from where to where, who, when and why."""

    __tablename__ = "research_question_step"
    id: Mapped[Key]
    research_question_id: Mapped[int] = mapped_column(
        ForeignKey("research_question.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[ResearchStep] = mapped_column(enum_type(ResearchStep, "step"))
    state_before: Mapped[ResearchState] = mapped_column(enum_type(ResearchState, "state_before"))
    state_after: Mapped[ResearchState] = mapped_column(enum_type(ResearchState, "state_after"))
    reason: Mapped[Words] = mapped_column(default="")
    facts: Mapped[Facts] = mapped_column(JSON, default=dict)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[Moment]
    taken_by: Mapped[Account] = relationship()
    research_question: Mapped[ResearchQuestion] = relationship(back_populates="steps")


class ResearchQuestionSupport(Base):
    """ "I want this found out too." """

    __tablename__ = "research_question_support"
    __table_args__ = (UniqueConstraint("research_question_id", "participant_id"),)
    id: Mapped[Key]
    research_question_id: Mapped[int] = mapped_column(ForeignKey("research_question.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    supported_at: Mapped[Moment]


class ClauseResearchQuestion(PublicId, Base):
    """Clause -> research question that was decided on: what the clause asks for, or leaves out."""

    __tablename__ = "clause_research_question"
    __table_args__ = (UniqueConstraint("clause_id", "research_question_id"),)
    id: Mapped[Key]
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id", ondelete="CASCADE"))
    research_question_id: Mapped[int] = mapped_column(ForeignKey("research_question.id"), index=True)
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    linked_at: Mapped[Moment]
    research_question: Mapped[ResearchQuestion] = relationship()
