"""Questionnaires of a dialogue and people's responses."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Facts, Key, Language, MaybeMoment, Moment, PublicId, Short


class Questionnaire(PublicId, Base):
    """Questions as data: the documented subset of SurveyJS JSON that `surveys` reads."""

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("dialogue_id", "key"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[Short]
    definition: Mapped[Facts] = mapped_column(JSON)
    lang: Mapped[Language]
    created_at: Mapped[Moment]


class Response(PublicId, Base):
    """One person's answers in one stage; partial until completed."""

    __tablename__ = "response"
    __table_args__ = (UniqueConstraint("participant_id", "questionnaire_id", "stage_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    answers: Mapped[Facts] = mapped_column(JSON, default=dict)
    lang: Mapped[Language]
    saved_at: Mapped[Moment]
    completed_at: Mapped[MaybeMoment]
