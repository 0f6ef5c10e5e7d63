"""A participant's ratings and combination in a compare stage, and their ratings before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Participant
from app.models.stewardship import Combination, ModelRating, StewardshipModel
from app.queries.stages import models_of


@dataclass(frozen=True)
class Compared:
    """A model of the stage with the participant's rating of it here, if any."""

    model: StewardshipModel
    rating: ModelRating | None


def compared(stage: Stage, participant: Participant | None) -> list[Compared]:
    """The models of the stage, "How it works today" first, each with the person's rating."""
    models = sorted(models_of(stage), key=lambda model: not model.is_current)
    mine: dict[int, ModelRating] = {}
    if participant is not None:
        rows = db.session.scalars(
            select(ModelRating).where(ModelRating.stage_id == stage.id, ModelRating.participant_id == participant.id)
        )
        mine = {row.model_id: row for row in rows}
    return [Compared(model, mine.get(model.id)) for model in models]


def rating_in(stage: Stage, model: StewardshipModel, participant: Participant) -> ModelRating | None:
    """The participant's rating of the model in this stage."""
    return db.session.scalar(
        select(ModelRating).where(
            ModelRating.stage_id == stage.id,
            ModelRating.model_id == model.id,
            ModelRating.participant_id == participant.id,
        )
    )


def rating_before(stage: Stage, model: StewardshipModel, participant: Participant) -> ModelRating | None:
    """The participant's newest rating of the model in a stage that comes before this one."""
    return db.session.scalar(
        select(ModelRating)
        .join(Stage, Stage.id == ModelRating.stage_id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(
            ModelRating.model_id == model.id,
            ModelRating.participant_id == participant.id,
            (DialogueSession.number < stage.session.number)
            | ((DialogueSession.number == stage.session.number) & (Stage.place < stage.place)),
        )
        .order_by(DialogueSession.number.desc(), Stage.place.desc())
        .limit(1)
    )


def combination_in(stage: Stage, participant: Participant) -> Combination | None:
    """The participant's combination in this stage."""
    return db.session.scalar(
        select(Combination).where(Combination.stage_id == stage.id, Combination.participant_id == participant.id)
    )


def ratings_by(participant: Participant) -> Sequence[tuple[ModelRating, StewardshipModel]]:
    """Every rating the participant gave, with its model, in the order given."""
    rows = db.session.execute(
        select(ModelRating, StewardshipModel)
        .join(StewardshipModel, StewardshipModel.id == ModelRating.model_id)
        .where(ModelRating.participant_id == participant.id)
        .order_by(ModelRating.rated_at, ModelRating.id)
    )
    return [(rating, model) for rating, model in rows]


def combinations_by(dialogue: Dialogue, participant: Participant) -> list[Combination]:
    """Every combination the participant put together."""
    found = select(Combination).where(Combination.participant_id == participant.id)
    return list(db.session.scalars(found.order_by(Combination.id)))
