"""The trade-off grid as it is filled in: one filler's marks, everybody's counts and reasons, a frame for analysts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.models.comments import Comment
from app.models.criteria import Criterion
from app.models.dialogues import BreakoutTable, Dialogue, Stage
from app.models.tradeoffs import GridMark, GridVerdict
from app.queries.criteria_list import criteria_of
from app.queries.tasks import stages_with
from deliberation.moderation import WordState, showing
from deliberation.stewardship import Approach
from deliberation.tasks import Task
from deliberation.tradeoffs import Cell, Filling, Mark, Verdict, counted, filling


@dataclass(frozen=True)
class Filler:
    """Who fills the grid in: one participant or one table; exactly one is given."""

    participant_id: int | None = None
    table_id: int | None = None


@dataclass(frozen=True)
class Tally:
    """What tables, or persons, said: words in each cell, answers at the end, and how many filled in anything."""

    cells: dict[Cell, dict[Mark, int]]
    verdicts: dict[Verdict, int]
    fillers: int

    def count(self, criterion: Criterion, approach: Approach, mark: Mark) -> int:
        """How many chose the word in this cell."""
        return self.cells.get((criterion.id, approach), {}).get(mark, 0)

    def said(self, criterion: Criterion, approach: Approach) -> int:
        """How many chose any word in this cell."""
        return sum(self.cells.get((criterion.id, approach), {}).values())


@dataclass(frozen=True)
class Grid:
    """A stage's grid. `reasons`: criterion's id -> comments; `conclusions` are reasons of answers at the end."""

    stage: Stage
    criteria: list[Criterion]
    tables: Tally
    people: Tally
    reasons: dict[int, list[Comment]]
    conclusions: list[Comment]
    fillings: list[tuple[BreakoutTable, Filling]]


def marks_of(stage: Stage, filler: Filler) -> dict[Cell, GridMark]:
    """Cell -> the filler's mark."""
    rows = db.session.scalars(select(GridMark).where(GridMark.stage_id == stage.id, _by(GridMark, filler)))
    return {(row.criterion_id, row.approach): row for row in rows}


def verdict_of(stage: Stage, filler: Filler) -> GridVerdict | None:
    """What the filler said of the whole grid."""
    return db.session.scalar(
        select(GridVerdict).where(GridVerdict.stage_id == stage.id, _by(GridVerdict, filler))
    )


def table_by_number(stage: Stage, number: int) -> BreakoutTable | None:
    """A table of the stage's session."""
    return db.session.scalar(
        select(BreakoutTable).where(BreakoutTable.session_id == stage.session_id, BreakoutTable.number == number)
    )


def grid_of(stage: Stage, *, shown_only: bool = False) -> Grid:
    """Everything said on the stage's grid; `shown_only` leaves out words that not everyone can see."""
    criteria = criteria_of(stage.session.dialogue)
    ids = [one.id for one in criteria]
    marks = list(
        db.session.scalars(
            select(GridMark).where(GridMark.stage_id == stage.id, GridMark.criterion_id.in_(ids)).order_by(GridMark.id)
        )
    )
    verdicts = list(
        db.session.scalars(select(GridVerdict).where(GridVerdict.stage_id == stage.id).order_by(GridVerdict.id))
    )
    words = _words([*(row.comment_id for row in marks), *(row.comment_id for row in verdicts)], shown_only)
    reasons: dict[int, dict[int, Comment]] = {}
    for row in marks:
        if row.comment_id is not None and row.comment_id in words:
            reasons.setdefault(row.criterion_id, {})[row.comment_id] = words[row.comment_id]
    return Grid(
        stage=stage,
        criteria=criteria,
        tables=_tally([m for m in marks if m.table_id], [v for v in verdicts if v.table_id]),
        people=_tally([m for m in marks if m.participant_id], [v for v in verdicts if v.participant_id]),
        reasons={criterion: list(found.values()) for criterion, found in reasons.items()},
        conclusions=[words[one] for one in (row.comment_id for row in verdicts) if one is not None and one in words],
        fillings=_fillings(stage, marks, len(criteria)),
    )


def grids_of(dialogue: Dialogue) -> list[Grid]:
    """The grid of each stage that holds one, in order."""
    return [grid_of(stage) for stage in stages_with(dialogue, Task.FILL_GRID)]


def grid_progress(dialogue: Dialogue) -> list[tuple[Stage, int, int, int]]:
    """(stage, tables that filled the grid in, tables that began, all tables) for each stage that holds the grid."""
    found = []
    for grid in grids_of(dialogue):
        states = [state for _, state in grid.fillings]
        found.append((grid.stage, states.count(Filling.FILLED), states.count(Filling.BEGUN), len(states)))
    return found


def marks_on_criteria(dialogue: Dialogue) -> int:
    """How many marks there are on the grid of the dialogue."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(GridMark)
            .join(Criterion, Criterion.id == GridMark.criterion_id)
            .where(Criterion.dialogue_id == dialogue.id)
        )
        or 0
    )


def grid_frame(dialogue: Dialogue) -> pd.DataFrame:
    """One row a mark: stage, criterion, text, approach, mark, filler ("table" or "person"), who, late.

    `who` is the inner key of the table or the participant; the frame is for analyses, never for a public file.
    """
    rows = db.session.execute(
        select(GridMark, Criterion.text)
        .join(Criterion, Criterion.id == GridMark.criterion_id)
        .where(Criterion.dialogue_id == dialogue.id)
        .order_by(GridMark.id)
    )
    found = [
        (
            mark.stage_id, mark.criterion_id, text, mark.approach.value, mark.mark.value,
            "table" if mark.table_id else "person", mark.table_id or mark.participant_id, mark.is_late,
        )
        for mark, text in rows
    ]  # fmt: skip
    names = ["stage", "criterion", "text", "approach", "mark", "filler", "who", "late"]
    return pd.DataFrame(found, columns=names)


def _by(row: type[GridMark] | type[GridVerdict], filler: Filler) -> ColumnElement[bool]:
    if filler.table_id is not None:
        return row.table_id == filler.table_id
    return row.participant_id == filler.participant_id


def _tally(marks: list[GridMark], verdicts: list[GridVerdict]) -> Tally:
    given = Counter(row.verdict for row in verdicts)
    fillers = {(m.table_id, m.participant_id) for m in marks} | {(v.table_id, v.participant_id) for v in verdicts}
    return Tally(
        counted((row.criterion_id, row.approach, row.mark) for row in marks),
        {verdict: given[verdict] for verdict in Verdict},
        len(fillers),
    )


def _words(ids: Iterable[int | None], shown_only: bool) -> dict[int, Comment]:
    wanted = {one for one in ids if one is not None}
    rows = db.session.scalars(select(Comment).where(Comment.id.in_(wanted)).order_by(Comment.id))
    return {
        row.id: row
        for row in rows
        if row.state is WordState.APPROVED or (not shown_only and showing(row.state, row.reason).read_by_analysts)
    }


def _fillings(stage: Stage, marks: list[GridMark], criteria: int) -> list[tuple[BreakoutTable, Filling]]:
    done = Counter(row.table_id for row in marks if row.table_id)
    return [(table, filling(done[table.id], criteria)) for table in stage.session.tables]
