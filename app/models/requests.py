"""Invented data requests, what people assume about them, and what participants say at each stop."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.moderation import ReasonCode, WordState
from deliberation.requests import Judgement, RequestKind, Station


class DataRequest(PublicId, Base):
    """A data request that is invented for discussion and followed through a model."""

    __tablename__ = "data_request"
    __table_args__ = (UniqueConstraint("dialogue_id", "key"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    place: Mapped[int] = mapped_column(default=0)
    kind: Mapped[RequestKind] = mapped_column(enum_type(RequestKind, "kind"))
    title: Mapped[Short]
    who: Mapped[Words]
    purpose: Mapped[Words]
    money: Mapped[Words]
    data: Mapped[Words]
    wrong: Mapped[Words]
    lang: Mapped[Language]
    created_at: Mapped[Moment]


class RequestAssumption(Base):
    """A number that the burden of a way of deciding is reckoned from; without a source it is assumed.

    `value` is None where nobody knows.
    """

    __tablename__ = "request_assumption"
    __table_args__ = (UniqueConstraint("dialogue_id", "name"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    value: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(String(80))


class StepJudgement(PublicId, Base):
    """What a participant says now at one stop of one way. `words`: what "only if" depends on, a condition.

    `created_at` is when it was said last.
    `way` names what was followed: "model:KEY", or "mix:" and the four answers, which `answers` holds too.
    """

    __tablename__ = "step_judgement"
    __table_args__ = (UniqueConstraint("participant_id", "request_id", "way", "step"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    request_id: Mapped[int] = mapped_column(ForeignKey("data_request.id", ondelete="CASCADE"), index=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("stewardship_model.id", ondelete="CASCADE"), index=True)
    answers: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    way: Mapped[str] = mapped_column(String(200))
    step: Mapped[Station] = mapped_column(enum_type(Station, "step"))
    judgement: Mapped[Judgement] = mapped_column(enum_type(Judgement, "judgement"))
    words: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    state: Mapped[WordState] = mapped_column(enum_type(WordState, "state"), default=WordState.WAITING)
    reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason"))
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"), index=True)
    is_late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    withdrawn_at: Mapped[MaybeMoment]

    @property
    def text(self) -> str:
        """The words, under the name that words have elsewhere."""
        return self.words
