"""What one participant said of models, mixes and approaches, for their own page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models.criteria import CriteriaCheck, Criterion
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.models.stewardship import Combination, CombinationSupport, GatheredCombination, ModelRating
from app.models.tradeoffs import GridMark, GridVerdict
from app.queries.comparing import combinations_by
from app.queries.support import supported_by
from deliberation.criteria import CriteriaAnswer
from deliberation.tradeoffs import Verdict


@dataclass(frozen=True)
class Weighing:
    """Combinations made, what was said of others', of the list of criteria, and on the grid for oneself."""

    made: Sequence[Combination]
    supported: Sequence[tuple[GatheredCombination, CombinationSupport]]
    answers: Sequence[CriteriaAnswer]
    marks: Sequence[tuple[Criterion, GridMark]]
    verdicts: Sequence[Verdict]


def weighing_by(dialogue: Dialogue, participant: Participant) -> Weighing:
    """Everything of it, in the order it was said."""
    answers = select(CriteriaCheck.answer).where(CriteriaCheck.participant_id == participant.id)
    verdicts = select(GridVerdict.verdict).where(GridVerdict.participant_id == participant.id)
    marks = db.session.execute(
        select(Criterion, GridMark)
        .join(GridMark, GridMark.criterion_id == Criterion.id)
        .where(GridMark.participant_id == participant.id)
        .order_by(Criterion.place, GridMark.id)
    )
    return Weighing(
        made=combinations_by(dialogue, participant),
        supported=supported_by(participant),
        answers=list(db.session.scalars(answers.order_by(CriteriaCheck.id))),
        marks=[(criterion, mark) for criterion, mark in marks],
        verdicts=list(db.session.scalars(verdicts.order_by(GridVerdict.id))),
    )


def find_own_reason(participant: Participant, kind: str, public_id: uuid.UUID) -> ModelRating | Combination | None:
    """The participant's own rating or combination."""
    if kind == "rating":
        mine = (ModelRating.public_id == public_id, ModelRating.participant_id == participant.id)
        return db.session.scalar(select(ModelRating).where(*mine))
    if kind == "combination":
        made = (Combination.public_id == public_id, Combination.participant_id == participant.id)
        return db.session.scalar(select(Combination).where(*made))
    return None
