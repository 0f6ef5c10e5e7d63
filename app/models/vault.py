"""The vault: names, contacts and welfare notes, apart from views. Joining, roll and safeguarding lead read it."""

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Key, MaybeMoment, Moment, PublicId, Short, Words


class Seat(PublicId, Base):
    """A place on the roll of a panel, by number. Says nothing about who sits there.

    `left_at`: whoever sat here said no or left the dialogue; the link to their pseudonym is gone.
    """

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    number: Mapped[int]
    created_at: Mapped[Moment]
    left_at: Mapped[MaybeMoment]
    contact: Mapped["VaultContact | None"] = relationship(back_populates="seat", uselist=False)


class VaultContact(Base):
    """Who was recruited to a seat."""

    __tablename__ = "vault_contact"
    id: Mapped[Key]
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), unique=True)
    name: Mapped[Short]
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    seat: Mapped[Seat] = relationship(back_populates="contact")


class VaultSeatLink(Base):
    """Which participant sits in which seat: the only join between a name and a pseudonym."""

    __tablename__ = "vault_seat_link"
    id: Mapped[Key]
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[Moment]


class Invitation(Base):
    """A personal link, used once; the table holds its digest."""

    __tablename__ = "invitation"
    id: Mapped[Key]
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[MaybeMoment]
    revoked_at: Mapped[MaybeMoment]


class VaultLobbyEntry(PublicId, Base):
    """Somebody who came with a session code and waits to be matched to a seat by staff."""

    __tablename__ = "vault_lobby_entry"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    name: Mapped[Short]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    arrived_at: Mapped[Moment]
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    matched_at: Mapped[MaybeMoment]
    refused_at: Mapped[MaybeMoment]


class WelfareConcern(PublicId, Base):
    """A worry about a person, passed on to the safeguarding lead, who alone reads it. Never a moderation reason."""

    __tablename__ = "welfare_concern"
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    words_ref: Mapped[uuid.UUID] = mapped_column(Uuid)
    note: Mapped[Words] = mapped_column(default="")
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    raised_at: Mapped[Moment]
    outcome: Mapped[Words] = mapped_column(default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[MaybeMoment]
