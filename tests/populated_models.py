"""Criteria, a grid, points from comments and support for combinations, in a dialogue that tests walk over."""

import uuid
from typing import Any

from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment
from app.models.dialogues import BreakoutTable, Dialogue, Stage
from app.models.people import Account, Participant
from app.models.stewardship import CombinationSupport, GatheredCombination, StewardshipModel
from app.models.tradeoffs import GridVerdict
from app.queries.tasks import stages_with, tasks_of
from app.services import criteria, points, tasks, tradeoffs
from deliberation.criteria import CriteriaAnswer
from deliberation.moderation import WordState
from deliberation.points import PointSide
from deliberation.support import Support
from deliberation.tasks import Task
from deliberation.tradeoffs import Verdict


def add_models_work(
    dialogue: Dialogue, person: Participant, maker: Account, model: StewardshipModel
) -> dict[str, list[uuid.UUID]]:
    """One row of each table; returns the ids that stand in addresses."""
    with transaction():
        said = db.session.scalars(
            select(Comment).where(Comment.dialogue_id == dialogue.id, Comment.state == WordState.APPROVED)
        ).first()
        assert said is not None
        check, grid, mixes = (stages_with(dialogue, task)[0] for task in Task)
        about = Comment(dialogue_id=dialogue.id, author_id=person.id, model_id=model.id, text="It is open and calm.")
        about.state = WordState.APPROVED
        db.session.add(about)
        db.session.flush()
        point = points.take_point(model, about, PointSide.FOR, "open and calm", by=maker)
        criteria.gather(dialogue, "It should be fair", [said], by=maker)
        row = criteria.edit(criteria.gather(dialogue, "Fair to all", [said], by=maker), "Fair to all of us", by=maker)
        criteria.say(check, _task(check), CriteriaAnswer.SOMETHING_MISSING, words="Speed is missing.", by=person)
        criteria.close_list(dialogue, by=maker)
        marks = {"delegated": "meets", "collective": "partly", "individual": "not_sure"}
        tradeoffs.fill_row(grid, _task(grid), row, marks, why="It takes long.", by=person)
        tradeoffs.conclude(grid, _task(grid), Verdict.NONE_MEETS_IT, by=person)
        gathered = GatheredCombination(dialogue_id=dialogue.id, key="none|none|none|none", answers={})
        db.session.add(gathered)
        db.session.flush()
        why = tasks.keep_words(mixes, _task(mixes), "It is slow.", None, by=person)
        db.session.add(
            CombinationSupport(
                participant_id=person.id, gathered_id=gathered.id, stage_id=mixes.id, comment_id=why,
                support=Support.DO_NOT_SUPPORT,
            )
        )  # fmt: skip
        if db.session.scalar(select(BreakoutTable).where(BreakoutTable.session_id == grid.session_id)) is None:
            db.session.add(BreakoutTable(session_id=grid.session_id, number=1))
        assert db.session.scalar(select(GridVerdict.id)) is not None
        return {
            "criterion_id": [row.public_id],
            "gathered_id": [gathered.public_id],
            "point_id": [point.public_id],
        }


def _task(stage: Stage) -> Any:
    return tasks_of(stage)[0]
