"""Questionnaires of a dialogue as staff read them."""

import uuid

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.questionnaires import Questionnaire, Response
from app.queries.stages import questionnaires_of
from deliberation.stages import StageKind


def find_questionnaire(dialogue: Dialogue, public_id: uuid.UUID) -> Questionnaire | None:
    """A questionnaire of this dialogue."""
    return db.session.scalar(
        select(Questionnaire).where(Questionnaire.public_id == public_id, Questionnaire.dialogue_id == dialogue.id)
    )


def is_answered(row: Questionnaire) -> bool:
    """Whether anybody has begun to answer it."""
    return db.session.scalar(select(Response.id).where(Response.questionnaire_id == row.id).limit(1)) is not None


def answered_ids(dialogue: Dialogue) -> set[int]:
    """Ids of the dialogue's questionnaires that somebody has begun to answer."""
    mine = [row.id for row in questionnaires_of(dialogue)]
    return set(db.session.scalars(select(Response.questionnaire_id).where(Response.questionnaire_id.in_(mine))))


def stages_asking(dialogue: Dialogue) -> dict[int, list[Stage]]:
    """Questionnaire id -> the stages with questions that ask it, in the order of the sessions."""
    found = (
        select(Stage)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(
            DialogueSession.dialogue_id == dialogue.id,
            Stage.kind == StageKind.SURVEY,
            Stage.questionnaire_id.is_not(None),
        )
        .order_by(DialogueSession.number, Stage.place)
    )
    asking: dict[int, list[Stage]] = {}
    for stage in db.session.scalars(found):
        asking.setdefault(stage.questionnaire_id or 0, []).append(stage)
    return asking
