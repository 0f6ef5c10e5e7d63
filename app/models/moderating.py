"""How a dialogue is moderated: its published policy in versions, its settings, its rota, and mails to staff."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Facts, Key, MaybeMoment, Moment, Words


class ModerationPolicy(Base):
    """One version of a dialogue's published policy.

    `reasons`: reason code -> {"words": what the author reads, "means": one sentence, "examples": [text]}.
    """

    __tablename__ = "moderation_policy"
    __table_args__ = (UniqueConstraint("dialogue_id", "version"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    version: Mapped[int]
    intro: Mapped[Words]
    reasons: Mapped[Facts] = mapped_column(JSON)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    edited_at: Mapped[Moment]


class ModerationSetting(Base):
    """Who is the safeguarding lead of a dialogue, and whether its ledger is public before it closes."""

    __tablename__ = "moderation_setting"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), unique=True)
    safeguarding_lead_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    ledger_is_public: Mapped[bool] = mapped_column(default=False)


class ModeratorDuty(Base):
    """Who is on duty on which weekday (0 is Monday)."""

    __tablename__ = "moderator_duty"
    __table_args__ = (UniqueConstraint("dialogue_id", "weekday", "account_id"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int] = mapped_column(SmallInteger)


class OutgoingMail(Base):
    """A mail to a member of staff, written in an act's own transaction and sent by the job process.

    `state`: waiting, sent, or failed. `day`: for mails of which there is one a day.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (UniqueConstraint("dialogue_id", "account_id", "kind", "day"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    subject: Mapped[Words]
    body: Mapped[Words]
    state: Mapped[str] = mapped_column(String(20), default="waiting", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[Words] = mapped_column(default="")
    created_at: Mapped[Moment]
    sent_at: Mapped[MaybeMoment]
