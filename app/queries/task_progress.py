"""Which tasks of a stage a participant has done."""

from app.models.dialogues import Stage
from app.models.people import Participant
from app.queries.criteria import check_by
from app.queries.criteria_list import criteria_of
from app.queries.support import next_for, support_by
from app.queries.taking_part import table_of
from app.queries.tasks import tasks_of
from app.queries.tradeoffs import Filler, marks_of
from deliberation.stages import Setting
from deliberation.support import is_enough
from deliberation.tasks import TASK_KINDS, Task
from deliberation.tradeoffs import Filling, filling


def tasks_for(stage: Stage, participant: Participant | None) -> list[tuple[Task, bool]]:
    """Tasks of the stage in order, each with whether this person (or their table) has done it."""
    found = [row.task for row in tasks_of(stage) if stage.kind in TASK_KINDS[row.task]]
    return [(task, participant is not None and _is_done(stage, task, participant)) for task in found]


def _is_done(stage: Stage, task: Task, participant: Participant) -> bool:
    if task is Task.CHECK_CRITERIA:
        return check_by(stage, participant) is not None
    if task is Task.WEIGH_COMBINATIONS:
        mine = support_by(participant)
        return is_enough(len(mine)) or (bool(mine) and next_for(stage.session.dialogue, participant) is None)
    count = len(criteria_of(stage.session.dialogue))
    fillers = [Filler(participant_id=participant.id)]
    table = table_of(stage, participant) if stage.setting is Setting.TABLES else None
    if table is not None:
        fillers.append(Filler(table_id=table))
    return any(filling(len(marks_of(stage, one)), count) is Filling.FILLED for one in fillers)
