"""Planning stages, and opening, pausing and closing them."""

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.dialogues import DialogueSession, Stage
from app.models.people import Account
from app.models.questionnaires import Questionnaire
from app.models.voting import Vote
from app.queries.held_back import held_back_at
from app.queries.results import is_hidden
from app.queries.stages import acted_in, empty_stages, has_happened, models_of
from app.services.order import renumber, swap
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.stages import Move, Setting, StageKind, StageState, check_stage_move
from deliberation.stewardship import MODELS_A_SITTING

MOVED = {
    Move.OPEN: EventKind.STAGE_OPENED,
    Move.REOPEN: EventKind.STAGE_OPENED,
    Move.PAUSE: EventKind.STAGE_PAUSED,
    Move.CLOSE: EventKind.STAGE_CLOSED,
}


def add_stage(
    session: DialogueSession,
    *,
    kind: StageKind,
    title: str,
    intro: str = "",
    minutes: int = 10,
    setting: Setting = Setting.ALONE,
    questionnaire: Questionnaire | None = None,
    by: Account,
) -> Stage:
    """A planned stage after the last one of its session."""
    stage = Stage(
        session_id=session.id,
        place=max((other.place for other in session.stages), default=0) + 1,
        kind=kind,
        title=check_words(title, limit=200),
        intro=intro.strip(),
        minutes=minutes,
        setting=setting,
        questionnaire_id=questionnaire.id if questionnaire and kind is StageKind.SURVEY else None,
    )
    session.stages.append(stage)
    db.session.flush()
    _edited(stage, by, "added")
    return stage


def edit_stage(
    stage: Stage,
    *,
    kind: StageKind,
    title: str,
    intro: str,
    minutes: int,
    setting: Setting,
    questionnaire: Questionnaire | None,
    by: Account,
) -> None:
    """Changes the facts of a stage.

    Raises:
        RuleError: `kind_fixed` once anybody has done anything in it; `too_many_models`.
    """
    asked = questionnaire.id if questionnaire and kind is StageKind.SURVEY else None
    if (kind is not stage.kind or asked != stage.questionnaire_id) and acted_in(stage):
        raise RuleError("kind_fixed")
    if kind is StageKind.COMPARE:
        check_model_count(len(models_of(stage)))
    stage.kind = kind
    stage.title = check_words(title, limit=200)
    stage.intro = intro.strip()
    stage.minutes = minutes
    stage.setting = setting
    stage.questionnaire_id = asked
    db.session.flush()
    _edited(stage, by, "edited")


def check_model_count(count: int) -> None:
    """RuleError `too_many_models` above what a person can weigh at a sitting."""
    if count > MODELS_A_SITTING:
        raise RuleError("too_many_models", limit=MODELS_A_SITTING, count=count)


def shift_stage(stage: Stage, step: int, *, by: Account) -> None:
    """Moves a stage one place up (-1) or down (+1) within its session."""
    if swap(list(stage.session.stages), stage, step, "place"):
        db.session.expire(stage.session, ["stages"])
        _edited(stage, by, "put in another order")


def delete_stage(stage: Stage, *, by: Account) -> None:
    """Removes a stage in which nothing has happened; RuleError `something_happened` otherwise."""
    if has_happened(stage):
        raise RuleError("something_happened")
    session = stage.session
    _edited(stage, by, "removed")
    session.stages.remove(stage)
    db.session.flush()
    renumber(list(session.stages), "place")


def move_stage(stage: Stage, move: Move, *, by: Account) -> StageState:
    """Opens, pauses, closes or reopens a stage.

    Raises:
        RuleError: why it cannot (see `deliberation.stages.check_stage_move`).
    """
    if move is Move.REOPEN and not is_hidden(stage):
        stage.told_vote_id = db.session.scalar(select(func.max(Vote.id)).where(Vote.stage_id == stage.id))
    others = sum(other.state is StageState.OPEN and other.id != stage.id for other in stage.session.stages)
    stage.state = check_stage_move(
        move,
        stage.state,
        session_state=stage.session.state,
        is_empty=stage.id in empty_stages([stage]),
        others_open=others,
        held=[material.current.title for material in held_back_at(stage)],
    )
    now = utcnow()
    if stage.state is StageState.OPEN:
        stage.opened_at = stage.opened_at or now
        stage.closed_at = None
    if stage.state is StageState.CLOSED:
        stage.closed_at = now
    db.session.flush()
    facts = {"kind": stage.kind.value, "move": move.value}
    record(MOVED[move], by=by, dialogue_id=stage.session.dialogue_id, about=stage, facts=facts)
    return stage.state


def _edited(stage: Stage, by: Account, how: str) -> None:
    facts = {"kind": stage.kind.value, "how": how}
    record(EventKind.STAGE_EDITED, by=by, dialogue_id=stage.session.dialogue_id, about=stage, facts=facts)
