"""Prompts, comments with their earlier wordings, and replies by the team."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.comments import ReplySide, StaffVoice
from deliberation.moderation import ReasonCode, WordState


class Prompt(PublicId, Base):
    """A question put to people in a stage."""

    __tablename__ = "prompt"
    __table_args__ = (UniqueConstraint("stage_id", "place"),)
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    place: Mapped[int]
    text: Mapped[Words]
    lang: Mapped[Language]


class Comment(PublicId, Base):
    """Free text answering exactly one of: a prompt, a statement, a model, a paragraph, a stage's task, a comment.

    A paragraph is `anchor` in one version of a material; `side` is the mark that the writer of a reply chose.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN prompt_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN model_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN version_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN task_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_target",
        ),
        # the moderation desk: its queue in order, and its counts
        Index("ix_comment_queue", "dialogue_id", "state", "created_at", "public_id"),
        Index("ix_comment_counts", "dialogue_id", "state", "stage_id", "lang", "is_late"),
    )
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey("prompt.id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("stewardship_model.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("material_version.id", ondelete="CASCADE"), index=True)
    anchor: Mapped[str] = mapped_column(String(20), default="", server_default="")
    side: Mapped[ReplySide | None] = mapped_column(enum_type(ReplySide, "side"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("stage_task.id", ondelete="CASCADE"), index=True)
    text: Mapped[Words]
    lang: Mapped[Language]
    state: Mapped[WordState] = mapped_column(enum_type(WordState, "state"), default=WordState.WAITING)
    reason: Mapped[ReasonCode | None] = mapped_column(enum_type(ReasonCode, "reason"))
    is_late: Mapped[bool] = mapped_column(default=False)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id", ondelete="SET NULL"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_session.id", ondelete="SET NULL"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("breakout_table.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    edited_at: Mapped[MaybeMoment]
    withdrawn_at: Mapped[MaybeMoment]


class CommentWording(Base):
    """Words that a comment had before its author changed them; moderators read them. Goes when the author does."""

    __tablename__ = "comment_wording"
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    text: Mapped[Words]
    replaced_at: Mapped[Moment]


class StaffReply(PublicId, Base):
    """A reply to a comment by the team, shown with who speaks. Apart from comments: no analysis reads this table."""

    __tablename__ = "staff_reply"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    voice: Mapped[StaffVoice] = mapped_column(enum_type(StaffVoice, "voice"))
    speaker: Mapped[Short] = mapped_column(default="")
    interests: Mapped[Words] = mapped_column(default="")
    text: Mapped[Words]
    lang: Mapped[Language]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Moment]
    withdrawn_at: Mapped[MaybeMoment]
