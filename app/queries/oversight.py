"""The Oversight Group of a dialogue, its members, and who of them is signed in."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account, Membership
from deliberation.roles import Role


@dataclass(frozen=True)
class GroupTerms:
    """What is written down about a group, as a form says it. Days are whole days; `lead` is a facilitator or nobody."""

    name: str
    remit: str = ""
    terms: str = ""
    publication_rules: str = ""
    publishes_members: bool = True
    publishes_minutes: bool = True
    publishes_advice: bool = True
    quorum: int = 0
    pack_days: int = 7
    clearance_days: int = 7
    starts_on: date | None = None
    ends_on: date | None = None
    lead: Account | None = None


@dataclass(frozen=True)
class MemberFacts:
    """What is written down about a member, as a form says it. `account`: an overseer of the dialogue, or nobody."""

    name: str
    organisation: str = ""
    joined_on: date | None = None
    account: Account | None = None
    is_chair: bool = False
    is_observer: bool = False
    deputy_of: OversightMember | None = None
    interests: str = ""


def group_of(dialogue: Dialogue) -> OversightGroup | None:
    """The group that advises on this dialogue, if there is one."""
    return db.session.scalar(select(OversightGroup).where(OversightGroup.dialogue_id == dialogue.id))


def find_member(group: OversightGroup, public_id: uuid.UUID) -> OversightMember | None:
    """A member of this group, here or gone."""
    found = select(OversightMember).where(OversightMember.public_id == public_id)
    return db.session.scalar(found.where(OversightMember.group_id == group.id))


def member_of(group: OversightGroup, account: Account | None) -> OversightMember | None:
    """The member who signs in with this account and has not left."""
    if account is None:
        return None
    found = select(OversightMember).where(OversightMember.group_id == group.id)
    return db.session.scalar(found.where(OversightMember.account_id == account.id, OversightMember.left_on.is_(None)))


def members_here(group: OversightGroup) -> list[OversightMember]:
    """Members who have not left: the chair first, observers last, else in the order they were entered."""
    return sorted(
        (one for one in group.members if one.left_on is None),
        key=lambda one: (not one.is_chair, one.is_observer, one.id),
    )


def members_gone(group: OversightGroup) -> list[OversightMember]:
    """Members who left, the newest first. They stay in the record."""
    gone = [one for one in group.members if one.left_on is not None]
    return sorted(gone, key=lambda one: (one.left_on, one.id), reverse=True)


def accounts_with(dialogue: Dialogue, roles: Iterable[Role]) -> list[Account]:
    """Accounts that hold one of these roles in the dialogue now, by name."""
    held = select(Membership.account_id).where(
        Membership.dialogue_id == dialogue.id, Membership.role.in_(list(roles)), Membership.ended_at.is_(None)
    )
    found = select(Account).where(Account.id.in_(held), Account.disabled_at.is_(None))
    return list(db.session.scalars(found.order_by(Account.display_name, Account.id)))
