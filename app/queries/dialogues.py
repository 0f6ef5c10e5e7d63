"""Finding a dialogue and the things that belong to it; a thing of another dialogue is not found."""

import uuid

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage


def find_dialogue(public_id: uuid.UUID) -> Dialogue | None:
    """The dialogue with this public id."""
    return db.session.scalar(select(Dialogue).where(Dialogue.public_id == public_id))


def find_dialogue_by_text(text: str) -> Dialogue | None:
    """The dialogue whose public id a browser's session holds as text."""
    try:
        return find_dialogue(uuid.UUID(text))
    except ValueError:
        return None


def find_session(dialogue: Dialogue, public_id: uuid.UUID) -> DialogueSession | None:
    """A session of this dialogue."""
    return db.session.scalar(
        select(DialogueSession).where(
            DialogueSession.public_id == public_id, DialogueSession.dialogue_id == dialogue.id
        )
    )


def find_stage(dialogue: Dialogue, public_id: uuid.UUID) -> Stage | None:
    """A stage of this dialogue."""
    return db.session.scalar(
        select(Stage)
        .join(DialogueSession)
        .where(Stage.public_id == public_id, DialogueSession.dialogue_id == dialogue.id)
    )


def stages_in_order(dialogue: Dialogue) -> list[Stage]:
    """Every stage of the dialogue, by session and place."""
    return list(
        db.session.scalars(
            select(Stage)
            .join(DialogueSession)
            .where(DialogueSession.dialogue_id == dialogue.id)
            .order_by(DialogueSession.number, Stage.place, Stage.id)
        )
    )
