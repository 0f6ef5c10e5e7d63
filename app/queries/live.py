"""Whether anything has moved since a page was shown: one prepared query for each look of each phone."""

import hashlib
import uuid
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from app.models.dialogues import Dialogue, DialogueSession, Stage, StageProgress
from app.models.people import Participant, ParticipantDevice
from app.prepared import Prepared
from deliberation.stages import state_in_session, state_now

_finished = (
    select(func.count())
    .where(StageProgress.participant_id == Participant.id, StageProgress.finished_at.is_not(None))
    .scalar_subquery()
)
_STAGES = Prepared(
    select(Stage.id, Stage.state, Stage.closed_at, DialogueSession.state, _finished)
    .select_from(ParticipantDevice)
    .join(Participant, Participant.id == ParticipantDevice.participant_id)
    .join(Dialogue, Dialogue.id == Participant.dialogue_id)
    .join(DialogueSession, DialogueSession.dialogue_id == Dialogue.id)
    .join(Stage, Stage.session_id == DialogueSession.id)
    .where(
        ParticipantDevice.token_digest == bindparam("digest"),
        ParticipantDevice.revoked_at.is_(None),
        Participant.left_at.is_(None),
        Dialogue.public_id == bindparam("dialogue"),
    )
    .order_by(Stage.id)
)


def version_of(connection: Connection, digest: str, dialogue_id: uuid.UUID, now: datetime) -> str | None:
    """A short word that changes when a stage or session moves, or this person finishes one elsewhere.

    None for a device that is not known, or in another dialogue.
    """
    rows = _STAGES.rows(connection, digest=digest, dialogue=dialogue_id)
    if not rows:
        return None
    said = [
        f"{stage_id}{state_in_session(state_now(state, closed_at, now), session_state)}"
        for stage_id, state, closed_at, session_state, _ in rows
    ]
    return hashlib.sha256(f"{said}{rows[0][4]}".encode()).hexdigest()[:12]
