"""What a participant meets in a vote stage: the statement at hand, what is left, and their own votes."""

import uuid
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from analysis.routing import RoutingNumbers, routing_numbers
from app.db import db
from app.models.analysis import Snapshot
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.voting import CurrentVote, Exposure, StageStatement, Statement, Vote
from deliberation.moderation import WordState
from deliberation.routing import Candidate
from deliberation.sessions import DialogueMode
from deliberation.voting import Position, is_set_finished


@dataclass(frozen=True)
class OwnVote:
    """A person's own current vote on a statement."""

    position: Position
    is_important: bool
    vote_id: int


@dataclass(frozen=True)
class Ballot:
    """Where one person stands in a vote stage.

    `at_hand` is the statement to vote on now; None between sets and at the end.
    `done` counts statements voted on in this stage, `left` those not yet voted on, `skipped` those of `left`
    that were put off.
    """

    at_hand: Statement | None
    done: int
    left: int
    skipped: int
    can_undo: bool

    @property
    def is_between_sets(self) -> bool:
        """After each full set of five, with some left: stop here, or five more?"""
        return self.at_hand is None and self.left > 0

    @property
    def set_is_full(self) -> bool:
        """Whether the last vote ended a set of five."""
        return is_set_finished(self.done)


def votable(stage: Stage) -> list[StageStatement]:
    """Approved statements placed in the stage, pinned ones first, then in their order."""
    return list(
        db.session.scalars(
            select(StageStatement)
            .join(Statement, Statement.id == StageStatement.statement_id)
            .where(StageStatement.stage_id == stage.id, Statement.state == WordState.APPROVED)
            .order_by(StageStatement.is_pinned.desc(), StageStatement.place, StageStatement.id)
        )
    )


def find_votable(stage: Stage, public_id: uuid.UUID) -> Statement | None:
    """An approved statement placed in the stage."""
    return db.session.scalar(
        select(Statement)
        .join(StageStatement, StageStatement.statement_id == Statement.id)
        .where(
            StageStatement.stage_id == stage.id,
            Statement.public_id == public_id,
            Statement.state == WordState.APPROVED,
        )
    )


def voted_in(stage: Stage, participant: Participant) -> set[int]:
    """Ids of statements that the participant voted on in this stage."""
    return set(
        db.session.scalars(
            select(Vote.statement_id)
            .where(Vote.stage_id == stage.id, Vote.participant_id == participant.id, Vote.undone_at.is_(None))
            .distinct()
        )
    )


def put_off(stage: Stage, participant: Participant) -> set[int]:
    """Ids of statements that were shown and answered or skipped in this stage."""
    return set(
        db.session.scalars(
            select(Exposure.statement_id).where(
                Exposure.stage_id == stage.id,
                Exposure.participant_id == participant.id,
                Exposure.answered_at.is_not(None),
            )
        )
    )


def open_exposure(stage: Stage, participant: Participant) -> Exposure | None:
    """What was put to the participant and waits for an answer; the oldest first (so that an undone one returns)."""
    return db.session.scalar(
        select(Exposure)
        .join(Statement, Statement.id == Exposure.statement_id)
        .join(
            StageStatement,
            (StageStatement.statement_id == Exposure.statement_id) & (StageStatement.stage_id == Exposure.stage_id),
        )
        .where(
            Exposure.stage_id == stage.id,
            Exposure.participant_id == participant.id,
            Exposure.answered_at.is_(None),
            Statement.state == WordState.APPROVED,
        )
        .order_by(Exposure.id)
        .limit(1)
    )


def candidates(stage: Stage, participant: Participant) -> list[Candidate]:
    """What may be put to the participant: pinned ones first, how often each was shown in this stage, and its gain.

    The gain is there once a snapshot of an open dialogue has found groups. A panel sees everything: there only the
    number of times shown counts, and nobody's votes.
    """
    rows = db.session.execute(
        select(StageStatement.statement_id, StageStatement.is_pinned, StageStatement.times_shown)
        .join(Statement, Statement.id == StageStatement.statement_id)
        .where(StageStatement.stage_id == stage.id, Statement.state == WordState.APPROVED)
        .order_by(StageStatement.is_pinned.desc(), StageStatement.place, StageStatement.id)
    ).all()
    numbers = _numbers_for(stage.session.dialogue)
    if numbers is None:
        return [Candidate(*row) for row in rows]
    return [Candidate(*row, numbers.gain(participant.id, row.statement_id, row.times_shown)) for row in rows]


def _numbers_for(dialogue: Dialogue) -> RoutingNumbers | None:
    """Numbers of the newest snapshot, read once by each process: snapshots never change."""
    if dialogue.mode is DialogueMode.PANEL:
        return None
    newest = db.session.scalar(
        select(Snapshot.public_id).where(Snapshot.dialogue_id == dialogue.id).order_by(Snapshot.number.desc()).limit(1)
    )
    return None if newest is None else _numbers_of(newest)


@lru_cache(maxsize=8)
def _numbers_of(snapshot: uuid.UUID) -> RoutingNumbers | None:
    return routing_numbers(db.session.scalars(select(Snapshot.result).where(Snapshot.public_id == snapshot)).one())


def ballot_of(stage: Stage, participant: Participant) -> Ballot:
    """Where the participant stands in the stage."""
    placed = {row.statement_id for row in votable(stage)}
    voted = voted_in(stage, participant)
    exposure = open_exposure(stage, participant)
    left = placed - voted
    return Ballot(
        at_hand=db.session.get(Statement, exposure.statement_id) if exposure else None,
        done=len(voted),
        left=len(left),
        skipped=len(left & put_off(stage, participant)),
        can_undo=last_vote(stage, participant) is not None,
    )


def last_vote(stage: Stage, participant: Participant) -> Vote | None:
    """The participant's newest vote in this stage that has not been undone."""
    return db.session.scalar(
        select(Vote)
        .where(Vote.stage_id == stage.id, Vote.participant_id == participant.id, Vote.undone_at.is_(None))
        .order_by(Vote.id.desc())
        .limit(1)
    )


def own_votes(participant: Participant) -> dict[int, OwnVote]:
    """Statement id -> the participant's current vote, over all stages."""
    rows = db.session.scalars(select(CurrentVote).where(CurrentVote.participant_id == participant.id))
    return {row.statement_id: OwnVote(Position(row.position), row.is_important, row.vote_id) for row in rows}


def current_pass(participant: Participant, statement: Statement) -> Vote | None:
    """The participant's current vote on the statement, if it is a pass."""
    return db.session.scalar(
        select(Vote)
        .join(CurrentVote, CurrentVote.vote_id == Vote.id)
        .where(
            CurrentVote.participant_id == participant.id,
            CurrentVote.statement_id == statement.id,
            CurrentVote.position == Position.PASS.value,
        )
    )


def approved_words(stage: Stage) -> list[Statement]:
    """Statements of the dialogue that everyone can see, for the hint "these are close to yours"."""
    return list(
        db.session.scalars(
            select(Statement).where(
                Statement.dialogue_id == stage.session.dialogue_id, Statement.state == WordState.APPROVED
            )
        )
    )
