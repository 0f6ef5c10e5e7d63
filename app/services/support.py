"""Saying whether one supports, could live with or does not support a combination."""

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.stewardship import Combination, CombinationSupport, GatheredCombination
from app.models.tasks import StageTask
from app.queries.support import gathered_with, support_by
from app.services.recording import check_stage_act, record
from app.services.tasks import keep_words
from deliberation.events import EventKind
from deliberation.roles import Action
from deliberation.support import Support, combination_key


def gather_combination(stage: Stage, combination: Combination) -> GatheredCombination:
    """Puts a combination beside all others of the dialogue that have the same four answers."""
    key = combination_key(combination.answers)
    combination.answers_key = key
    dialogue = stage.session.dialogue
    row = gathered_with(dialogue, key)
    if row is None:
        row = GatheredCombination(dialogue_id=dialogue.id, key=key, answers=dict(combination.answers))
        db.session.add(row)
    db.session.flush()
    return row


def weigh(
    stage: Stage, task: StageTask, gathered: GatheredCombination, support: Support, *, why: str = "", by: Participant
) -> CombinationSupport:
    """Keeps what a participant says of a combination; a changed mind replaces it, and the event keeps the earlier.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `words_too_long`.
    """
    is_late = check_stage_act(stage, Action.WEIGH_COMBINATIONS)
    row = support_by(by).get(gathered.id)
    comment_id = keep_words(stage, task, why, row.comment_id if row else None, by=by)
    if row is None:
        row = CombinationSupport(participant_id=by.id, gathered_id=gathered.id)
        db.session.add(row)
    row.stage_id, row.support, row.comment_id, row.is_late = stage.id, support, comment_id, is_late
    row.said_at = utcnow()
    db.session.flush()
    facts = {"support": support.value, "why": comment_id is not None, "late": is_late}
    record(EventKind.COMBINATION_SUPPORTED, by=by, dialogue_id=by.dialogue_id, about=gathered, facts=facts)
    return row
