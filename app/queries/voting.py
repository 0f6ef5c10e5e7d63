"""What a participant meets in a vote stage: the statement at hand, what is left, and their own votes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import contains_eager

from analysis.routing import RoutingNumbers, routing_numbers
from app.db import db
from app.models.analysis import Snapshot
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.voting import CurrentVote, StageStatement, Statement, Vote
from app.queries.ballot import Ballot, read_ballot
from deliberation.moderation import WordState
from deliberation.routing import Candidate
from deliberation.sessions import DialogueMode
from deliberation.voting import Position


@dataclass(frozen=True)
class OwnVote:
    """A person's own current vote on a statement."""

    position: Position
    is_important: bool
    vote_id: int


def votable(stage: Stage) -> list[StageStatement]:
    """Approved statements placed in the stage, pinned ones first, then in their order."""
    return list(
        db.session.scalars(
            select(StageStatement)
            .join(Statement, Statement.id == StageStatement.statement_id)
            .where(StageStatement.stage_id == stage.id, Statement.state == WordState.APPROVED)
            .order_by(StageStatement.is_pinned.desc(), StageStatement.place, StageStatement.id)
            .options(contains_eager(StageStatement.statement))
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


def candidates(stage: Stage, participant: Participant) -> Sequence[Candidate]:
    """What may be put to the participant: pinned ones first, how often each was shown in this stage, and its gain."""
    dialogue, connection = stage.session.dialogue, db.session.connection()
    newest = db.session.scalar(
        select(Snapshot.public_id)
        .where(Snapshot.dialogue_id == dialogue.id)
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return candidates_on(connection, ballot_of(stage, participant), newest, dialogue.mode, participant.id)


def candidates_on(
    connection: Connection, ballot: Ballot, newest: uuid.UUID | None, mode: DialogueMode, participant_id: int
) -> Sequence[Candidate]:
    """What is on a ballot as candidates.

    The gain is there once a snapshot of an open dialogue has found groups. A panel sees everything: there only the
    number of times shown counts, and nobody's votes.

    Args:
        newest: the public id of the dialogue's newest snapshot, if it has any.
    """
    numbers = None if mode is DialogueMode.PANEL or newest is None else _numbers_of(connection, newest)
    if numbers is None:
        return ballot.placed
    return [
        one._replace(gain=numbers.gain(participant_id, one.statement_id, one.times_seen)) for one in ballot.placed
    ]


_NUMBERS: dict[uuid.UUID, RoutingNumbers | None] = {}


def _numbers_of(connection: Connection, snapshot: uuid.UUID) -> RoutingNumbers | None:
    if snapshot not in _NUMBERS:
        while len(_NUMBERS) >= 8:
            _NUMBERS.pop(next(iter(_NUMBERS)), None)
        found = connection.execute(select(Snapshot.result).where(Snapshot.public_id == snapshot)).scalar_one()
        _NUMBERS[snapshot] = routing_numbers(found)
    return _NUMBERS[snapshot]


def ballot_of(stage: Stage, participant: Participant) -> Ballot:
    """Where the participant stands in the stage."""
    return read_ballot(db.session.connection(), stage.id, participant.id)


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
