"""Who is behind a token, and which roles an account holds."""

import hashlib
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Account, Login, Membership, Participant, ParticipantDevice
from deliberation.logins import same_email
from deliberation.roles import Role


def digest_of(token: str) -> str:
    """SHA-256, hex, of a random token: what the tables keep of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_of_login(token: str, now: datetime) -> Account | None:
    """The account of a login that is neither revoked, expired nor disabled."""
    return db.session.scalar(
        select(Account)
        .join(Login, Login.account_id == Account.id)
        .where(
            Login.token_digest == digest_of(token),
            Login.revoked_at.is_(None),
            Login.expires_at > now,
            Account.disabled_at.is_(None),
        )
    )


def participant_of_device(token: str) -> Participant | None:
    """The participant of a device that has not been left, unless the person has left the dialogue."""
    return db.session.scalar(
        select(Participant)
        .join(ParticipantDevice, ParticipantDevice.participant_id == Participant.id)
        .where(
            ParticipantDevice.token_digest == digest_of(token),
            ParticipantDevice.revoked_at.is_(None),
            Participant.left_at.is_(None),
        )
    )


def roles_of(account: Account, dialogue: Dialogue) -> frozenset[Role]:
    """The account's roles in this dialogue; the administrator's is global."""
    held = db.session.scalars(
        select(Membership.role).where(
            Membership.account_id == account.id,
            Membership.dialogue_id == dialogue.id,
            Membership.ended_at.is_(None),
        )
    )
    roles = set(held)
    if account.is_administrator:
        roles.add(Role.ADMINISTRATOR)
    return frozenset(roles)


def account_by_email(email: str) -> Account | None:
    """The account with this address, however it was typed."""
    return db.session.scalar(select(Account).where(Account.email == same_email(email)))


def roles_anywhere(account: Account) -> list[Role]:
    """Every role that an account holds in any dialogue, in the order of `Role`."""
    held = set(
        db.session.scalars(
            select(Membership.role).where(Membership.account_id == account.id, Membership.ended_at.is_(None))
        )
    )
    if account.is_administrator:
        held.add(Role.ADMINISTRATOR)
    return [role for role in Role if role in held]
