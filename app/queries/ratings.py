"""Ratings of models as analysts read them: a first and a later time, and what made the difference."""

from dataclasses import dataclass

from sqlalchemy import select

from analysis.rating_shift import RatingShift, rating_shift, transitions
from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Participant
from app.models.stewardship import ModelRating, StewardshipModel
from app.queries.stewardship import models_of_dialogue
from deliberation.stewardship import Acceptance, Movement, Rating, movement


@dataclass(frozen=True)
class Difference:
    """What somebody said made the difference (or confirmed their view), with the two words they chose."""

    words: str
    lang: str
    before: Rating
    now: Rating
    has_moved: bool


@dataclass(frozen=True)
class ModelShift:
    """One model that was rated in two stages or more: the first against the last.

    `acceptance`: rows could accept, could not (first); columns the same (later), of people who said both times.
    """

    model: StewardshipModel
    first: Stage
    last: Stage
    shift: RatingShift
    acceptance: tuple[tuple[int, ...], ...]
    differences: list[Difference]


@dataclass(frozen=True)
class ModelOnce:
    """A model that was rated in one stage only, with how often each word was chosen."""

    model: StewardshipModel
    stage: Stage
    counts: dict[Rating, int]


def rating_shifts(dialogue: Dialogue) -> tuple[list[ModelShift], list[ModelOnce]]:
    """Models rated at two times or more, and models rated once; both in the order of the cards."""
    rows = _rows(dialogue)
    twice, once = [], []
    for model in models_of_dialogue(dialogue):
        mine = [(stage, rating) for stage, rating in rows if rating.model_id == model.id]
        stages = list(dict.fromkeys(stage for stage, _ in mine))
        if len(stages) > 1:
            twice.append(_shift(model, mine, stages))
        elif stages:
            words = [rating.rating for _, rating in mine]
            once.append(ModelOnce(model, stages[0], {word: words.count(word) for word in Rating}))
    return twice, once


def _rows(dialogue: Dialogue) -> list[tuple[Stage, ModelRating]]:
    """Every rating with its stage, in the order of the stages."""
    found = db.session.execute(
        select(Stage, ModelRating)
        .join(ModelRating, ModelRating.stage_id == Stage.id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .join(Participant, Participant.id == ModelRating.participant_id)
        .where(DialogueSession.dialogue_id == dialogue.id, Participant.left_at.is_(None))
        .order_by(DialogueSession.number, Stage.place, ModelRating.id)
    )
    return [(stage, rating) for stage, rating in found]


def _shift(model: StewardshipModel, rows: list[tuple[Stage, ModelRating]], stages: list[Stage]) -> ModelShift:
    first = {row.participant_id: row for stage, row in rows if stage is stages[0]}
    last = {row.participant_id: row for stage, row in rows if stage is stages[-1]}
    accepted = [
        {person: row.acceptance for person, row in part.items() if row.acceptance is not None} for part in (first, last)
    ]
    return ModelShift(
        model=model,
        first=stages[0],
        last=stages[-1],
        shift=rating_shift(
            {person: row.rating for person, row in first.items()}, {person: row.rating for person, row in last.items()}
        ),
        acceptance=transitions(accepted[0], accepted[1], tuple(Acceptance)),
        differences=_differences(rows),
    )


def _differences(rows: list[tuple[Stage, ModelRating]]) -> list[Difference]:
    """Words given with any later rating, beside the rating before it, which they are about."""
    before: dict[int, Rating] = {}
    found = []
    for _, row in rows:
        earlier = before.get(row.participant_id)
        if earlier is not None and row.difference:
            has_moved = movement(earlier, row.rating) is Movement.MOVED
            found.append(Difference(row.difference, row.lang, earlier, row.rating, has_moved))
        before[row.participant_id] = row.rating
    return found
