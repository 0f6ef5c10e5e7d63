"""Change of mind as it is read: the vote history, the moments to choose from, and the figures of two of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import func, select

from analysis.shift import Pairs, Shifts, TableIntervals, pairs_between, shift_interval_by_tables, shifts
from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, TableSeat
from app.models.people import Participant
from app.models.voting import Statement, Vote
from app.queries.analysis import statements_of
from app.queries.results import hidden_in, may_be_counted
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind

SEED = 20_261_124
"""The same for everybody who asks: equal moments give equal intervals."""


@dataclass(frozen=True)
class Ended:
    """A session, or a stage in it, that has ended: a moment to choose. `stage` is empty for the session."""

    key: str
    number: int
    session: str
    stage: str
    at: datetime
    had_votes: bool


@dataclass(frozen=True)
class Line:
    """One statement: numbers of people, and figures that are None where there is nothing to tell.

    `table`, `left_before` and `stayed_before` are in the order disagree, pass, agree.
    """

    statement: Statement
    table: tuple[tuple[int, ...], ...]
    towards: int
    away: int
    mean: float | None
    low: float | None
    high: float | None
    tables: int
    effect: float | None
    changed_low: float | None
    changed_high: float | None
    mcnemar_p: float | None
    mcnemar_q: float | None
    homogeneity: float | None
    df: int
    homogeneity_p: float | None
    homogeneity_q: float | None
    before_only: int
    after_only: int
    left_before: tuple[int, ...]
    stayed_before: tuple[int, ...]
    left_p: float | None

    @property
    def compared(self) -> int:
        """People whose two answers are compared."""
        return sum(map(sum, self.table))

    @property
    def changed(self) -> int:
        """People whose answer is another one than before."""
        return self.towards + self.away

    @property
    def before(self) -> tuple[int, ...]:
        """How those who are compared had voted."""
        return tuple(sum(row) for row in self.table)

    @property
    def after(self) -> tuple[int, ...]:
        """How they voted then."""
        return tuple(sum(column) for column in zip(*self.table, strict=True))


@dataclass(frozen=True)
class Change:
    """What changed between two moments; `lines` in the order of the largest net movement.

    session         the one whose tables are resampled; None where intervals rest on single people
    before_only ... people (not votes): voted before and on nothing again; voted again on something; new
    """

    lines: tuple[Line, ...]
    uncompared: tuple[Line, ...]
    session: DialogueSession | None
    before_only: int
    again: int
    new: int


def moments(dialogue: Dialogue, now: datetime) -> list[Ended]:
    """Ends of sessions and their stages until now, in order; breaks are left out.

    Late votes of a session lie before its end.
    """
    rows = db.session.execute(
        select(Vote.session_id, func.max(Vote.cast_at))
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Statement.dialogue_id == dialogue.id, Vote.session_id.is_not(None))
        .group_by(Vote.session_id)
    )
    last = {session: at for session, at in rows}  # noqa: C416 - a Row is no pair to mypy
    found = []
    for session in dialogue.sessions:
        key, number, title = str(session.public_id), session.number, session.title
        end = _end_of(session, last.get(session.id))
        if end is not None:
            found.append(Ended(key, number, title, "", end, session.id in last))
        found += [
            Ended(str(stage.public_id), number, title, stage.title, stage.closed_at, False)
            for stage in session.stages
            if stage.closed_at is not None and stage.kind is not StageKind.BREAK
        ]
    return [one for one in found if one.at <= now]


def _end_of(session: DialogueSession, last_vote: datetime | None) -> datetime | None:
    """When the last stage that opened had closed, or the last late vote; None while any is still open."""
    opened = [stage for stage in session.stages if stage.opened_at is not None]
    ends = [stage.closed_at for stage in opened if stage.closed_at is not None]
    if len(ends) < len(opened) or not (ends or session.closed_at):
        return None
    known = [*ends, last_vote] if ends else [session.closed_at, last_vote]
    return max(one for one in known if one is not None)


def voting_span(dialogue: Dialogue) -> tuple[datetime, datetime] | None:
    """The first and the last vote of the dialogue; None without votes."""
    first, last = db.session.execute(
        select(func.min(Vote.cast_at), func.max(Vote.cast_at))
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Statement.dialogue_id == dialogue.id)
    ).one()
    return None if first is None else (first, last)


def history(dialogue: Dialogue) -> pd.DataFrame:
    """Each vote event of people who have not left, in the order of the log, undone ones too.

    Votes of stages whose results are hidden are left out until these have closed.
    """
    rows = db.session.execute(
        select(Vote.participant_id, Vote.statement_id, Vote.position, Vote.cast_at, Vote.undone_at)
        .join(Statement, Statement.id == Vote.statement_id)
        .join(Participant, Participant.id == Vote.participant_id)
        .where(
            Statement.dialogue_id == dialogue.id, Participant.left_at.is_(None), may_be_counted(hidden_in(dialogue))
        )
        .order_by(Vote.id)
    ).all()
    names = ["participant", "statement", "position", "cast_at", "undone_at"]
    return pd.DataFrame([tuple(row) for row in rows], columns=names)


def change_between(dialogue: Dialogue, first: datetime, second: datetime, *, recast: bool) -> Change:
    """The figures of each statement.

    Args:
        first, second: moments, the first before the second.
        recast: compare only people who voted on a statement again (see `analysis.shift.shifts`).
    """
    pairs = pairs_between(history(dialogue), first, second)
    figures = shifts(pairs, recast=recast)
    session, by_tables = None, None
    if dialogue.mode is DialogueMode.PANEL:
        session, seats = _seats(dialogue, first, second)
        by_tables = shift_interval_by_tables(pairs, seats, SEED, recast=recast)
    statements = statements_of(dialogue)
    lines = [_line(statements[int(one)], figures, place, by_tables) for place, one in enumerate(figures.statements)]
    lines.sort(key=lambda line: (-abs(line.towards - line.away), -line.changed, line.statement.number))
    before_only, again, new = _people(pairs)
    return Change(
        lines=tuple(line for line in lines if line.compared),
        uncompared=tuple(line for line in lines if not line.compared),
        session=session,
        before_only=before_only,
        again=again,
        new=new,
    )


def _seats(dialogue: Dialogue, first: datetime, second: datetime) -> tuple[DialogueSession | None, dict[int, int]]:
    """The tables of the last session with seats in which votes were cast in between, else of the last with seats."""
    seated = set(db.session.scalars(select(TableSeat.session_id).distinct()))
    candidates = [one for one in dialogue.sessions if one.id in seated]
    voted_in = set(
        db.session.scalars(
            select(Vote.session_id)
            .where(Vote.session_id.in_([one.id for one in candidates]), Vote.cast_at > first, Vote.cast_at <= second)
            .distinct()
        )
    )
    chosen = [one for one in candidates if one.id in voted_in] or candidates
    if not chosen:
        return None, {}
    rows = db.session.execute(
        select(TableSeat.participant_id, TableSeat.table_id).where(TableSeat.session_id == chosen[-1].id)
    )
    return chosen[-1], {person: table for person, table in rows}  # noqa: C416 - a Row is no pair to mypy


def _people(pairs: Pairs) -> tuple[int, int, int]:
    """People who voted before and on nothing again; who voted again on something; who had not voted before."""
    again = set(pairs.row[pairs.again].tolist())
    before = set(pairs.row[pairs.had_before].tolist())
    after = set(pairs.row[pairs.had_after].tolist())
    return len(before - again), len(again), len(after - before)


def _line(statement: Statement, figures: Shifts, place: int, by_tables: TableIntervals | None) -> Line:
    ends = figures if by_tables is None else by_tables
    return Line(
        statement=statement,
        table=tuple(_whole(row) for row in figures.table[place]),
        towards=int(figures.towards[place]),
        away=int(figures.away[place]),
        mean=_known(figures.mean[place]),
        low=_known(ends.low[place]),
        high=_known(ends.high[place]),
        tables=0 if by_tables is None else int(by_tables.tables[place]),
        effect=_known(figures.effect[place]),
        changed_low=_known(figures.changed_low[place]),
        changed_high=_known(figures.changed_high[place]),
        mcnemar_p=_known(figures.mcnemar_p[place]),
        mcnemar_q=_known(figures.mcnemar_q[place]),
        homogeneity=_known(figures.homogeneity[place]),
        df=int(figures.df[place]),
        homogeneity_p=_known(figures.homogeneity_p[place]),
        homogeneity_q=_known(figures.homogeneity_q[place]),
        before_only=int(figures.before_only[place]),
        after_only=int(figures.after_only[place]),
        left_before=_whole(figures.left_before[place]),
        stayed_before=_whole(figures.stayed_before[place]),
        left_p=_known(figures.left_p[place]),
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _whole(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(one) for one in values)
