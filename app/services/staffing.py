"""Giving and ending roles of staff in one dialogue."""

from sqlalchemy import select

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership
from app.queries.accounts import memberships_of
from app.queries.people import account_by_email
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Role
from deliberation.staffing import check_end_of_role, check_new_role


def grant_role(dialogue: Dialogue, email: str, role: Role, *, by: Account | None) -> Membership:
    """Gives an existing account a role.

    Raises:
        RuleError: `no_such_account`, or what `check_new_role` raises.
    """
    account = account_by_email(email)
    if account is None or account.disabled_at is not None:
        raise RuleError("no_such_account")
    held = {one.role for one in memberships_of(dialogue) if one.account_id == account.id}
    check_new_role(role, held)
    earlier = select(Membership).where(
        Membership.account_id == account.id, Membership.dialogue_id == dialogue.id, Membership.role == role
    )
    membership = db.session.scalar(earlier)
    if membership is None:
        membership = Membership(account_id=account.id, dialogue_id=dialogue.id, role=role)
        db.session.add(membership)
    membership.ended_at = None
    db.session.flush()
    facts = {"role": role.value, "account": str(account.public_id)}
    record(EventKind.MEMBERSHIP_GRANTED, by=by, dialogue_id=dialogue.id, about=membership, facts=facts)
    return membership


def end_role(dialogue: Dialogue, membership: Membership, *, by: Account) -> None:
    """Ends a role; the row stays, so that the record can be read.

    Raises:
        RuleError: `last_facilitator`.
    """
    facilitators = sum(one.role is Role.FACILITATOR for one in memberships_of(dialogue))
    check_end_of_role(membership.role, facilitators)
    membership.ended_at = utcnow()
    db.session.flush()
    facts = {"role": membership.role.value, "account": str(membership.account.public_id)}
    record(EventKind.MEMBERSHIP_ENDED, by=by, dialogue_id=dialogue.id, about=membership, facts=facts)
