"""Preference questions, their options, and the ballots people sent: rankings and dots."""

import uuid

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.dialogues import Stage
from app.models.types import Facts, Key, Language, Moment, PublicId, Short, Words, enum_type
from deliberation.preferences import OptionSource, PreferenceKind


class PreferenceQuestion(PublicId, Base):
    """A question of a stage that people answer by an order or by dots. Fixed once somebody has answered.

    `seats` is how many options equal shares chooses. `seed` draws the order that breaks ties and the order each
    person sees; it is there before anybody answers.
    """

    __tablename__ = "preference_question"
    __table_args__ = (CheckConstraint("dots >= 1 AND seats >= 1", name="counts"),)
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    kind: Mapped[PreferenceKind] = mapped_column(enum_type(PreferenceKind, "kind"))
    title: Mapped[Short]
    explain: Mapped[Words] = mapped_column(default="")
    dots: Mapped[int] = mapped_column(default=5)
    seats: Mapped[int] = mapped_column(default=5)
    asks_acceptance: Mapped[bool] = mapped_column(default=True)
    is_shuffled: Mapped[bool] = mapped_column(default=True)
    seed: Mapped[str] = mapped_column(String(40))
    lang: Mapped[Language]
    created_at: Mapped[Moment]
    stage: Mapped[Stage] = relationship()
    options: Mapped[list["PreferenceOption"]] = relationship(
        order_by="PreferenceOption.place", cascade="all, delete-orphan"
    )


class PreferenceOption(PublicId, Base):
    """One thing to choose, in its own words; `ref` is the public id of what it stands for, if anything."""

    __tablename__ = "preference_option"
    __table_args__ = (UniqueConstraint("question_id", "text"),)
    id: Mapped[Key]
    question_id: Mapped[int] = mapped_column(ForeignKey("preference_question.id", ondelete="CASCADE"))
    place: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    source: Mapped[OptionSource] = mapped_column(enum_type(OptionSource, "source"), default=OptionSource.TYPED)
    ref: Mapped[uuid.UUID | None] = mapped_column(Uuid)

    @property
    def key(self) -> str:
        """How ballots and rules call it."""
        return str(self.public_id)


class PreferenceBallot(Base):
    """One sending of a person's whole answer; rows are only added, and the newest one counts.

    `answer`: {"places": {option: place}, "dots": [option], "acceptance": {option: acceptance}, "none": bool,
    "no_access": bool}, options by public id. `sent_digest` is of what came with the key.
    """

    __tablename__ = "preference_ballot"
    id: Mapped[Key]
    client_key: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("preference_question.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    answer: Mapped[Facts] = mapped_column(JSON)
    sent_digest: Mapped[str] = mapped_column(String(64))
    is_late: Mapped[bool] = mapped_column(default=False)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    sent_at: Mapped[Moment]


Index("ix_preference_ballot_newest", PreferenceBallot.question_id, PreferenceBallot.participant_id, PreferenceBallot.id)
