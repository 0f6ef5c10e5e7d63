"""Models that can be set side by side in a stage: its own, and those of parts that have been open."""

import uuid
from collections.abc import Sequence

from sqlalchemy import or_, select

from app.db import db
from app.models.dialogues import DialogueSession, Stage
from app.models.stewardship import StageModel, StewardshipModel
from deliberation.stages import StageState

MOST_BESIDE = 2
"""Models beside "How it works today": one reads best on a phone, two fit a wide screen."""


def offered_beside(stage: Stage) -> list[StewardshipModel]:
    """Models that people have met: placed in this stage, or in a stage of the dialogue that was ever opened."""
    met = (
        select(StageModel.model_id)
        .join(Stage, Stage.id == StageModel.stage_id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(
            DialogueSession.dialogue_id == stage.session.dialogue_id,
            or_(Stage.id == stage.id, Stage.state != StageState.PLANNED, Stage.opened_at.is_not(None)),
        )
    )
    found = select(StewardshipModel).where(StewardshipModel.id.in_(met), StewardshipModel.is_current.is_(False))
    return list(db.session.scalars(found.order_by(StewardshipModel.place, StewardshipModel.id)))


def today_of(stage: Stage) -> list[StewardshipModel]:
    """The card "How it works today": in every comparison, whatever is placed in the stage."""
    found = select(StewardshipModel).where(
        StewardshipModel.dialogue_id == stage.session.dialogue_id, StewardshipModel.is_current
    )
    return list(db.session.scalars(found.order_by(StewardshipModel.place, StewardshipModel.id).limit(1)))


def picked(offered: Sequence[StewardshipModel], wanted: Sequence[str]) -> list[StewardshipModel]:
    """The models asked for, at most two, none of them twice; what is not offered is left out."""
    by_id = {model.public_id: model for model in offered}
    found: list[StewardshipModel] = []
    for one in wanted:
        try:
            model = by_id.get(uuid.UUID(one))
        except ValueError:
            continue
        if model is not None and model not in found:
            found.append(model)
    return found[:MOST_BESIDE]
