"""Actions of the Oversight Group: numbered through its life, owned, due, done with what came of it."""

from datetime import date

from sqlalchemy import select

from app.db import db, utcnow
from app.models.meetings import OversightAction, OversightMeeting
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.queries.meetings import there_at
from app.services.recording import record
from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.meetings import ACTION_LIMIT, check_record, next_number


def add_action(
    group: OversightGroup, *, text: str, member: OversightMember | None = None, owner: str = "",
    due_on: date | None = None, meeting: OversightMeeting | None = None, by: Account,
) -> OversightAction:  # fmt: skip
    """A new action with the next number; at a meeting only once somebody who has declared is there.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `owner_missing`, `declarations_first`.
    """
    if meeting is not None:
        check_record(there_at(meeting))
    numbers = db.session.scalars(select(OversightAction.number).where(OversightAction.group_id == group.id)).all()
    row = OversightAction(group=group, number=next_number(numbers), meeting=meeting)
    _fill(row, text=text, member=member, owner=owner, due_on=due_on)
    db.session.add(row)
    db.session.flush()
    _note(row, "added", by=by)
    return row


def edit_action(
    row: OversightAction, *, text: str, member: OversightMember | None = None, owner: str = "",
    due_on: date | None = None, is_done: bool = False, outcome: str = "", by: Account,
) -> None:  # fmt: skip
    """Changes an action, says that it is done and what came of it, or opens it again.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `owner_missing`.
    """
    _fill(row, text=text, member=member, owner=owner, due_on=due_on)
    row.outcome = tidy(outcome)
    if is_done != (row.done_at is not None):
        row.done_at = utcnow() if is_done else None
    db.session.flush()
    _note(row, "done" if is_done else "changed", by=by)


def _fill(
    row: OversightAction, *, text: str, member: OversightMember | None, owner: str, due_on: date | None
) -> None:
    row.text = check_words(text, limit=ACTION_LIMIT)
    row.member, row.owner, row.due_on = member, "" if member is not None else tidy(owner)[:200], due_on
    if member is None and not row.owner:
        raise RuleError("owner_missing")


def _note(row: OversightAction, what: str, *, by: Account) -> None:
    facts = {"what": what, "number": row.number}
    dialogue_id = row.group.dialogue_id
    record(EventKind.OVERSIGHT_ACTION_EDITED, by=by, dialogue_id=dialogue_id, about=row, facts=facts)
