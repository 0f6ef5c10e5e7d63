"""Statements as staff read them: the list with counts, one of them, and whether its words are fixed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.analysis import Citation, ThemeMember
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Participant
from app.models.voting import CurrentVote, StageStatement, Statement, Vote
from deliberation.stages import StageKind
from deliberation.voting import Origin


@dataclass(frozen=True)
class Counts:
    """Current votes on a statement by people who have not left."""

    agree: int = 0
    passed: int = 0
    disagree: int = 0

    @property
    def total(self) -> int:
        """People who voted."""
        return self.agree + self.passed + self.disagree


def find_statement(dialogue: Dialogue, public_id: uuid.UUID) -> Statement | None:
    """A statement of this dialogue."""
    return db.session.scalar(
        select(Statement).where(Statement.public_id == public_id, Statement.dialogue_id == dialogue.id)
    )


def numbered(dialogue: Dialogue, number: int) -> Statement | None:
    """The statement with this number."""
    return db.session.scalar(
        select(Statement).where(Statement.dialogue_id == dialogue.id, Statement.number == number)
    )


def statements_of(dialogue: Dialogue) -> list[Statement]:
    """Every statement of the dialogue, by number."""
    found = select(Statement).where(Statement.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(Statement.number)))


def counts_of(statement_ids: Sequence[int]) -> dict[int, Counts]:
    """Statement id -> counts; ids without a vote are not in it."""
    rows = db.session.execute(
        select(CurrentVote.statement_id, CurrentVote.position, func.count())
        .join(Participant, Participant.id == CurrentVote.participant_id)
        .where(CurrentVote.statement_id.in_(statement_ids), Participant.left_at.is_(None))
        .group_by(CurrentVote.statement_id, CurrentVote.position)
    )
    found: dict[int, dict[int, int]] = {}
    for statement_id, position, count in rows:
        found.setdefault(statement_id, {})[position] = count
    return {key: Counts(row.get(1, 0), row.get(0, 0), row.get(-1, 0)) for key, row in found.items()}


def is_fixed(statement: Statement) -> bool:
    """Whether the words have to stay: voted on, cited, in a theme, or written by a participant."""
    if statement.origin is Origin.PARTICIPANT:
        return True
    return any(
        db.session.scalar(select(row.id).where(row.statement_id == statement.id).limit(1)) is not None
        for row in (Vote, Citation, ThemeMember)
    )


def stages_with(statement: Statement) -> list[Stage]:
    """Stages in which the statement is placed, in their order."""
    found = (
        select(Stage)
        .join(StageStatement, StageStatement.stage_id == Stage.id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(StageStatement.statement_id == statement.id)
        .order_by(DialogueSession.number, Stage.place)
    )
    return list(db.session.scalars(found))


def places_of(dialogue: Dialogue) -> dict[int, list[str]]:
    """Statement id -> "session.stage" places at which it is put to people, for the list."""
    rows = db.session.execute(
        select(StageStatement.statement_id, DialogueSession.number, Stage.place)
        .join(Stage, Stage.id == StageStatement.stage_id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DialogueSession.dialogue_id == dialogue.id)
        .order_by(DialogueSession.number, Stage.place)
    )
    found: dict[int, list[str]] = {}
    for statement_id, session_number, place in rows:
        found.setdefault(statement_id, []).append(f"{session_number}.{place}")
    return found


def lineage_of(statement: Statement) -> tuple[Statement | None, list[Statement]]:
    """(what it was reworded from, what it was reworded into)."""
    before = db.session.get(Statement, statement.derived_from_id) if statement.derived_from_id else None
    after = select(Statement).where(Statement.derived_from_id == statement.id).order_by(Statement.number)
    return before, list(db.session.scalars(after))


def next_number(dialogue_id: int) -> int:
    """The number of the next statement. Call it inside the transaction that adds the statement."""
    last = db.session.scalar(select(func.max(Statement.number)).where(Statement.dialogue_id == dialogue_id))
    return (last or 0) + 1


def vote_stages(dialogue: Dialogue) -> list[Stage]:
    """Stages in which statements can be placed, in their order."""
    found = (
        select(Stage)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DialogueSession.dialogue_id == dialogue.id, Stage.kind == StageKind.VOTE)
        .order_by(DialogueSession.number, Stage.place)
    )
    return list(db.session.scalars(found))
