"""Where statements came from: reworded, split, or standing for others that say the same."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.db import db
from app.models.moderation import StatementLineage
from app.models.people import Participant
from app.models.voting import Statement
from deliberation.moderation import WordState


@dataclass(frozen=True)
class Line:
    """One step from a statement to another."""

    row: StatementLineage
    parent: Statement
    child: Statement

    @property
    def old_words(self) -> str:
        """The words it came from; empty once they were taken back."""
        return "" if self.parent.state is WordState.WITHDRAWN else self.parent.text

    @property
    def new_words(self) -> str:
        """The words it stands as; empty once they were taken back."""
        return "" if self.child.state is WordState.WITHDRAWN else self.child.text


def lines_of(statement: Statement) -> list[Line]:
    """Every line to and from a statement, oldest first."""
    return _lines(or_(StatementLineage.parent_id == statement.id, StatementLineage.child_id == statement.id))


def lines_from(statement_ids: Collection[int]) -> dict[int, list[Line]]:
    """Old statement -> what stands in its place."""
    found: dict[int, list[Line]] = {}
    for line in _lines(StatementLineage.parent_id.in_(statement_ids)):
        found.setdefault(line.parent.id, []).append(line)
    return found


def lines_into(statement_ids: Collection[int]) -> dict[int, Line]:
    """New statement -> the line to what it was reworded from; merging makes nothing new."""
    lines = _lines(StatementLineage.child_id.in_(statement_ids))
    return {line.child.id: line for line in lines if line.child.derived_from_id == line.parent.id}


def find_line(participant: Participant, public_id: uuid.UUID) -> StatementLineage | None:
    """A line to a statement of this participant."""
    return db.session.scalar(
        select(StatementLineage)
        .join(Statement, Statement.id == StatementLineage.child_id)
        .where(StatementLineage.public_id == public_id, Statement.author_id == participant.id)
    )


def _lines(where: object) -> list[Line]:
    rows = db.session.scalars(select(StatementLineage).where(where).order_by(StatementLineage.id))  # type: ignore[arg-type]
    return [
        Line(row, db.session.get_one(Statement, row.parent_id), db.session.get_one(Statement, row.child_id))
        for row in rows
    ]
