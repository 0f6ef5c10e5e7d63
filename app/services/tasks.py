"""Placing tasks in a stage, and keeping the words that somebody adds to what they chose in one."""

from collections.abc import Collection

from app.db import db, utcnow
from app.models.comments import Comment
from app.models.dialogues import Stage
from app.models.people import Account, Participant
from app.models.tasks import StageTask
from app.queries.tasks import task_has_words, tasks_of
from app.services.comments import comment_on_task
from app.services.recording import record
from deliberation.comments import REASON_LIMIT, check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.tasks import Task, check_task


def place_tasks(stage: Stage, tasks: Collection[Task], *, by: Account) -> None:
    """Exactly these tasks.

    Raises:
        RuleError: `task_not_here` (kind of stage), `task_answered` when one that people wrote in would go.
    """
    before = {row.task: row for row in tasks_of(stage)}
    for task in tasks:
        check_task(task, stage.kind)
    for task, row in before.items():
        if task not in tasks:
            if task_has_words(row):
                raise RuleError("task_answered")
            db.session.delete(row)
    db.session.add_all(StageTask(stage_id=stage.id, task=task) for task in Task if task in tasks and task not in before)
    db.session.flush()
    facts = {"kind": stage.kind.value, "how": "tasks chosen", "count": len(tasks)}
    record(EventKind.STAGE_EDITED, by=by, dialogue_id=stage.session.dialogue_id, about=stage, facts=facts)


def keep_words(stage: Stage, task: StageTask, text: str, before: int | None, *, by: Participant) -> int | None:
    """The id of the comment that holds the words; None without words. Words that were there before are taken back.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `words_too_long`.
    """
    old = db.session.get(Comment, before) if before is not None else None
    words = check_words(text, limit=REASON_LIMIT) if tidy(text) else ""
    if old is not None and old.text == words and old.state is not WordState.WITHDRAWN:
        return old.id
    if old is not None and old.author_id == by.id and old.state is not WordState.WITHDRAWN:
        _take_back(old, by)
    return comment_on_task(stage, task, words, by=by).id if words else None


def _take_back(comment: Comment, by: Participant) -> None:
    comment.state = WordState.WITHDRAWN
    comment.withdrawn_at = utcnow()
    db.session.flush()
    facts = {"what": comment.__tablename__}
    record(EventKind.COMMENT_WITHDRAWN, by=by, dialogue_id=by.dialogue_id, about=comment, facts=facts)
