"""The vault: names and contacts, apart from views. Only joining and the roll read these tables."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.types import Key, MaybeMoment, Moment, PublicId, Short


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
