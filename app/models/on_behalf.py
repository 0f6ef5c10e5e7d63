"""What the team entered for somebody: the sheet or call, and each row that came of it."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, MaybeMoment, Moment, PublicId, Short, enum_type
from deliberation.on_behalf import EntryWay


class EntrySheet(PublicId, Base):
    """One sheet of paper or one call, entered for a person: who was asked to do so, and when."""

    __tablename__ = "entry_sheet"
    id: Mapped[Key]
    client_key: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"))
    way: Mapped[EntryWay] = mapped_column(enum_type(EntryWay, "way"))
    asked_whom: Mapped[Short]
    asked_on: Mapped[date]
    is_late: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[Moment]
    undone_at: Mapped[MaybeMoment]


class EntryOnBehalf(Base):
    """One vote, statement or comment that came from a sheet. `replaced_own`: a vote of the person's own was there."""

    __tablename__ = "entry_on_behalf"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN vote_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_target",
        ),
    )
    id: Mapped[Key]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("entry_sheet.id", ondelete="CASCADE"), index=True)
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("vote.id", ondelete="CASCADE"), unique=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), unique=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), unique=True)
    replaced_own: Mapped[bool] = mapped_column(default=False)
