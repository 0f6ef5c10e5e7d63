"""Stewardship models on cards with points people made, where they are placed, how they are rated and combined."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Facts, Key, Language, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.points import PointSide
from deliberation.stewardship import Acceptance, Rating, Rung
from deliberation.support import Support


class StewardshipModel(PublicId, Base):
    """An option for deciding on access to data, under one or more approaches.

    `facts` maps each `CardField` to {"text", "source" (key or null), "not_known", "by_definition"}.
    `asked` is what it asks of each person (`deliberation.requests.Asked`), null where the card does not say.
    """

    __tablename__ = "stewardship_model"
    __table_args__ = (UniqueConstraint("dialogue_id", "key"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    place: Mapped[int] = mapped_column(default=0)
    name: Mapped[Short]
    approaches: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_current: Mapped[bool] = mapped_column(default=False)
    plain: Mapped[Words]
    facts: Mapped[Facts] = mapped_column(JSON, default=dict)
    points_for: Mapped[list[str]] = mapped_column(JSON, default=list)
    points_against: Mapped[list[str]] = mapped_column(JSON, default=list)
    asked: Mapped[str | None] = mapped_column(String(20))
    rung_claimed: Mapped[Rung | None] = mapped_column(enum_type(Rung, "rung_claimed"))
    rung_evidenced: Mapped[Rung | None] = mapped_column(enum_type(Rung, "rung_evidenced"))
    lang: Mapped[Language]
    created_at: Mapped[Moment]


class StageModel(Base):
    """A model placed in a stage."""

    __tablename__ = "stage_model"
    __table_args__ = (UniqueConstraint("stage_id", "model_id"),)
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    model_id: Mapped[int] = mapped_column(ForeignKey("stewardship_model.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    model: Mapped[StewardshipModel] = relationship()


class ModelRating(PublicId, Base):
    """A participant's newest rating of a model in a stage; the events keep the earlier ones."""

    __tablename__ = "model_rating"
    __table_args__ = (UniqueConstraint("participant_id", "model_id", "stage_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    model_id: Mapped[int] = mapped_column(ForeignKey("stewardship_model.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    rating: Mapped[Rating] = mapped_column(enum_type(Rating, "rating"))
    acceptance: Mapped[Acceptance | None] = mapped_column(enum_type(Acceptance, "acceptance"))
    reason: Mapped[Words] = mapped_column(default="")
    difference: Mapped[Words] = mapped_column(default="")
    is_late: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[Language]
    rated_at: Mapped[Moment]


class Combination(PublicId, Base):
    """Several ways of deciding put forward together: four answers, read back as one sentence."""

    __tablename__ = "combination"
    __table_args__ = (UniqueConstraint("participant_id", "stage_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    answers: Mapped[Facts] = mapped_column(JSON)
    answers_key: Mapped[str] = mapped_column(String(400), default="", server_default="", index=True)
    reason: Mapped[Words] = mapped_column(default="")
    is_late: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[Language]
    made_at: Mapped[Moment]


class CardPoint(PublicId, Base):
    """A comment, or a part of it, taken into a card's for or against: where the words lie, never a copy of them."""

    __tablename__ = "card_point"
    id: Mapped[Key]
    model_id: Mapped[int] = mapped_column(ForeignKey("stewardship_model.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    side: Mapped[PointSide] = mapped_column(enum_type(PointSide, "side"))
    start: Mapped[int]
    length: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[Moment]
    removed_at: Mapped[MaybeMoment]


class GatheredCombination(PublicId, Base):
    """All combinations of a dialogue with the same four answers, as others are asked about them."""

    __tablename__ = "gathered_combination"
    __table_args__ = (UniqueConstraint("dialogue_id", "key"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(400))
    answers: Mapped[Facts] = mapped_column(JSON)


class CombinationSupport(Base):
    """What one participant says of a combination; the newest. Why is a comment."""

    __tablename__ = "combination_support"
    __table_args__ = (UniqueConstraint("participant_id", "gathered_id"),)
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    gathered_id: Mapped[int] = mapped_column(ForeignKey("gathered_combination.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    support: Mapped[Support] = mapped_column(enum_type(Support, "support"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"))
    is_late: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[Moment]
