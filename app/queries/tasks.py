"""Tasks placed in stages."""

from sqlalchemy import select

from app.db import db
from app.models.comments import Comment
from app.models.criteria import Criterion
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.tasks import StageTask
from app.models.tradeoffs import GridMark
from deliberation.tasks import Task


def tasks_of(stage: Stage) -> list[StageTask]:
    """Tasks of the stage, in the order of `Task`."""
    rows = db.session.scalars(select(StageTask).where(StageTask.stage_id == stage.id))
    return sorted(rows, key=lambda row: list(Task).index(row.task))


def find_task(stage: Stage, task: Task) -> StageTask | None:
    """The task, where it is placed in the stage."""
    return db.session.scalar(select(StageTask).where(StageTask.stage_id == stage.id, StageTask.task == task))


def stages_with(dialogue: Dialogue, task: Task) -> list[Stage]:
    """Stages of the dialogue that hold the task, in order."""
    found = (
        select(Stage)
        .join(StageTask, StageTask.stage_id == Stage.id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DialogueSession.dialogue_id == dialogue.id, StageTask.task == task)
        .order_by(DialogueSession.number, Stage.place)
    )
    return list(db.session.scalars(found))


def task_has_words(row: StageTask) -> bool:
    """Whether anybody wrote anything for the task."""
    return db.session.scalar(select(Comment.id).where(Comment.task_id == row.id).limit(1)) is not None


def task_subject(comment: Comment) -> str:
    """What words written for a task are about: the criterion of the grid, else the title of their stage."""
    criterion = db.session.scalar(
        select(Criterion.text)
        .join(GridMark, GridMark.criterion_id == Criterion.id)
        .where(GridMark.comment_id == comment.id)
        .limit(1)
    )
    if criterion is not None:
        return criterion
    stage = db.session.get(Stage, comment.stage_id) if comment.stage_id is not None else None
    return stage.title if stage is not None else ""
