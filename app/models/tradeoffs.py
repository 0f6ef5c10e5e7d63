"""The trade-off grid as tables and persons fill it in: a mark in each cell, and an answer at the end."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, Moment, enum_type
from deliberation.stewardship import Approach
from deliberation.tradeoffs import Mark, Verdict

_ONE_FILLER = (
    "(CASE WHEN participant_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN table_id IS NULL THEN 0 ELSE 1 END) = 1"
)


class GridMark(Base):
    """What one participant, or one table, says of one approach by one criterion. The newest; events keep the rest.

    Marks of the same page share the comment that says why.
    """

    __tablename__ = "grid_mark"
    __table_args__ = (
        UniqueConstraint("stage_id", "participant_id", "criterion_id", "approach"),
        UniqueConstraint("stage_id", "table_id", "criterion_id", "approach"),
        CheckConstraint(_ONE_FILLER, name="one_filler"),
    )
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    approach: Mapped[Approach] = mapped_column(enum_type(Approach, "approach"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="CASCADE"))
    mark: Mapped[Mark] = mapped_column(enum_type(Mark, "mark"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"))
    is_late: Mapped[bool] = mapped_column(default=False)
    marked_at: Mapped[Moment]


class GridVerdict(Base):
    """What one participant, or one table, says when they look at the whole grid."""

    __tablename__ = "grid_verdict"
    __table_args__ = (
        UniqueConstraint("stage_id", "participant_id"),
        UniqueConstraint("stage_id", "table_id"),
        CheckConstraint(_ONE_FILLER, name="one_filler"),
    )
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="CASCADE"))
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict, "verdict"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"))
    is_late: Mapped[bool] = mapped_column(default=False)
    given_at: Mapped[Moment]


Index("ix_grid_mark_participant_id", GridMark.participant_id)
Index("ix_grid_verdict_participant_id", GridVerdict.participant_id)
