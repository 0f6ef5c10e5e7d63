"""What people said in a vote stage, counted once it has closed: whole numbers, and one's own votes for oneself."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.voting import Statement, Vote
from app.queries.analysis import words_of
from app.queries.results import is_hidden
from deliberation.moderation import WordState
from deliberation.results import totals_are_told
from deliberation.voting import Origin, Position


@dataclass(frozen=True)
class TallyLine:
    """One statement: numbers of people, and how the reader voted.

    `text` is None once the words are no longer shown; `is_told` is False where too few people voted.
    """

    number: int
    text: str | None
    lang: str
    agree: int
    disagree: int
    passed: int
    is_told: bool
    own: Position | None

    @property
    def voted(self) -> int:
        """People who voted on it."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class StageTally:
    """Only what was measured in the stage; `added` are statements that people wrote in it and everybody could see."""

    people: int
    votes: int
    statements: int
    added: int
    own: int
    lines: tuple[TallyLine, ...]


def counts_in(stage: Stage) -> dict[int, dict[Position, int]]:
    """Statement -> position -> people, by the newest vote of each person in this stage that was not undone."""
    rows = db.session.execute(
        select(Vote.statement_id, Vote.position, func.count())
        .where(Vote.id.in_(_newest(stage)))
        .group_by(Vote.statement_id, Vote.position)
    )
    found: dict[int, dict[Position, int]] = {}
    for statement_id, position, count in rows:
        found.setdefault(statement_id, {})[Position(position)] = count
    return found


def tally_of(stage: Stage, reader: Participant | None) -> StageTally | None:
    """The tally of a stage as a participant reads it; None while nobody may see results."""
    if is_hidden(stage):
        return None
    counts = counts_in(stage)
    own = _own(stage, reader)
    mode = stage.session.dialogue.mode
    statements = db.session.scalars(select(Statement).where(Statement.id.in_(counts))).all()
    lines = []
    for one in statements:
        agree, disagree, passed = (counts[one.id].get(position, 0) for position in _ORDER)
        told = totals_are_told(agree + disagree + passed, mode)
        shown = (agree, disagree, passed) if told else (0, 0, 0)
        lines.append(TallyLine(one.number, words_of(one), one.lang, *shown, told, own.get(one.id)))
    lines.sort(key=lambda line: (not line.is_told, -line.agree, line.number))
    return StageTally(
        people=_count(select(func.count(func.distinct(Vote.participant_id))).where(Vote.id.in_(_newest(stage)))),
        votes=sum(sum(by.values()) for by in counts.values()),
        statements=len(lines),
        added=_count(
            select(func.count())
            .select_from(Statement)
            .where(
                Statement.stage_id == stage.id,
                Statement.origin == Origin.PARTICIPANT,
                Statement.state == WordState.APPROVED,
            )
        ),
        own=len(own),
        lines=tuple(lines),
    )


_ORDER = (Position.AGREE, Position.DISAGREE, Position.PASS)


def _newest(stage: Stage) -> Any:
    return (
        select(func.max(Vote.id))
        .where(Vote.stage_id == stage.id, Vote.undone_at.is_(None))
        .group_by(Vote.participant_id, Vote.statement_id)
    )


def _own(stage: Stage, reader: Participant | None) -> dict[int, Position]:
    if reader is None:
        return {}
    rows = db.session.execute(
        select(Vote.statement_id, Vote.position)
        .where(Vote.id.in_(_newest(stage)), Vote.participant_id == reader.id)
    )
    return {statement_id: Position(position) for statement_id, position in rows}


def _count(query: Any) -> int:
    return db.session.scalar(query) or 0
