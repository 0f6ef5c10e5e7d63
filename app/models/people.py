"""Staff accounts, their logins and memberships; participants, who are a pseudonym and nothing else."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Short, enum_type
from deliberation.roles import Role


class Account(PublicId, Base):
    """A member of staff. Participants have none."""

    __tablename__ = "account"
    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(320), unique=True)
    display_name: Mapped[Short]
    password_hash: Mapped[str] = mapped_column(String(200))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    may_create_dialogues: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    disabled_at: Mapped[MaybeMoment]


class Login(Base):
    """A sign-in that can be revoked; the browser holds the token, the table only its digest."""

    __tablename__ = "login"
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[MaybeMoment]
    account: Mapped[Account] = relationship()


class Membership(PublicId, Base):
    """One role of one account in one dialogue."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "dialogue_id", "role"),)
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role, "role"))
    created_at: Mapped[Moment]
    ended_at: Mapped[MaybeMoment]
    account: Mapped[Account] = relationship()


class Participant(PublicId, Base):
    """A person who takes part, known here by a random pseudonym only."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("dialogue_id", "pseudonym"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    pseudonym: Mapped[Short]
    lang: Mapped[Language]
    joined_at: Mapped[Moment]
    left_at: Mapped[MaybeMoment]
    external_id: Mapped[str | None] = mapped_column(String(64))


class ParticipantDevice(Base):
    """A browser that a participant uses; "leave this device" revokes it."""

    __tablename__ = "participant_device"
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    revoked_at: Mapped[MaybeMoment]
    participant: Mapped[Participant] = relationship()


class ReturnCode(Base):
    """A code for another device, kept as a keyed HMAC; a new one ends the old."""

    __tablename__ = "return_code"
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    code_hmac: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    revoked_at: Mapped[MaybeMoment]


Index("ix_participant_dialogue_external", Participant.dialogue_id, Participant.external_id)
