"""Keeping the roll: seats and contacts, personal links, arrivals in the lobby, lost return codes."""

import secrets
from collections.abc import Sequence

from sqlalchemy import func, select, update

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.vault import Invitation, Seat, VaultContact, VaultLobbyEntry
from app.queries.joining import participant_in
from app.queries.people import digest_of
from app.queries.roll import emails_on_roll
from app.services.joining import issue_return_code
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.joining import INVITATION_LASTS, check_has_roll, check_waiting, lobby_state, tidy_name
from deliberation.roll import RollLine, check_email, read_lines


def add_seat(dialogue: Dialogue, name: str, email: str = "", phone: str = "", *, by: Account | None) -> Seat:
    """The next seat, with who was recruited to it.

    Raises:
        RuleError: `no_roll` (open dialogue), `name_missing`, `name_long`, `email_wrong`, `phone_long`
            or `email_on_roll`.
    """
    check_has_roll(dialogue.mode)
    line = RollLine.checked(name, email, phone)
    if line.email and line.email in emails_on_roll(dialogue):
        raise RuleError("email_on_roll", email=line.email)
    return _new_seat(dialogue, line, by)


def add_many(dialogue: Dialogue, text: str, *, by: Account) -> Sequence[Seat]:
    """A seat for each line "name, e-mail, phone"; all or none.

    Raises:
        RuleError: `no_roll`, `nothing_on_roll`, or `roll_lines_wrong` with one sentence's code a line.
    """
    check_has_roll(dialogue.mode)
    lines = read_lines(text, emails_on_roll(dialogue))
    return [_new_seat(dialogue, line, by) for line in lines]


def change_contact(seat: Seat, name: str, email: str, phone: str, *, by: Account) -> None:
    """Puts a contact right. The event says that it was done, not what.

    Raises:
        RuleError: as `add_seat`.
    """
    dialogue = db.session.get_one(Dialogue, seat.dialogue_id)
    line = RollLine.checked(name, email, phone)
    contact = seat.contact or VaultContact(seat_id=seat.id, name=line.name)
    others = emails_on_roll(dialogue) - {check_email(contact.email or "")}
    if line.email and line.email in others:
        raise RuleError("email_on_roll", email=line.email)
    contact.name, contact.email, contact.phone = line.name, line.email, line.phone
    db.session.add(contact)
    db.session.flush()
    record(EventKind.SEAT_EDITED, by=by, dialogue_id=seat.dialogue_id, about=seat)


def issue_link(seat: Seat, *, by: Account | None) -> str:
    """A new personal link; returns its token, which is shown once. Earlier links of the seat end."""
    now = utcnow()
    db.session.execute(
        update(Invitation)
        .where(Invitation.seat_id == seat.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        seat_id=seat.id, token_digest=digest_of(token), created_at=now, expires_at=now + INVITATION_LASTS
    )
    db.session.add(invitation)
    db.session.flush()
    record(EventKind.INVITATION_ISSUED, by=by, dialogue_id=seat.dialogue_id, about=seat)
    return token


def match_entry(entry: VaultLobbyEntry, seat: Seat, *, by: Account) -> None:
    """Somebody in the lobby is the person of this seat; they press "Come in" themselves.

    Raises:
        RuleError: `already_decided`.
    """
    check_waiting(lobby_state(matched_at=entry.matched_at, refused_at=entry.refused_at))
    if seat.dialogue_id != entry.dialogue_id:
        raise RuleError("other_dialogue")
    entry.seat_id = seat.id
    entry.matched_at = utcnow()
    db.session.flush()
    record(EventKind.LOBBY_MATCHED, by=by, dialogue_id=entry.dialogue_id, about=entry)


def refuse_entry(entry: VaultLobbyEntry, *, by: Account) -> None:
    """Somebody in the lobby is not on the roll: their name is not kept.

    Raises:
        RuleError: `already_decided`.
    """
    check_waiting(lobby_state(matched_at=entry.matched_at, refused_at=entry.refused_at))
    entry.refused_at, entry.name = utcnow(), ""
    db.session.flush()
    record(EventKind.LOBBY_REFUSED, by=by, dialogue_id=entry.dialogue_id, about=entry)


def reissue_return_code(seat: Seat, *, by: Account) -> str:
    """A new return code for whoever sits here, without sight of pseudonym or answers.

    Raises:
        RuleError: `nobody_in_seat`.
    """
    person = participant_in(seat)
    if person is None:
        raise RuleError("nobody_in_seat")
    return issue_return_code(person, by=by)


def _new_seat(dialogue: Dialogue, line: RollLine, by: Account | None) -> Seat:
    highest = db.session.scalar(select(func.max(Seat.number)).where(Seat.dialogue_id == dialogue.id)) or 0
    seat = Seat(dialogue_id=dialogue.id, number=highest + 1)
    seat.contact = VaultContact(name=tidy_name(line.name), email=line.email, phone=line.phone)
    db.session.add(seat)
    db.session.flush()
    record(EventKind.SEAT_ADDED, by=by, dialogue_id=dialogue.id, about=seat, facts={"number": seat.number})
    return seat
