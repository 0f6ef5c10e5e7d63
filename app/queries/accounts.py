"""Reading accounts of staff, and who holds which role in a dialogue."""

import uuid

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership


def all_accounts() -> list[Account]:
    """Every account, by name."""
    return list(db.session.scalars(select(Account).order_by(Account.display_name, Account.id)))


def find_account(public_id: uuid.UUID) -> Account | None:
    """The account with this public id."""
    return db.session.scalar(select(Account).where(Account.public_id == public_id))


def memberships_of(dialogue: Dialogue) -> list[Membership]:
    """Roles that are held in this dialogue now, by role and name."""
    found = db.session.scalars(
        select(Membership)
        .join(Account)
        .where(Membership.dialogue_id == dialogue.id, Membership.ended_at.is_(None))
        .order_by(Membership.role, Account.display_name, Membership.id)
    )
    return list(found)


def find_membership(dialogue: Dialogue, public_id: uuid.UUID) -> Membership | None:
    """A role that somebody holds now in this dialogue."""
    return db.session.scalar(
        select(Membership).where(
            Membership.public_id == public_id,
            Membership.dialogue_id == dialogue.id,
            Membership.ended_at.is_(None),
        )
    )
