"""Stewardship models as staff read them."""

import uuid

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.stewardship import StewardshipModel


def find_model(dialogue: Dialogue, public_id: uuid.UUID) -> StewardshipModel | None:
    """A model of this dialogue."""
    return db.session.scalar(
        select(StewardshipModel).where(
            StewardshipModel.public_id == public_id, StewardshipModel.dialogue_id == dialogue.id
        )
    )


def models_of_dialogue(dialogue: Dialogue) -> list[StewardshipModel]:
    """Every model of the dialogue, in order."""
    found = select(StewardshipModel).where(StewardshipModel.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(StewardshipModel.place, StewardshipModel.id)))
