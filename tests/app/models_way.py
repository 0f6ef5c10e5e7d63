"""What tests of criteria, the grid, points and support share: a room with a task, comments, a closed list."""

from typing import Any

from app.db import db, transaction
from app.models.comments import Comment, Prompt
from app.models.criteria import Criterion
from app.models.dialogues import BreakoutTable, Stage, TableSeat
from app.models.people import Account, Participant
from app.models.tasks import StageTask
from app.queries.criteria_list import criteria_of
from app.services import criteria
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageKind, StageState
from deliberation.tasks import Task
from tests import factories
from tests.app.way import Room, make_room, saved


def task_room(task: Task, kind: StageKind = StageKind.DISCUSS, **changes: Any) -> tuple[Room, Account]:
    """A room whose stage holds the task, and a facilitator."""
    room = make_room(kind, **changes)
    saved(StageTask(stage_id=room.stage.id, task=task))
    return room, factories.make_staff(room.dialogue, Role.FACILITATOR)


def comment_in(room: Room, text: str, **changes: Any) -> Comment:
    """An approved answer to a prompt of the room's stage, unless said otherwise."""
    prompt = db.session.query(Prompt).filter_by(stage_id=room.stage.id).first()
    if prompt is None and "model_id" not in changes:
        prompt = saved(Prompt(stage_id=room.stage.id, place=1, text="What matters?"))
    values: dict[str, Any] = {
        "dialogue_id": room.dialogue.id, "author_id": room.participant.id, "state": WordState.APPROVED,
        "stage_id": room.stage.id,
    }  # fmt: skip
    if "model_id" not in changes:
        values["prompt_id"] = prompt.id
    return saved(Comment(text=text, **{**values, **changes}))


def closed_list(room: Room, by: Account, *texts: str) -> list[Criterion]:
    """A closed list of criteria, each from one comment."""
    source = comment_in(room, "It should be fair and quick.")
    with transaction():
        for text in texts or ("It is fair", "It is quick"):
            criteria.gather(room.dialogue, text, [source], by=by)
        criteria.close_list(room.dialogue, by=by)
    return criteria_of(room.dialogue)


def seat(room: Room, *people: Participant, number: int = 1) -> BreakoutTable:
    """A table at which these people sit."""
    session = room.stage.session
    table = saved(BreakoutTable(session_id=session.id, number=number))
    for person in people:
        saved(TableSeat(session_id=session.id, table_id=table.id, participant_id=person.id))
    return table


def close(room: Room) -> None:
    """Closes the room's stage, longer ago than late words are taken."""
    with transaction() as session:
        session.get_one(Stage, room.stage.id).state = StageState.CLOSED
