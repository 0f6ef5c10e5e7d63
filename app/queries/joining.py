"""Finding what somebody brings along: a session code, a personal link, a place in the lobby, a return code."""

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession
from app.models.people import Participant, ReturnCode
from app.models.vault import Invitation, Seat, VaultLobbyEntry, VaultSeatLink
from app.queries.people import digest_of
from deliberation.pseudonyms import tidy_code
from deliberation.stages import StageState


def dialogue_of_code(code: str) -> Dialogue | None:
    """The dialogue with this session code, however it was typed."""
    tidy = tidy_code(code)
    if not tidy or len(tidy) > 40:
        return None
    plain = func.upper(func.replace(Dialogue.join_code, "-", ""))
    return db.session.scalar(select(Dialogue).where(plain == tidy))


def invitation_of(token: str) -> Invitation | None:
    """The personal link with this token, whatever its state."""
    return db.session.scalar(select(Invitation).where(Invitation.token_digest == digest_of(token)))


def seat_of(invitation: Invitation) -> Seat:
    """The seat that a personal link leads to."""
    return db.session.get_one(Seat, invitation.seat_id)


def dialogue_of_seat(seat: Seat) -> Dialogue:
    """The dialogue that a seat belongs to."""
    return db.session.get_one(Dialogue, seat.dialogue_id)


def participant_in(seat: Seat) -> Participant | None:
    """Who sits in this seat now."""
    return db.session.scalar(
        select(Participant)
        .join(VaultSeatLink, VaultSeatLink.participant_id == Participant.id)
        .where(VaultSeatLink.seat_id == seat.id, Participant.left_at.is_(None))
    )


def lobby_entry_of(token: str) -> VaultLobbyEntry | None:
    """The place in the lobby that this browser holds."""
    return db.session.scalar(select(VaultLobbyEntry).where(VaultLobbyEntry.token_digest == digest_of(token)))


def return_code_of(code_hmac: str) -> ReturnCode | None:
    """The live return code with this HMAC."""
    return db.session.scalar(
        select(ReturnCode).where(ReturnCode.code_hmac == code_hmac, ReturnCode.revoked_at.is_(None))
    )


def next_session(dialogue: Dialogue) -> DialogueSession | None:
    """The first session that has not been closed."""
    return next((one for one in dialogue.sessions if one.state is not StageState.CLOSED), None)
