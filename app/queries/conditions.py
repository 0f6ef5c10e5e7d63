"""Conditions as evidence: which there were until a moment, and each as its reader may see it."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.voting import Condition, Statement
from app.queries.frames import people_who_allow
from deliberation.consent import Purpose
from deliberation.moderation import showing
from deliberation.terms import LinkStance


@dataclass(frozen=True)
class ConditionLine:
    """What an "it depends" depends on, with the number of its statement (0 once its author has left).

    `text` is None where this reader may not see the words, or nobody may any more: the line stays, so that the count
    does. `key` tells two of them apart.
    """

    key: str
    text: str | None
    lang: str = "en"
    number: int = 0
    public_id: uuid.UUID | None = None
    statement_public_id: uuid.UUID | None = None
    stance: LinkStance = LinkStance.SUPPORTS


Cited = tuple[int | None, str, LinkStance]
"""(inner key of the condition, or None once it is gone; a key of its own; which way it speaks)."""


def conditions_as_read(dialogue: Dialogue, cited: Sequence[Cited], *, exact: bool) -> tuple[ConditionLine, ...]:
    """Lines for what is cited, by statement. Never a pseudonym.

    Analysts read what is not kept out; anybody else only words that everyone may see and whose author gave the quotes
    permission.
    """
    rows = _rows(dialogue, {one for one, _key, _stance in cited if one is not None})
    quotable = people_who_allow(dialogue, Purpose.QUOTES) if rows and not exact else frozenset()
    lines = []
    for condition_id, key, stance in cited:
        condition, statement = rows.get(condition_id or 0, (None, None))
        if condition is None or statement is None:
            lines.append(ConditionLine(key, None, stance=stance))
            continue
        text = condition.text if _is_read(condition, quotable, exact=exact) else None
        lines.append(
            ConditionLine(
                f"condition-{condition.id}", text, condition.lang, statement.number, condition.public_id,
                statement.public_id, stance,
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda one: (one.number == 0, one.number, one.key)))


def conditions_until(dialogue: Dialogue, moment: datetime, *, exact: bool) -> tuple[ConditionLine, ...]:
    """Conditions that were written until a moment and that this reader may read, by statement."""
    found = db.session.scalars(
        select(Condition.id)
        .join(Statement, Statement.id == Condition.statement_id)
        .where(Statement.dialogue_id == dialogue.id, Condition.created_at <= moment)
    )
    cited = [(one, "", LinkStance.SUPPORTS) for one in found]
    return tuple(one for one in conditions_as_read(dialogue, cited, exact=exact) if one.text is not None)


def conditions_citable(dialogue: Dialogue, moment: datetime) -> tuple[ConditionLine, ...]:
    """Checked conditions that were written until a moment: a finding on its snapshot may cite these."""
    found = conditions_until(dialogue, moment, exact=True)
    shown = {
        row.public_id
        for row, _statement in _rows(dialogue, None).values()
        if showing(row.state, row.reason).shown_to_all
    }
    return tuple(one for one in found if one.public_id in shown)


def find_condition(dialogue: Dialogue, public_id: uuid.UUID) -> Condition | None:
    """A condition of this dialogue."""
    return db.session.scalar(
        select(Condition)
        .join(Statement, Statement.id == Condition.statement_id)
        .where(Condition.public_id == public_id, Statement.dialogue_id == dialogue.id)
    )


def _rows(dialogue: Dialogue, ids: Collection[int] | None) -> dict[int, tuple[Condition, Statement]]:
    asked = (
        select(Condition, Statement)
        .join(Statement, Statement.id == Condition.statement_id)
        .where(Statement.dialogue_id == dialogue.id)
    )
    if ids is not None:
        if not ids:
            return {}
        asked = asked.where(Condition.id.in_(ids))
    return {condition.id: (condition, statement) for condition, statement in db.session.execute(asked)}


def _is_read(condition: Condition, quotable: frozenset[int], *, exact: bool) -> bool:
    state = showing(condition.state, condition.reason)
    return state.read_by_analysts if exact else state.shown_to_all and condition.participant_id in quotable
