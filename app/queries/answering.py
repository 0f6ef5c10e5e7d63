"""A participant's response to the questionnaire of a stage."""

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.questionnaires import Response


def response_in(stage: Stage, participant: Participant) -> Response | None:
    """What the participant has answered in this stage so far."""
    return db.session.scalar(
        select(Response).where(Response.stage_id == stage.id, Response.participant_id == participant.id)
    )


def responses_by(participant: Participant) -> list[Response]:
    """Every response of the participant."""
    found = select(Response).where(Response.participant_id == participant.id)
    return list(db.session.scalars(found.order_by(Response.id)))
