"""Filling in the trade-off grid: for oneself, for one's table, or by a facilitator for a table."""

from collections.abc import Mapping
from typing import Any

from app.db import db, utcnow
from app.models.comments import Comment
from app.models.criteria import Criterion
from app.models.dialogues import BreakoutTable, Stage
from app.models.people import Account, Participant
from app.models.tasks import StageTask
from app.models.tradeoffs import GridMark, GridVerdict
from app.queries.criteria_list import list_is_closed
from app.queries.taking_part import table_of
from app.queries.tradeoffs import Filler, marks_of, verdict_of
from app.services.recording import By, check_stage_act, record
from app.services.tasks import keep_words
from deliberation.comments import REASON_LIMIT, check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Action
from deliberation.stages import Setting
from deliberation.stewardship import Approach
from deliberation.tradeoffs import Mark, Verdict, check_ready, check_row


def filler_of(stage: Stage, participant: Participant, *, for_table: bool) -> Filler:
    """Who is meant; RuleError `no_table` where the person sits at no table, or the stage is not held at tables."""
    if not for_table:
        return Filler(participant_id=participant.id)
    table_id = table_of(stage, participant) if stage.setting is Setting.TABLES else None
    if table_id is None:
        raise RuleError("no_table")
    return Filler(table_id=table_id)


def fill_row(
    stage: Stage,
    task: StageTask,
    criterion: Criterion,
    marks: Mapping[str, str],
    *,
    why: str = "",
    for_table: bool = False,
    by: Participant,
) -> None:
    """Keeps what is said of the three approaches by one criterion; an approach left out has no mark any more.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `criteria_not_closed`, `no_table`, `unknown_answer`, `grid_row_empty`, `words_too_long`.
    """
    is_late = check_stage_act(stage, Action.FILL_GRID)
    check_ready(is_closed=list_is_closed(stage.session.dialogue))
    filler = filler_of(stage, by, for_table=for_table)
    row = check_row(marks)
    before = _comment_of(stage, criterion, filler)
    comment_id = keep_words(stage, task, why, before, by=by)
    _mark(stage, criterion, filler, row, comment_id, is_late)
    _filled(stage, by, {"criterion": str(criterion.public_id), "for_table": for_table, "late": is_late}, row)


def fill_row_for(
    stage: Stage,
    task: StageTask,
    criterion: Criterion,
    table: BreakoutTable,
    marks: Mapping[str, str],
    *,
    why: str = "",
    by: Account,
) -> None:
    """A facilitator enters what a table said, also after the stage; a row without any mark is left out.

    Raises:
        RuleError: `criteria_not_closed`, `unknown_answer`, `words_too_long`.
    """
    check_ready(is_closed=list_is_closed(stage.session.dialogue))
    filler = Filler(table_id=table.id)
    given = {approach: mark for approach, mark in marks.items() if mark}
    row = check_row(given) if given else {}
    comment_id = _table_words(stage, task, table, why, _comment_of(stage, criterion, filler)) if row else None
    _mark(stage, criterion, filler, row, comment_id, False)
    if row:
        _filled(stage, by, {"criterion": str(criterion.public_id), "for_table": True, "entered": "by staff"}, row)


def conclude(
    stage: Stage, task: StageTask, verdict: Verdict, *, why: str = "", for_table: bool = False, by: Participant
) -> None:
    """Keeps what is said of the whole grid; errors as in `fill_row`."""
    is_late = check_stage_act(stage, Action.FILL_GRID)
    check_ready(is_closed=list_is_closed(stage.session.dialogue))
    filler = filler_of(stage, by, for_table=for_table)
    before = verdict_of(stage, filler)
    comment_id = keep_words(stage, task, why, before.comment_id if before else None, by=by)
    _conclude(stage, filler, verdict, comment_id, is_late)
    _filled(stage, by, {"verdict": verdict.value, "for_table": for_table, "late": is_late}, {})


def conclude_for(stage: Stage, table: BreakoutTable, verdict: Verdict, *, by: Account) -> None:
    """A facilitator enters what a table said of the whole grid."""
    check_ready(is_closed=list_is_closed(stage.session.dialogue))
    before = verdict_of(stage, Filler(table_id=table.id))
    _conclude(stage, Filler(table_id=table.id), verdict, before.comment_id if before else None, False)
    _filled(stage, by, {"verdict": verdict.value, "for_table": True, "entered": "by staff"}, {})


def _comment_of(stage: Stage, criterion: Criterion, filler: Filler) -> int | None:
    marks = marks_of(stage, filler)
    return next((row.comment_id for (key, _), row in marks.items() if key == criterion.id and row.comment_id), None)


def _mark(
    stage: Stage,
    criterion: Criterion,
    filler: Filler,
    row: Mapping[Approach, Mark],
    comment_id: int | None,
    is_late: bool,
) -> None:
    before = {approach: mark for (key, approach), mark in marks_of(stage, filler).items() if key == criterion.id}
    for approach, old in before.items():
        if approach not in row:
            db.session.delete(old)
    for approach, mark in row.items():
        cell = before.get(approach)
        if cell is None:
            cell = GridMark(stage_id=stage.id, criterion_id=criterion.id, approach=approach, **vars(filler))
            db.session.add(cell)
        cell.mark, cell.comment_id, cell.is_late, cell.marked_at = mark, comment_id, is_late, utcnow()
    db.session.flush()


def _conclude(stage: Stage, filler: Filler, verdict: Verdict, comment_id: int | None, is_late: bool) -> None:
    row = verdict_of(stage, filler)
    if row is None:
        row = GridVerdict(stage_id=stage.id, **vars(filler))
        db.session.add(row)
    row.verdict, row.comment_id, row.is_late, row.given_at = verdict, comment_id, is_late, utcnow()
    db.session.flush()


def _table_words(stage: Stage, task: StageTask, table: BreakoutTable, text: str, before: int | None) -> int | None:
    """The table's words as a facilitator heard them: nobody's in particular, checked like all others."""
    words = check_words(text, limit=REASON_LIMIT) if tidy(text) else ""
    old = db.session.get(Comment, before) if before is not None else None
    if not words or (old is not None and old.text == words and old.state is not WordState.WITHDRAWN):
        return old.id if words and old is not None else None
    dialogue = stage.session.dialogue
    made = Comment(
        dialogue_id=dialogue.id,
        task_id=task.id,
        text=words,
        lang=dialogue.lang,
        state=WordState.WAITING if dialogue.moderates_first else WordState.APPROVED,
        stage_id=stage.id,
        session_id=stage.session_id,
        table_id=table.id,
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def _filled(stage: Stage, by: By, facts: Mapping[str, Any], row: Mapping[Approach, Mark]) -> None:
    marks = {approach.value: mark.value for approach, mark in row.items()}
    dialogue_id = stage.session.dialogue_id
    record(EventKind.GRID_FILLED, by=by, dialogue_id=dialogue_id, about=stage, facts={**facts, **marks})
