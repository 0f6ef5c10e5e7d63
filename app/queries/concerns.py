"""Concerns as one person may read them: those of others show no more than a number, days and how they stand."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import db
from app.models.concerns import OversightConcern
from app.models.oversight import OversightGroup
from app.models.people import Account
from app.queries.oversight import member_of
from deliberation.concerns import ConcernState, Facts, Reader, may_read, state
from deliberation.roles import Role


@dataclass(frozen=True)
class ConcernRow:
    """One concern for one reader. Where `is_readable` is false its words are not to be shown."""

    row: OversightConcern
    state: ConcernState
    readers: frozenset[Reader]
    is_readable: bool


def facts_of(row: OversightConcern) -> Facts:
    """What the rule needs to know."""
    return Facts(
        due_on=row.due_on,
        is_answered=row.answered_at is not None,
        is_escalated=row.escalated_at is not None,
        is_decided=row.decided_at is not None,
        is_published=row.published_at is not None,
    )


def readers_of(row: OversightConcern, account: Account, roles: Collection[Role]) -> frozenset[Reader]:
    """As what somebody looks at this concern.

    The lead is the facilitator whom the group names; where it names nobody, any facilitator of the dialogue.
    """
    group, found = row.group, set()
    if row.raised_by_id == account.id:
        found.add(Reader.RAISER)
    member = member_of(group, account)
    if member is not None and member.is_chair and Role.OVERSEER in roles:
        found.add(Reader.CHAIR)
    if Role.FACILITATOR in roles and group.lead_id in {None, account.id}:
        found.add(Reader.LEAD)
    if Role.COMMISSIONER in roles:
        found.add(Reader.COMMISSIONER)
    return frozenset(found or {Reader.OTHER})


def concern_rows(
    group: OversightGroup, account: Account, roles: Collection[Role], today: date
) -> list[ConcernRow]:
    """Every concern of the group as this person may see it, the newest first."""
    found = select(OversightConcern).where(OversightConcern.group_id == group.id)
    rows = db.session.scalars(found.order_by(OversightConcern.number.desc()))
    return [row_for(one, account, roles, today) for one in rows]


def row_for(row: OversightConcern, account: Account, roles: Collection[Role], today: date) -> ConcernRow:
    """One concern as this person may see it."""
    facts, readers = facts_of(row), readers_of(row, account, roles)
    return ConcernRow(row, state(facts, today), readers, may_read(facts, readers))


def find_concern(group: OversightGroup | None, public_id: uuid.UUID) -> OversightConcern | None:
    """A concern of this group."""
    if group is None:
        return None
    found = select(OversightConcern).where(OversightConcern.public_id == public_id)
    return db.session.scalar(found.where(OversightConcern.group_id == group.id))


def published_concerns(group: OversightGroup) -> list[OversightConcern]:
    """Concerns that were published with their answers, by number."""
    found = select(OversightConcern).where(
        OversightConcern.group_id == group.id, OversightConcern.published_at.is_not(None)
    )
    return list(db.session.scalars(found.order_by(OversightConcern.number)))
