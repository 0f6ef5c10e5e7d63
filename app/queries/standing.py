"""Who sends from a device, in which stage, in one prepared query: what the vote path needs before it acts."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, bindparam, func, select
from sqlalchemy.orm import aliased

from app.models.analysis import Snapshot
from app.models.dialogues import Dialogue, DialogueSession, Stage, StageProgress, TableSeat
from app.models.people import Participant, ParticipantDevice
from app.prepared import Prepared, is_among, listed
from deliberation.roles import Relation, Thing
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState, state_in_session, state_now

_counted = aliased(DialogueSession)
_COLUMNS = (
    Participant.id, Participant.public_id, Participant.lang,
    Dialogue.id, Dialogue.public_id, Dialogue.short_title, Dialogue.lang, Dialogue.mode, Dialogue.is_synthetic,
    Dialogue.moderates_first,
    Stage.id, Stage.public_id, Stage.kind, Stage.title, Stage.intro, Stage.state, Stage.closed_at,
    Stage.results_early, Stage.minimum_votes,
    DialogueSession.id, DialogueSession.number, DialogueSession.title, DialogueSession.state,
    StageProgress.finished_at, TableSeat.table_id,
    select(func.count()).where(_counted.dialogue_id == Dialogue.id).scalar_subquery(),
    select(Snapshot.public_id).where(Snapshot.dialogue_id == Dialogue.id).order_by(Snapshot.number.desc()).limit(1)
    .scalar_subquery(),
    StageProgress.id, Stage.place, ParticipantDevice.token_digest,
)  # fmt: skip


def _query(*, locked: bool, many: bool) -> "Prepared":
    """Of many people in stages that they have begun; or of one, also before."""

    def build(dialect: Dialect) -> Executable:
        found = (
            select(*_COLUMNS)
            .select_from(ParticipantDevice)
            .join(Participant, Participant.id == ParticipantDevice.participant_id)
            .join(Dialogue, Dialogue.id == Participant.dialogue_id)
            .join(DialogueSession, DialogueSession.dialogue_id == Dialogue.id)
            .join(Stage, Stage.session_id == DialogueSession.id)
            .join(
                StageProgress,
                (StageProgress.stage_id == Stage.id) & (StageProgress.participant_id == Participant.id),
                isouter=not many,
            )
            .outerjoin(
                TableSeat,
                (TableSeat.session_id == DialogueSession.id) & (TableSeat.participant_id == Participant.id),
            )
            .where(ParticipantDevice.revoked_at.is_(None), Participant.left_at.is_(None))
        )
        if many:
            found = found.where(
                is_among(dialect, ParticipantDevice.token_digest, "digests"),
                is_among(dialect, Stage.public_id, "stages"),
            ).order_by(Participant.id)
        else:
            found = found.where(
                ParticipantDevice.token_digest == bindparam("digest"),
                Dialogue.public_id == bindparam("dialogue"),
                Stage.public_id == bindparam("stage"),
            )
        # what one person sends at the same moment from two tabs is taken one after the other
        return found.with_for_update(key_share=True, of=Participant) if locked and dialect.name != "sqlite" else found

    return Prepared(build)


_ARRIVING = _query(locked=True, many=False)
_TOGETHER = {locked: _query(locked=locked, many=True) for locked in (False, True)}


@dataclass(frozen=True)
class Person:
    """The participant, by the names that the model and the templates use."""

    id: int
    public_id: uuid.UUID
    lang: str
    dialogue_id: int


@dataclass(frozen=True)
class ItsDialogue:
    """The dialogue, likewise."""

    id: int
    public_id: uuid.UUID
    short_title: str
    lang: str
    mode: DialogueMode
    is_synthetic: bool
    moderates_first: bool


@dataclass(frozen=True)
class ItsSession:
    """The session, likewise; `count` is how many the dialogue has."""

    id: int
    number: int
    title: str
    state: StageState
    count: int


@dataclass(frozen=True)
class ItsStage:
    """The stage, likewise."""

    id: int
    public_id: uuid.UUID
    kind: StageKind
    title: str
    intro: str
    state: StageState
    closed_at: datetime | None
    results_early: bool
    minimum_votes: int
    session: ItsSession
    place: int


@dataclass(frozen=True)
class Standing:
    """A participant in a stage. `snapshot` is the dialogue's newest; `has_begun`: and so has consented before."""

    person: Person
    dialogue: ItsDialogue
    stage: ItsStage
    finished_at: datetime | None
    table_id: int | None
    snapshot: uuid.UUID | None
    has_begun: bool = True

    def thing(self, now: datetime) -> Thing:
        """The stage as the permission table sees it."""
        state = state_in_session(state_now(self.stage.state, self.stage.closed_at, now), self.stage.session.state)
        return Thing(Relation.SAME_DIALOGUE, self.stage.kind, state)


def read_standings(
    connection: Connection, places: Collection[tuple[str, uuid.UUID, uuid.UUID]], *, locked: bool
) -> dict[tuple[str, uuid.UUID, uuid.UUID], Standing]:
    """(digest of the device's token, dialogue, stage) -> how it stands there, for each place that is known and begun.

    Args:
        locked: these people's other requests wait until this transaction has ended.
    """
    rows = _TOGETHER[locked].rows(
        connection,
        digests=listed(connection, {digest for digest, _, _ in places}),
        stages=listed(connection, {stage for _, _, stage in places}),
    )
    standings = [(row[29], _standing(row)) for row in rows]
    return {(digest, one.dialogue.public_id, one.stage.public_id): one for digest, one in standings}


def read_before_begun(
    connection: Connection, digest: str, dialogue_id: uuid.UUID, stage_id: uuid.UUID
) -> Standing | None:
    """One person's, locked likewise, also in a stage that they have not begun, and before any consent.

    None for a device that is not known, or another dialogue.
    """
    row: Any = _ARRIVING.row(connection, digest=digest, dialogue=dialogue_id, stage=stage_id)
    return None if row is None else _standing(row)


def _standing(row: Any) -> Standing:
    session = ItsSession(*(*row[19:23], row[25]))
    return Standing(
        person=Person(*row[0:4]),
        dialogue=ItsDialogue(*row[3:10]),
        stage=ItsStage(*(*row[10:19], session, row[28])),
        finished_at=row[23],
        table_id=row[24],
        snapshot=row[26],
        has_begun=row[27] is not None,
    )
