"""Reading the roll of a panel: seats, contacts, links and arrivals. Nothing here knows a pseudonym."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.models.vault import Invitation, Seat, VaultContact, VaultLobbyEntry, VaultSeatLink
from deliberation.joining import InvitationState, has_roll, invitation_state
from deliberation.logins import same_email


@dataclass(frozen=True)
class SeatRow:
    """One line of the roll. `link` is the state of the newest personal link, None before the first."""

    public_id: uuid.UUID
    number: int
    name: str
    email: str
    phone: str
    link: InvitationState | None
    has_joined: bool
    has_left: bool


@dataclass(frozen=True)
class RollCounts:
    """Seats of the dialogue, how many of them are taken, and how many people wait in the lobby."""

    seats: int
    joined: int
    waiting: int


def roll_of(dialogue: Dialogue, now: datetime) -> list[SeatRow]:
    """The roll in the order of seat numbers."""
    newest = select(func.max(Invitation.id).label("id")).group_by(Invitation.seat_id)
    rows = db.session.execute(
        select(Seat, VaultContact, Invitation, VaultSeatLink.id)
        .outerjoin(VaultContact, VaultContact.seat_id == Seat.id)
        .outerjoin(Invitation, (Invitation.seat_id == Seat.id) & Invitation.id.in_(newest))
        .outerjoin(VaultSeatLink, VaultSeatLink.seat_id == Seat.id)
        .where(Seat.dialogue_id == dialogue.id)
        .order_by(Seat.number)
    )
    return [
        SeatRow(
            public_id=seat.public_id,
            number=seat.number,
            name=contact.name if contact else "",
            email=contact.email if contact else "",
            phone=contact.phone if contact else "",
            link=_link_state(invitation, now) if invitation else None,
            has_joined=link_id is not None,
            has_left=seat.left_at is not None,
        )
        for seat, contact, invitation, link_id in rows
    ]


def find_seat(dialogue: Dialogue, public_id: uuid.UUID) -> Seat | None:
    """A seat of this dialogue."""
    return db.session.scalar(select(Seat).where(Seat.public_id == public_id, Seat.dialogue_id == dialogue.id))


def find_entry(dialogue: Dialogue, public_id: uuid.UUID) -> VaultLobbyEntry | None:
    """Somebody in the lobby of this dialogue."""
    return db.session.scalar(
        select(VaultLobbyEntry).where(
            VaultLobbyEntry.public_id == public_id, VaultLobbyEntry.dialogue_id == dialogue.id
        )
    )


def waiting_in_lobby(dialogue: Dialogue) -> list[VaultLobbyEntry]:
    """Who waits to be matched, longest first."""
    return list(
        db.session.scalars(
            select(VaultLobbyEntry)
            .where(
                VaultLobbyEntry.dialogue_id == dialogue.id,
                VaultLobbyEntry.matched_at.is_(None),
                VaultLobbyEntry.refused_at.is_(None),
            )
            .order_by(VaultLobbyEntry.id)
        )
    )


def emails_on_roll(dialogue: Dialogue) -> set[str]:
    """Every address on the roll, in its one spelling."""
    found = db.session.scalars(
        select(VaultContact.email).join(Seat).where(Seat.dialogue_id == dialogue.id, VaultContact.email != "")
    )
    return {same_email(email) for email in found}


def counts_of(dialogue: Dialogue) -> RollCounts:
    """Numbers for the page of the dialogue. `joined` counts taken seats; in an open dialogue, participants."""
    seats = db.session.scalar(select(func.count(Seat.id)).where(Seat.dialogue_id == dialogue.id))
    taken = select(func.count(VaultSeatLink.id)).join(Seat).where(Seat.dialogue_id == dialogue.id)
    staying = select(func.count(Participant.id)).where(
        Participant.dialogue_id == dialogue.id, Participant.left_at.is_(None)
    )
    joined = db.session.scalar(taken if has_roll(dialogue.mode) else staying)
    return RollCounts(seats=seats or 0, joined=joined or 0, waiting=len(waiting_in_lobby(dialogue)))


def _link_state(invitation: Invitation, now: datetime) -> InvitationState:
    return invitation_state(
        expires_at=invitation.expires_at, used_at=invitation.used_at, revoked_at=invitation.revoked_at, now=now
    )
