"""What the home of a dialogue and the list of dialogues say: counts, never names and never positions."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage, StageProgress
from app.models.learning import Material
from app.models.people import Account, Membership, Participant
from app.models.stewardship import StewardshipModel
from app.models.vault import Seat, VaultLobbyEntry, VaultSeatLink
from app.models.voting import CurrentVote, Statement
from app.queries.held_back import held_back_in
from app.queries.moderation import waiting_count
from app.queries.puzzled import not_understood
from app.queries.questions import without_answer
from app.queries.research_questions import to_check
from app.queries.stages import empty_stages, readiness
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.sessions import missing_before_opening
from deliberation.stages import StageState


@dataclass(frozen=True)
class SessionRow:
    """A session with what is missing before it can open.

    `missing` are codes of `missing_before_opening`; `empty` are stages in which people would find nothing; `held`
    are texts that participants are not shown now.
    """

    session: DialogueSession
    stages: list[Stage]
    missing: list[str]
    empty: list[Stage]
    joined: int
    held: list[Material]


@dataclass(frozen=True)
class Numbers:
    """The dialogue in numbers."""

    seats: int
    joined: int
    statements: int
    votes: int
    models: int
    materials: int


@dataclass(frozen=True)
class Attention:
    """What needs a person."""

    waiting: int
    lobby: int
    questions: int
    puzzling: list[Statement]
    research: int


def dialogues_of(account: Account) -> list[tuple[Dialogue, list[Role]]]:
    """Dialogues in which the account has a role, newest first, with the roles; an administrator sees all."""
    rows = db.session.execute(
        select(Membership.dialogue_id, Membership.role).where(
            Membership.account_id == account.id, Membership.ended_at.is_(None)
        )
    )
    roles: dict[int, list[Role]] = {}
    for dialogue_id, role in rows:
        roles.setdefault(dialogue_id, []).append(role)
    found = select(Dialogue).order_by(Dialogue.id.desc())
    if not account.is_administrator:
        found = found.where(Dialogue.id.in_(roles))
    order = list(Role)
    return [
        (dialogue, sorted(roles.get(dialogue.id, [Role.ADMINISTRATOR]), key=order.index))
        for dialogue in db.session.scalars(found)
    ]


def session_rows(dialogue: Dialogue) -> list[SessionRow]:
    """Every session in order."""
    rows = []
    for session in dialogue.sessions:
        stages = list(session.stages)
        empty = empty_stages(stages)
        rows.append(
            SessionRow(
                session=session,
                stages=stages,
                missing=missing_before_opening(readiness(session)) if session.state is StageState.PLANNED else [],
                empty=[stage for stage in stages if stage.id in empty and stage.state is StageState.PLANNED],
                joined=_taking_part(stages),
                held=held_back_in([stage.id for stage in stages]),
            )
        )
    return rows


def numbers_of(dialogue: Dialogue) -> Numbers:
    """Counts for the home page."""
    here = Participant.dialogue_id == dialogue.id
    votes = (
        select(func.count())
        .select_from(CurrentVote)
        .join(Participant, Participant.id == CurrentVote.participant_id)
        .where(here, Participant.left_at.is_(None))
    )
    return Numbers(
        seats=_count(select(func.count()).select_from(Seat).where(Seat.dialogue_id == dialogue.id)),
        joined=_count(select(func.count()).select_from(Participant).where(here, Participant.left_at.is_(None))),
        statements=_count(
            select(func.count())
            .select_from(Statement)
            .where(Statement.dialogue_id == dialogue.id, Statement.state == WordState.APPROVED)
        ),
        votes=_count(votes),
        models=_count(
            select(func.count()).select_from(StewardshipModel).where(StewardshipModel.dialogue_id == dialogue.id)
        ),
        materials=_count(select(func.count()).select_from(Material).where(Material.dialogue_id == dialogue.id)),
    )


def attention_of(dialogue: Dialogue) -> Attention:
    """Words to be checked, people in the lobby, questions without an answer, statements that are not understood."""
    lobby = (
        select(func.count())
        .select_from(VaultLobbyEntry)
        .where(
            VaultLobbyEntry.dialogue_id == dialogue.id,
            VaultLobbyEntry.matched_at.is_(None),
            VaultLobbyEntry.refused_at.is_(None),
        )
    )
    return Attention(
        waiting=waiting_count(dialogue),
        lobby=_count(lobby),
        questions=without_answer(dialogue),
        puzzling=not_understood(dialogue),
        research=to_check(dialogue),
    )


def seats_filled(dialogue: Dialogue) -> int:
    """How many seats of the roll have somebody who joined."""
    return _count(
        select(func.count())
        .select_from(VaultSeatLink)
        .join(Seat, Seat.id == VaultSeatLink.seat_id)
        .where(Seat.dialogue_id == dialogue.id)
    )


def state_of(dialogue: Dialogue) -> StageState:
    """Open while a session is open; closed once every session is; otherwise as the last one that began."""
    states = [session.state for session in dialogue.sessions]
    if StageState.OPEN in states:
        return StageState.OPEN
    if StageState.PAUSED in states:
        return StageState.PAUSED
    if states and all(state is StageState.CLOSED for state in states):
        return StageState.CLOSED
    return StageState.PLANNED


def _taking_part(stages: list[Stage]) -> int:
    from_progress = (
        select(func.count(func.distinct(StageProgress.participant_id)))
        .select_from(StageProgress)
        .where(StageProgress.stage_id.in_([stage.id for stage in stages]))
    )
    return _count(from_progress)


def _count(query: object) -> int:
    return db.session.scalar(query) or 0  # type: ignore[call-overload]
