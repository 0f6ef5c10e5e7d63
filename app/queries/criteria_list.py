"""The list of criteria as it stands: what is on it, and whether it is closed."""

from sqlalchemy import select

from app.db import db
from app.models.criteria import Criterion
from app.models.dialogues import Dialogue


def criteria_of(dialogue: Dialogue) -> list[Criterion]:
    """The list as it is now, in order: newest versions, without those dropped."""
    return list(
        db.session.scalars(
            select(Criterion)
            .where(
                Criterion.dialogue_id == dialogue.id, Criterion.replaced_at.is_(None), Criterion.dropped_at.is_(None)
            )
            .order_by(Criterion.place, Criterion.id)
        )
    )


def list_is_closed(dialogue: Dialogue) -> bool:
    """Whether the list has been chosen: its words no longer change."""
    found = select(Criterion.id).where(Criterion.dialogue_id == dialogue.id, Criterion.chosen_at.is_not(None))
    return db.session.scalar(found.limit(1)) is not None
