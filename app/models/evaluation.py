"""Judgements on how good a dialogue is: one row for each time somebody judged a check, never edited."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.people import Account
from app.models.types import Key, MaybeMoment, Moment, Words, enum_type
from deliberation.evaluation import Judge, Judgement


class EvaluationJudgement(Base):
    """How far one check is met, as the team or the evaluator sees it, with the evidence. The newest one stands."""

    __tablename__ = "evaluation_judgement"
    __table_args__ = (UniqueConstraint("dialogue_id", "check_key", "judge", "number"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    check_key: Mapped[str] = mapped_column(String(40))
    judge: Mapped[Judge] = mapped_column(enum_type(Judge, "judge"))
    number: Mapped[int]
    judgement: Mapped[Judgement] = mapped_column(enum_type(Judgement, "judgement"))
    evidence: Mapped[Words]
    judged_at: Mapped[Moment]
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    published_at: Mapped[MaybeMoment]
    judged_by: Mapped[Account | None] = relationship()
