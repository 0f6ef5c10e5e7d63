"""Rating models, saying what made a difference, and putting a combination together."""

from collections.abc import Mapping

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.stewardship import Combination, ModelRating, StewardshipModel
from app.queries.comparing import combination_in, rating_in
from app.services.recording import check_stage_act, record
from app.services.support import gather_combination
from deliberation.comments import REASON_LIMIT, check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Action
from deliberation.stewardship import Acceptance, Rating, check_combination


def rate_model(
    stage: Stage,
    model: StewardshipModel,
    rating: Rating,
    *,
    acceptance: Acceptance | None = None,
    reason: str = "",
    by: Participant,
) -> ModelRating:
    """Keeps the rating of this stage; a changed mind replaces it, and the event keeps the earlier one.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `words_too_long`.
    """
    is_late = check_stage_act(stage, Action.RATE_MODEL)
    words = _optional(reason)
    row = rating_in(stage, model, by)
    if row is None:
        row = ModelRating(participant_id=by.id, model_id=model.id, stage_id=stage.id, lang=by.lang)
        db.session.add(row)
    row.rating = rating
    row.acceptance = acceptance
    row.reason = words
    row.is_late = is_late
    row.rated_at = utcnow()
    db.session.flush()
    facts = {"rating": rating.value, "acceptance": acceptance.value if acceptance else "", "late": is_late}
    record(EventKind.MODEL_RATED, by=by, dialogue_id=by.dialogue_id, about=model, facts=facts)
    return row


def tell_difference(stage: Stage, model: StewardshipModel, words: str, *, by: Participant) -> None:
    """What made the difference between two ratings, or what confirmed the first; may be empty.

    Raises:
        RuleError: `rating_missing` before the model was rated here, `words_too_long`.
    """
    check_stage_act(stage, Action.RATE_MODEL)
    row = rating_in(stage, model, by)
    if row is None:
        raise RuleError("rating_missing")
    row.difference = _optional(words)
    db.session.flush()
    facts = {"rating": row.rating.value, "difference": bool(row.difference)}
    record(EventKind.MODEL_RATED, by=by, dialogue_id=by.dialogue_id, about=model, facts=facts)


def combine_models(stage: Stage, answers: Mapping[str, str], *, reason: str = "", by: Participant) -> Combination:
    """Keeps the four answers; a changed mind replaces them.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `combination_incomplete`, `unknown_answer`, `words_too_long`.
    """
    is_late = check_stage_act(stage, Action.COMBINE_MODELS)
    checked = {question.value: answer for question, answer in check_combination(answers).items()}
    words = _optional(reason)
    row = combination_in(stage, by)
    if row is None:
        row = Combination(participant_id=by.id, stage_id=stage.id, lang=by.lang)
        db.session.add(row)
    row.answers = checked
    row.reason = words
    row.is_late = is_late
    row.made_at = utcnow()
    db.session.flush()
    gather_combination(stage, row)
    record(EventKind.COMBINATION_MADE, by=by, dialogue_id=by.dialogue_id, about=row, facts={"late": is_late})
    return row


def _optional(words: str) -> str:
    return check_words(words, limit=REASON_LIMIT) if tidy(words) else ""
