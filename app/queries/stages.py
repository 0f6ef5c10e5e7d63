"""What stages and sessions hold, and whether anything has happened in them."""

from sqlalchemy import func, select

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.criteria import CriteriaCheck
from app.models.dialogues import Dialogue, DialogueSession, Stage, StageProgress
from app.models.learning import Material, StageMaterial
from app.models.preferences import PreferenceBallot
from app.models.questionnaires import Questionnaire, Response
from app.models.requests import StepJudgement
from app.models.stewardship import Combination, CombinationSupport, ModelRating, StageModel, StewardshipModel
from app.models.tasks import StageTask
from app.models.tradeoffs import GridMark, GridVerdict
from app.models.voting import Exposure, StageStatement, Statement, Vote
from deliberation.moderation import WordState
from deliberation.sessions import Readiness
from deliberation.stages import StageContents, StageState, is_empty

_HAPPENINGS = (
    StageProgress, Exposure, Vote, Comment, Response, ModelRating, Combination, CriteriaCheck, GridMark, GridVerdict,
    CombinationSupport, StepJudgement, PreferenceBallot,
)  # fmt: skip


def materials_of(stage: Stage) -> list[Material]:
    """Materials placed in the stage, in order."""
    placed = (
        select(Material)
        .join(StageMaterial, StageMaterial.material_id == Material.id)
        .where(StageMaterial.stage_id == stage.id)
        .order_by(StageMaterial.place, StageMaterial.id)
    )
    return list(db.session.scalars(placed))


def models_of(stage: Stage) -> list[StewardshipModel]:
    """Models placed in the stage, in order."""
    placed = (
        select(StewardshipModel)
        .join(StageModel, StageModel.model_id == StewardshipModel.id)
        .where(StageModel.stage_id == stage.id)
        .order_by(StageModel.place, StageModel.id)
    )
    return list(db.session.scalars(placed))


def placed_statements(stage: Stage) -> list[StageStatement]:
    """Statements placed in the stage, in order, whatever their state."""
    placed = select(StageStatement).where(StageStatement.stage_id == stage.id)
    return list(db.session.scalars(placed.order_by(StageStatement.place, StageStatement.id)))


def prompts_of(stage: Stage) -> list[Prompt]:
    """The questions put to people in the stage, in order."""
    return list(db.session.scalars(select(Prompt).where(Prompt.stage_id == stage.id).order_by(Prompt.place)))


def questionnaire_of(stage: Stage) -> Questionnaire | None:
    """The questionnaire that the stage asks."""
    return db.session.get(Questionnaire, stage.questionnaire_id) if stage.questionnaire_id else None


def questionnaires_of(dialogue: Dialogue) -> list[Questionnaire]:
    """Every questionnaire of the dialogue."""
    found = select(Questionnaire).where(Questionnaire.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(Questionnaire.id)))


def contents_of(stages: list[Stage]) -> dict[int, StageContents]:
    """Stage id -> what it holds, counted in six queries however many stages there are."""
    ids = [stage.id for stage in stages]
    materials = _counted(StageMaterial.stage_id, ids)
    models = _counted(StageModel.stage_id, ids)
    prompts = _counted(Prompt.stage_id, ids)
    tasks = _counted(StageTask.stage_id, ids)
    votable = _votable(ids)
    asked = {q.id: _questions(q) for q in _asked(stages)}
    return {
        stage.id: StageContents(
            materials=materials.get(stage.id, 0),
            models=models.get(stage.id, 0),
            prompts=prompts.get(stage.id, 0),
            votable=votable.get(stage.id, 0),
            questions=asked.get(stage.questionnaire_id or 0, 0),
            tasks=tasks.get(stage.id, 0),
        )
        for stage in stages
    }


def empty_stages(stages: list[Stage]) -> set[int]:
    """Ids of the stages in which people would find nothing to do."""
    contents = contents_of(stages)
    return {stage.id for stage in stages if is_empty(stage.kind, contents[stage.id])}


def readiness(session: DialogueSession) -> Readiness:
    """What a session holds before it opens; a material without words is not ready."""
    placed = (
        select(Material)
        .join(StageMaterial, StageMaterial.material_id == Material.id)
        .join(Stage, Stage.id == StageMaterial.stage_id)
        .where(Stage.session_id == session.id)
        .distinct()
    )
    unready = sorted(m.key for m in db.session.scalars(placed) if not m.versions or not m.current.body.strip())
    open_stages = sum(stage.state in {StageState.OPEN, StageState.PAUSED} for stage in session.stages)
    return Readiness(len(session.stages), open_stages, tuple(unready))


def has_happened(stage: Stage) -> bool:
    """Whether the stage was ever opened or anybody did anything in it."""
    if stage.state is not StageState.PLANNED or stage.opened_at is not None:
        return True
    return any(
        db.session.scalar(select(row.id).where(row.stage_id == stage.id).limit(1)) is not None for row in _HAPPENINGS
    )


def acted_in(stage: Stage) -> bool:
    """Whether anybody did anything in the stage, beyond its being open."""
    return any(
        db.session.scalar(select(row.id).where(row.stage_id == stage.id).limit(1)) is not None for row in _HAPPENINGS
    )


def session_happened(session: DialogueSession) -> bool:
    """Whether the session was ever opened or anything happened in one of its stages."""
    if session.state is not StageState.PLANNED or session.opened_at is not None:
        return True
    return any(has_happened(stage) for stage in session.stages)


def _counted(column: object, ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(select(column, func.count()).where(column.in_(ids)).group_by(column))  # type: ignore
    return {stage_id: count for stage_id, count in rows}  # noqa: C416 - a Row is no pair to mypy


def _votable(ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(StageStatement.stage_id, func.count())
        .join(Statement, Statement.id == StageStatement.statement_id)
        .where(StageStatement.stage_id.in_(ids), Statement.state == WordState.APPROVED)
        .group_by(StageStatement.stage_id)
    )
    return {stage_id: count for stage_id, count in rows}  # noqa: C416


def _asked(stages: list[Stage]) -> list[Questionnaire]:
    ids = {stage.questionnaire_id for stage in stages if stage.questionnaire_id}
    return list(db.session.scalars(select(Questionnaire).where(Questionnaire.id.in_(ids))))


def _questions(questionnaire: Questionnaire) -> int:
    pages = questionnaire.definition.get("pages") or []
    return sum(len(page.get("elements") or []) for page in pages)
