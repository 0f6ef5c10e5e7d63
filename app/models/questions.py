"""The question log: specialists, clarification questions, who else asked, and answers in versions."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.moderation import ReasonCode, WordState
from deliberation.questions import AnswerKind


class Specialist(PublicId, Base):
    """Somebody who answers questions. They have no account; their interests are shown with each answer."""

    __tablename__ = "specialist"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    name: Mapped[Short]
    organisation: Mapped[Short] = mapped_column(default="")
    interests: Mapped[Words] = mapped_column(default="")
    created_at: Mapped[Moment]
    ended_at: Mapped[MaybeMoment]


class Question(PublicId, Base):
    """A clarification question, from a participant or from a table, about at most one thing."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN material_version_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN model_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_target",
        ),
        Index("ix_question_queue", "dialogue_id", "state", "created_at", "public_id"),
    )
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    text: Mapped[Words]
    lang: Mapped[Language]
    state: Mapped[WordState] = mapped_column(enum_type(WordState, "state"), default=WordState.WAITING)
    reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason"))
    is_of_table: Mapped[bool] = mapped_column(default=False)
    material_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("material_version.id", ondelete="SET NULL"), index=True
    )
    model_id: Mapped[int | None] = mapped_column(ForeignKey("stewardship_model.id", ondelete="SET NULL"), index=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id", ondelete="SET NULL"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_session.id", ondelete="SET NULL"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    specialist_id: Mapped[int | None] = mapped_column(ForeignKey("specialist.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[Moment]
    withdrawn_at: Mapped[MaybeMoment]
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="question", order_by="Answer.id", cascade="all, delete-orphan"
    )


class QuestionJoin(Base):
    """ "I wanted to know this too." """

    __tablename__ = "question_join"
    __table_args__ = (UniqueConstraint("question_id", "participant_id"),)
    id: Mapped[Key]
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    joined_at: Mapped[Moment]


class Answer(PublicId, Base):
    """One specialist's answer to a question; a second answer may differ. Its words are in versions."""

    __tablename__ = "answer"
    id: Mapped[Key]
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    specialist_id: Mapped[int] = mapped_column(ForeignKey("specialist.id"), index=True)
    created_at: Mapped[Moment]
    taken_out_at: Mapped[MaybeMoment]
    question: Mapped[Question] = relationship(back_populates="answers")
    specialist: Mapped[Specialist] = relationship()
    versions: Mapped[list["AnswerVersion"]] = relationship(
        back_populates="answer", order_by="AnswerVersion.number", cascade="all, delete-orphan"
    )

    @property
    def newest(self) -> "AnswerVersion":
        """The newest version, published or not."""
        return self.versions[-1]

    @property
    def shown(self) -> "AnswerVersion | None":
        """The newest published version, unless the answer was taken out."""
        published = [one for one in self.versions if one.published_at is not None]
        return published[-1] if published and self.taken_out_at is None else None


class AnswerVersion(Base):
    """The exact words of an answer; an edit makes a new version, and participants see the newest published one."""

    __tablename__ = "answer_version"
    __table_args__ = (UniqueConstraint("answer_id", "number"),)
    id: Mapped[Key]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[AnswerKind] = mapped_column(enum_type(AnswerKind, "kind"))
    text: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Moment]
    published_at: Mapped[MaybeMoment]
    answer: Mapped[Answer] = relationship(back_populates="versions")
