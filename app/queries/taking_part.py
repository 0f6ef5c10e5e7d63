"""Where a participant stands: stages as they meet them, what they finished, at which table they sit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage, StageProgress, TableSeat
from app.models.people import Participant
from app.queries.dialogues import stages_in_order
from deliberation.progress import Next, StageView, what_is_next
from deliberation.stages import StageState, state_in_session, state_now


@dataclass(frozen=True)
class Place:
    """One stage on a participant's way, with how it stands now."""

    stage: Stage
    state: StageState
    is_started: bool
    is_finished: bool


@dataclass(frozen=True)
class Way:
    """A participant's way through the dialogue and the one thing that is next."""

    places: list[Place]
    next: Next

    @property
    def place(self) -> Place | None:
        """The place that the next thing is about."""
        return next((one for one in self.places if one.stage.id == self.next.stage_id), None)

    @property
    def finished(self) -> list[Place]:
        """What is done and can still be opened."""
        return [one for one in self.places if one.is_finished and one.state is not StageState.PLANNED]

    @property
    def missed(self) -> list[Place]:
        """Closed stages that the person did not finish: they can be looked at."""
        return [one for one in self.places if one.state is StageState.CLOSED and not one.is_finished]

    @property
    def now(self) -> Place | None:
        """The stage that is open at this moment, if any."""
        return next((one for one in self.places if one.state is StageState.OPEN), None)


def way_of(dialogue: Dialogue, participant: Participant, now: datetime) -> Way:
    """The participant's way: two queries however long the dialogue is."""
    rows = db.session.execute(
        select(StageProgress.stage_id, StageProgress.finished_at).where(StageProgress.participant_id == participant.id)
    )
    progress: Mapping[int, datetime | None] = {row.stage_id: row.finished_at for row in rows}
    places = []
    for stage in stages_in_order(dialogue):
        state = state_in_session(state_now(stage.state, stage.closed_at, now), stage.session.state)
        places.append(Place(stage, state, stage.id in progress, progress.get(stage.id) is not None))
    views = [StageView(one.stage.id, one.stage.kind, one.state, one.is_finished) for one in places]
    return Way(places, what_is_next(views))


def progress_in(stage: Stage, participant: Participant) -> StageProgress | None:
    """When the participant started and finished the stage."""
    return db.session.scalar(
        select(StageProgress).where(StageProgress.stage_id == stage.id, StageProgress.participant_id == participant.id)
    )


def table_of(stage: Stage, participant: Participant) -> int | None:
    """The id of the table at which the participant sits in the stage's session."""
    return db.session.scalar(
        select(TableSeat.table_id).where(
            TableSeat.session_id == stage.session_id, TableSeat.participant_id == participant.id
        )
    )


def session_count(dialogue: Dialogue) -> int:
    """How many sessions the dialogue has, for "Session 2 of 4"."""
    return len(list(db.session.scalars(select(DialogueSession.id).where(DialogueSession.dialogue_id == dialogue.id))))
