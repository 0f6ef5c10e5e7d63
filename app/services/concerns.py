"""Concerns about how the dialogue is run: raising, answering, escalating, deciding, publishing."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from app.db import db, utcnow
from app.models.concerns import OversightConcern
from app.models.oversight import OversightGroup
from app.models.people import Account
from app.queries.concerns import facts_of, readers_of
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.concerns import (
    ANSWER_WITHIN,
    CONCERN_LIMIT,
    check_answer,
    check_decision,
    check_due,
    check_escalation,
    check_publication,
)
from deliberation.events import EventKind
from deliberation.meetings import next_number
from deliberation.roles import Role

Roles = Collection[Role]
"""The roles that whoever acts holds in the dialogue."""


def raise_concern(
    group: OversightGroup, text: str, *, due_on: date | None = None, today: date, by: Account
) -> OversightConcern:
    """A concern that only its raiser, the chair and the lead read, with a day by which it is answered.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `due_in_past`.
    """
    words, due = check_words(text, limit=CONCERN_LIMIT), due_on or today + ANSWER_WITHIN
    check_due(due, today)
    numbers = db.session.scalars(select(OversightConcern.number).where(OversightConcern.group_id == group.id)).all()
    row = OversightConcern(
        group=group, number=next_number(numbers), raised_by_id=by.id, text=words, due_on=due
    )
    db.session.add(row)
    db.session.flush()
    _note(EventKind.CONCERN_RAISED, row, "raised", by=by)
    return row


def answer_concern(row: OversightConcern, text: str, *, roles: Roles, by: Account) -> None:
    """The chair's or the lead's answer. RuleError as `check_answer`, `words_empty`, `words_too_long`."""
    check_answer(facts_of(row), readers_of(row, by, roles))
    words = check_words(text, limit=CONCERN_LIMIT)
    row.answer, row.answered_at, row.answered_by_id = words, utcnow(), by.id
    db.session.flush()
    _note(EventKind.CONCERN_ANSWERED, row, "answered", by=by)


def escalate(row: OversightConcern, why: str, *, roles: Roles, today: date, by: Account) -> None:
    """Goes to the commissioner, who reads it from now on. RuleError as `check_escalation`, `words_empty`."""
    check_escalation(facts_of(row), readers_of(row, by, roles), today)
    row.escalated_why = check_words(why, limit=CONCERN_LIMIT)
    row.escalated_at = utcnow()
    db.session.flush()
    _note(EventKind.CONCERN_RAISED, row, "escalated", by=by)


def decide(row: OversightConcern, text: str, *, roles: Roles, by: Account) -> None:
    """The commissioner's answer. RuleError as `check_decision`, `words_empty`, `words_too_long`."""
    check_decision(facts_of(row), readers_of(row, by, roles))
    words = check_words(text, limit=CONCERN_LIMIT)
    row.decision, row.decided_at, row.decided_by_id = words, utcnow(), by.id
    db.session.flush()
    _note(EventKind.CONCERN_ANSWERED, row, "decided", by=by)


def publish_concern(row: OversightConcern, *, roles: Roles, by: Account) -> None:
    """Everybody reads the concern and its answers; who raised it stays private. RuleError as `check_publication`."""
    check_publication(facts_of(row), readers_of(row, by, roles))
    row.published_at = utcnow()
    db.session.flush()
    _note(EventKind.CONCERN_ANSWERED, row, "published", by=by)


def _note(kind: EventKind, row: OversightConcern, what: str, *, by: Account) -> None:
    facts = {"what": what, "number": row.number}
    record(kind, by=by, dialogue_id=row.group.dialogue_id, about=row, facts=facts)
