"""Whose results nobody sees yet: votes of stages that have not closed stay out of every figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, not_, or_, select

from app.db import db, utcnow
from app.models.analysis import Snapshot
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.voting import StageStatement, Statement, Vote
from deliberation.results import results_are_hidden
from deliberation.stages import StageKind, state_now


@dataclass(frozen=True)
class Hidden:
    """Votes of a stage that stay out of figures, but for those up to `told`: it had closed before, with these."""

    stage_id: int
    told: int
    title: str = ""


def is_hidden(stage: Stage) -> bool:
    """Whether nobody may see how people vote in the stage now."""
    return stage.kind is StageKind.VOTE and results_are_hidden(
        state_now(stage.state, stage.closed_at, utcnow()), early=stage.results_early
    )


def hidden_in(dialogue: Dialogue) -> tuple[Hidden, ...]:
    """Stages of the dialogue whose results are hidden now, in their order."""
    stages = db.session.scalars(
        select(Stage)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DialogueSession.dialogue_id == dialogue.id, Stage.kind == StageKind.VOTE)
        .order_by(DialogueSession.number, Stage.place)
    )
    return tuple(Hidden(one.id, one.told_vote_id or 0, one.title) for one in stages if is_hidden(one))


def may_be_counted(hidden: Iterable[Hidden]) -> Any:
    """A condition on `Vote`: true for votes that are in no hidden stage. Without hidden stages it is always true."""
    parts = [and_(Vote.stage_id == one.stage_id, Vote.id > one.told) for one in hidden]
    return or_(Vote.stage_id.is_(None), not_(or_(*parts))) if parts else Vote.id.is_not(None)


def is_being_voted_on(statement: Statement) -> bool:
    """Whether the statement is put to the vote in a stage whose results are hidden now."""
    stages = db.session.scalars(
        select(Stage)
        .join(StageStatement, StageStatement.stage_id == Stage.id)
        .where(StageStatement.statement_id == statement.id)
    )
    return any(is_hidden(one) for one in stages)


def to_keep(hidden: Iterable[Hidden]) -> list[list[int]]:
    """As a snapshot keeps it beside its settings: ids alone."""
    return [[one.stage_id, one.told] for one in hidden]


def stages_left_out(snapshot: Snapshot) -> list[str]:
    """Titles of the stages whose votes a snapshot does not count, since they had not closed."""
    kept = as_kept(snapshot.settings["inputs"].get("hidden", ()))
    stages = db.session.scalars(select(Stage).where(Stage.id.in_([one.stage_id for one in kept])).order_by(Stage.id))
    return [one.title for one in stages]


def as_kept(rows: Iterable[Iterable[int]]) -> tuple[Hidden, ...]:
    """The other way round; snapshots of earlier versions kept none."""
    return tuple(Hidden(stage_id, told) for stage_id, told in rows)
