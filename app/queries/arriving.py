"""Whoever comes in, in prepared statements: the dialogue of a code, what has been asked of a person, their way."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, bindparam, case, func, literal, select, union_all

from app.models.consent import Consent, ConsentText
from app.models.dialogues import Dialogue, DialogueSession, Stage, StageProgress
from app.models.people import Participant, ParticipantDevice
from app.prepared import Prepared
from app.queries.questions import count_of_answered
from app.queries.standing import ItsDialogue, Person
from deliberation.consent import Purpose, Screen, newest_texts, next_screen
from deliberation.stages import StageKind, StageState, state_in_session, state_now

_ITS_DIALOGUE = (
    Dialogue.id, Dialogue.public_id, Dialogue.short_title, Dialogue.lang, Dialogue.mode, Dialogue.is_synthetic,
    Dialogue.moderates_first,
)  # fmt: skip


def _who(*, locked: bool) -> Prepared:
    def build(dialect: Dialect) -> Executable:
        found = (
            select(Participant.id, Participant.public_id, Participant.lang, *_ITS_DIALOGUE)
            .select_from(ParticipantDevice)
            .join(Participant, Participant.id == ParticipantDevice.participant_id)
            .join(Dialogue, Dialogue.id == Participant.dialogue_id)
            .where(
                ParticipantDevice.token_digest == bindparam("digest"),
                ParticipantDevice.revoked_at.is_(None),
                Participant.left_at.is_(None),
                Dialogue.public_id == bindparam("dialogue"),
            )
        )
        # what one person sends at the same moment from two tabs is taken one after the other
        return found.with_for_update(key_share=True, of=Participant) if locked and dialect.name != "sqlite" else found

    return Prepared(build)


_WHO = {locked: _who(locked=locked) for locked in (False, True)}
_ANSWER, _TEXT = 0, 1
_ASKED = Prepared(
    union_all(
        select(
            literal(_ANSWER), Consent.purpose, Consent.id, case((Consent.is_given, 1), else_=0), literal(""),
            literal(""),
        ).where(Consent.participant_id == bindparam("participant_id")),
        select(
            literal(_TEXT), ConsentText.purpose, ConsentText.version, literal(0), ConsentText.lang, ConsentText.digest
        ).where(ConsentText.dialogue_id == bindparam("dialogue_id")),
    )
)  # fmt: skip
_OF_CODE = Prepared(
    select(*_ITS_DIALOGUE).where(func.upper(func.replace(Dialogue.join_code, "-", "")) == bindparam("code"))
)
_TAKEN = Prepared(
    select(Participant.id).where(
        Participant.dialogue_id == bindparam("dialogue_id"), Participant.pseudonym == bindparam("name")
    )
)
_WAY = Prepared(
    select(
        Stage.id, Stage.public_id, Stage.kind, Stage.title, Stage.intro, Stage.minutes, Stage.setting, Stage.state,
        Stage.place, Stage.opened_at, Stage.closed_at,
        DialogueSession.id, DialogueSession.number, DialogueSession.title, DialogueSession.state,
        DialogueSession.starts_at, StageProgress.started_at, StageProgress.finished_at,
    )
    .join(DialogueSession, DialogueSession.id == Stage.session_id)
    .outerjoin(
        StageProgress,
        (StageProgress.stage_id == Stage.id) & (StageProgress.participant_id == bindparam("participant_id")),
    )
    .where(DialogueSession.dialogue_id == bindparam("dialogue_id"))
    .order_by(DialogueSession.number, Stage.place, Stage.id)
)  # fmt: skip
_ANSWERED = Prepared(count_of_answered(bindparam("participant_id")))


@dataclass(frozen=True)
class ItsText:
    """One version of the words about a purpose, without the words."""

    purpose: Purpose
    version: int
    lang: str
    digest: str


@dataclass(frozen=True)
class Arrival:
    """A participant, the newest answer to each purpose, and the texts of the dialogue, newest first."""

    person: Person
    dialogue: ItsDialogue
    answers: dict[Purpose, bool]
    newest_first: Sequence[ItsText]

    @property
    def screen(self) -> Screen | None:
        """The screen that this person still has to see before anything else."""
        return next_screen(self.answers, self.answers)

    def texts(self, purposes: Sequence[Purpose]) -> dict[Purpose, ItsText]:
        """What this person is shown about each purpose; none for one without words."""
        return newest_texts(self.newest_first, purposes, (self.person.lang, self.dialogue.lang))


def read_arrival(
    connection: Connection, digest: str, dialogue_id: uuid.UUID, *, locked: bool = False
) -> Arrival | None:
    """None for a device that is not known, or of another dialogue.

    Args:
        digest: of the device's token.
        locked: the person's other requests wait until this transaction has ended.
    """
    row: Any = _WHO[locked].row(connection, digest=digest, dialogue=dialogue_id)
    if row is None:
        return None
    person, dialogue = Person(*row[0:4]), ItsDialogue(*row[3:10])
    answers, texts = read_asked(connection, person.id, dialogue.id)
    return Arrival(person, dialogue, answers, texts)


def read_asked(
    connection: Connection, participant_id: int, dialogue_id: int
) -> tuple[dict[Purpose, bool], list[ItsText]]:
    """(the newest answer to each purpose that was put to a person, the dialogue's texts with the newest first)."""
    rows = _ASKED.rows(connection, participant_id=participant_id, dialogue_id=dialogue_id)
    answered = sorted((number, purpose, given) for what, purpose, number, given, _, _ in rows if what == _ANSWER)
    texts = [ItsText(row[1], row[2], row[4], row[5]) for row in rows if row[0] == _TEXT]
    texts.sort(key=lambda text: -text.version)
    return {purpose: bool(given) for _, purpose, given in answered}, texts


def dialogue_of_code(connection: Connection, tidy_code: str) -> ItsDialogue | None:
    """The dialogue with this session code."""
    row = _OF_CODE.row(connection, code=tidy_code)
    return None if row is None else ItsDialogue(*row)


def is_taken(connection: Connection, dialogue_id: int, pseudonym: str) -> bool:
    """Whether somebody of the dialogue has, or had, this pseudonym."""
    return _TAKEN.row(connection, dialogue_id=dialogue_id, name=pseudonym) is not None


@dataclass(frozen=True)
class Step:
    """One stage on a person's way, as `queries.taking_part.Place` has it, and all that its page says of it."""

    stage_id: int
    kind: StageKind
    state: StageState
    is_finished: bool
    facts: tuple[Any, ...]


def read_way(connection: Connection, participant_id: int, dialogue_id: int, now: datetime) -> list[Step]:
    """The stages of the dialogue in their order, with what this person began and finished."""
    steps = []
    for row in _WAY.rows(connection, participant_id=participant_id, dialogue_id=dialogue_id):
        state = state_in_session(state_now(row[7], row[10], now), row[14])
        begun, finished = row[16] is not None, row[17] is not None
        steps.append(Step(row[0], row[2], state, finished, (*row[:16], state, begun, finished)))
    return steps


def answered_questions(connection: Connection, participant_id: int) -> int:
    """How many of the person's own questions have a published answer."""
    return int(_ANSWERED.row(connection, participant_id=participant_id)[0])
