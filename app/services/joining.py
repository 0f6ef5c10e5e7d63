"""Coming in: seats and lobby to participants, devices and return codes."""

import hashlib
import hmac
import secrets
from random import Random
from secrets import SystemRandom

from sqlalchemy import select, update

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.people import Account, Participant, ParticipantDevice, ReturnCode
from app.models.vault import Invitation, Seat, VaultLobbyEntry, VaultSeatLink
from app.queries import joining as queries
from app.queries.people import digest_of
from app.services.installation import settings_in_use
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.joining import (
    Admission,
    LobbyState,
    admission,
    check_invitation,
    invitation_state,
    lobby_state,
    tidy_name,
)
from deliberation.pseudonyms import draw_code, draw_pseudonym, tidy_code


def admit(dialogue: Dialogue, *, seat: Seat | None = None, lang: str = "en", rng: Random | None = None) -> Participant:
    """A new participant with a pseudonym drawn at random, sitting in `seat` if one is given.

    The event says that somebody joined, never which seat.
    """
    taken = set(db.session.scalars(select(Participant.pseudonym).where(Participant.dialogue_id == dialogue.id)))
    person = Participant(dialogue_id=dialogue.id, pseudonym=draw_pseudonym(taken, rng or SystemRandom()), lang=lang)
    db.session.add(person)
    db.session.flush()
    if seat is not None:
        seat.left_at = None
        db.session.add(VaultSeatLink(seat_id=seat.id, participant_id=person.id))
        db.session.flush()
    facts = {"mode": dialogue.mode.value}
    record(EventKind.PARTICIPANT_JOINED, by=person, dialogue_id=dialogue.id, about=person, facts=facts)
    return person


def join_with_code(dialogue: Dialogue, *, lang: str) -> str:
    """Straight in, in an open dialogue; returns the new device's token.

    Raises:
        RuleError: `lobby_first` in a panel.
    """
    if admission(dialogue.mode) is not Admission.STRAIGHT_IN:
        raise RuleError("lobby_first")
    return add_device(admit(dialogue, lang=lang))


def accept_invitation(invitation: Invitation, *, lang: str) -> str:
    """Uses up a personal link; returns the new device's token. Whoever sat in the seat before stays the same.

    Raises:
        RuleError: `invitation_used`, `invitation_expired` or `invitation_revoked`.
    """
    now = utcnow()
    check_invitation(
        invitation_state(
            expires_at=invitation.expires_at, used_at=invitation.used_at, revoked_at=invitation.revoked_at, now=now
        )
    )
    used = db.session.execute(  # of two requests at the same moment, one changes the row
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(used_at=now)
        .returning(Invitation.id)
    ).first()
    if used is None:
        raise RuleError("invitation_used")
    return _device_for_seat(queries.seat_of(invitation), lang)


def enter_lobby(dialogue: Dialogue, name: str) -> str:
    """A place in the lobby of a panel, under the name that staff will look for; returns its token.

    Raises:
        RuleError: `name_missing` or `name_long`.
    """
    token = secrets.token_urlsafe(32)
    entry = VaultLobbyEntry(dialogue_id=dialogue.id, name=tidy_name(name), token_digest=digest_of(token))
    db.session.add(entry)
    db.session.flush()
    record(EventKind.LOBBY_ENTERED, by=None, dialogue_id=dialogue.id, about=entry)
    return token


def come_in(entry: VaultLobbyEntry, *, lang: str) -> str:
    """From the lobby to the matched seat; returns the new device's token. The typed name is deleted.

    Raises:
        RuleError: `still_waiting`.
    """
    state = lobby_state(matched_at=entry.matched_at, refused_at=entry.refused_at)
    if state is not LobbyState.MATCHED or entry.seat_id is None:
        raise RuleError("still_waiting")
    seat = db.session.get_one(Seat, entry.seat_id)
    db.session.delete(entry)
    return _device_for_seat(seat, lang)


def come_back(code: str) -> str | None:
    """A return code's new device token; None when no live code is like this."""
    wanted = code_hmac(code)
    found = queries.return_code_of(wanted)
    if found is None or not hmac.compare_digest(found.code_hmac, wanted):
        return None
    person = db.session.get_one(Participant, found.participant_id)
    return add_device(person) if person.left_at is None else None


def add_device(person: Participant) -> str:
    """One more browser of this participant; returns the token that its cookie holds."""
    token = secrets.token_urlsafe(32)
    db.session.add(ParticipantDevice(participant_id=person.id, token_digest=digest_of(token)))
    db.session.flush()
    record(EventKind.DEVICE_ADDED, by=person, dialogue_id=person.dialogue_id)
    return token


def issue_return_code(person: Participant, *, by: Participant | Account) -> str:
    """A new return code, shown once; the old one ends.

    Issued by staff, the event does not say for whom: staff know the name, and the log knows the pseudonym.
    """
    db.session.execute(
        update(ReturnCode)
        .where(ReturnCode.participant_id == person.id, ReturnCode.revoked_at.is_(None))
        .values(revoked_at=utcnow())
    )
    code = draw_code(SystemRandom(), groups=3)
    db.session.add(ReturnCode(participant_id=person.id, code_hmac=code_hmac(code)))
    db.session.flush()
    record(EventKind.RETURN_CODE_ISSUED, by=by, dialogue_id=person.dialogue_id)
    return code


def code_hmac(code: str) -> str:
    """What the table keeps of a return code: HMAC-SHA256 under a key that is not in the database."""
    key = settings_in_use().code_key.encode()
    return hmac.new(key, tidy_code(code).encode(), hashlib.sha256).hexdigest()


def _device_for_seat(seat: Seat, lang: str) -> str:
    person = queries.participant_in(seat)
    return add_device(person or admit(queries.dialogue_of_seat(seat), seat=seat, lang=lang))
