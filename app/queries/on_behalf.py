"""What the team entered for whom: sheets, their rows, and marks for a person's own pages and for analysts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, Stage
from app.models.on_behalf import EntryOnBehalf, EntrySheet
from app.models.people import Account, Participant
from app.models.vault import Seat, VaultContact, VaultSeatLink
from app.models.voting import CurrentVote, Statement, Vote
from app.queries.voting import votable
from deliberation.on_behalf import EntryWay
from deliberation.stages import StageKind
from deliberation.voting import Position


@dataclass(frozen=True)
class Entered:
    """How what a person gave was entered for them, by inner key of statement (its current vote) or of words."""

    votes: Mapping[int, EntryWay] = field(default_factory=dict)
    statements: Mapping[int, EntryWay] = field(default_factory=dict)
    comments: Mapping[int, EntryWay] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetRow:
    """One sheet in the list: how many rows came of it, and the seat it belongs to (None in an open dialogue)."""

    sheet: EntrySheet
    stage: Stage | None
    seat: int | None
    entered_by: Account
    votes: int
    words: int


@dataclass(frozen=True)
class SheetContents:
    """What came of one sheet: (statement, position, important, replaced the person's own vote), and words."""

    votes: list[tuple[Statement, Position, bool, bool]]
    words: list[Statement | Comment]


@dataclass(frozen=True)
class SeatState:
    """A seat with who was recruited to it; `participant` once somebody has joined from it."""

    seat: Seat
    name: str
    participant: Participant | None


def entered_for(person: Participant) -> Entered:
    """What stands that the team entered for this person."""
    standing = (EntrySheet.participant_id == person.id, EntrySheet.undone_at.is_(None))
    joined = select(EntrySheet.way).join(EntryOnBehalf, EntryOnBehalf.sheet_id == EntrySheet.id).where(*standing)
    votes = joined.join(CurrentVote, CurrentVote.vote_id == EntryOnBehalf.vote_id).add_columns(
        CurrentVote.statement_id
    )
    statements = joined.where(EntryOnBehalf.statement_id.is_not(None)).add_columns(EntryOnBehalf.statement_id)
    comments = joined.where(EntryOnBehalf.comment_id.is_not(None)).add_columns(EntryOnBehalf.comment_id)
    found = [{row[1]: row[0] for row in db.session.execute(one)} for one in (votes, statements, comments)]
    return Entered(*found)


def seats_to_enter_for(dialogue: Dialogue) -> list[SeatState]:
    """Seats in the order of their numbers. Never a pseudonym: the roll does not know them."""
    rows = db.session.execute(
        select(Seat, VaultContact.name, Participant)
        .outerjoin(VaultContact, VaultContact.seat_id == Seat.id)
        .outerjoin(VaultSeatLink, VaultSeatLink.seat_id == Seat.id)
        .outerjoin(Participant, Participant.id == VaultSeatLink.participant_id)
        .where(Seat.dialogue_id == dialogue.id)
        .order_by(Seat.number)
    )
    return [SeatState(seat, name or "", person) for seat, name, person in rows]


def seat_of(participant_id: int) -> Seat | None:
    """The seat of a participant of a panel."""
    linked = select(Seat).join(VaultSeatLink).where(VaultSeatLink.participant_id == participant_id)
    return db.session.scalar(linked)


def seat_numbers(dialogue: Dialogue) -> dict[int, int]:
    """Participant -> number of their seat."""
    rows = db.session.execute(
        select(VaultSeatLink.participant_id, Seat.number)
        .join(Seat, Seat.id == VaultSeatLink.seat_id)
        .where(Seat.dialogue_id == dialogue.id)
    )
    return {row[0]: row[1] for row in rows}


def stage_of(sheet: EntrySheet) -> Stage | None:
    """The stage that a sheet belongs to, while it is there."""
    return db.session.get(Stage, sheet.stage_id) if sheet.stage_id else None


def statements_to_enter(stage: Stage) -> list[Statement]:
    """Statements put to the vote in the stage, in the order of their numbers, as sheets print them."""
    return sorted((row.statement for row in votable(stage)), key=lambda one: one.number)


def people_of(dialogue: Dialogue) -> list[Participant]:
    """Everybody who has joined and not left, in the order of joining."""
    found = select(Participant).where(Participant.dialogue_id == dialogue.id, Participant.left_at.is_(None))
    return list(db.session.scalars(found.order_by(Participant.id)))


def find_person(dialogue: Dialogue, public_id: uuid.UUID) -> Participant | None:
    """A participant of this dialogue who has not left."""
    return db.session.scalar(
        select(Participant).where(
            Participant.public_id == public_id, Participant.dialogue_id == dialogue.id, Participant.left_at.is_(None)
        )
    )


def find_by_name(dialogue: Dialogue, pseudonym: str) -> Participant | None:
    """A participant by pseudonym, whatever its case: for open dialogues, which have no roll."""
    found = select(Participant).where(
        Participant.dialogue_id == dialogue.id,
        Participant.left_at.is_(None),
        func.lower(Participant.pseudonym) == pseudonym.strip().lower(),
    )
    return db.session.scalar(found)


def find_seat_numbered(dialogue: Dialogue, number: int) -> Seat | None:
    """A seat by its number."""
    return db.session.scalar(select(Seat).where(Seat.dialogue_id == dialogue.id, Seat.number == number))


def find_sheet(dialogue: Dialogue, public_id: uuid.UUID) -> EntrySheet | None:
    """A sheet of this dialogue."""
    return db.session.scalar(
        select(EntrySheet).where(EntrySheet.public_id == public_id, EntrySheet.dialogue_id == dialogue.id)
    )


def newest_sheets(dialogue: Dialogue, limit: int = 20) -> list[SheetRow]:
    """The newest sheets, undone ones too; counts, never what stood on them."""
    rows = db.session.execute(
        select(EntrySheet, Account, Seat.number)
        .join(Account, Account.id == EntrySheet.entered_by_id)
        .outerjoin(VaultSeatLink, VaultSeatLink.participant_id == EntrySheet.participant_id)
        .outerjoin(Seat, Seat.id == VaultSeatLink.seat_id)
        .where(EntrySheet.dialogue_id == dialogue.id)
        .order_by(EntrySheet.id.desc())
        .limit(limit)
    ).all()
    counted = db.session.execute(
        select(EntryOnBehalf.sheet_id, func.count(EntryOnBehalf.vote_id), func.count())
        .where(EntryOnBehalf.sheet_id.in_([row[0].id for row in rows]))
        .group_by(EntryOnBehalf.sheet_id)
    )
    counts = {sheet_id: (votes, total - votes) for sheet_id, votes, total in counted}
    return [
        SheetRow(sheet, stage_of(sheet), seat, by, *counts.get(sheet.id, (0, 0)))
        for sheet, by, seat in rows
    ]


def contents_of(sheet: EntrySheet) -> SheetContents:
    """Everything that came of a sheet."""
    entries = list(
        db.session.scalars(
            select(EntryOnBehalf).where(EntryOnBehalf.sheet_id == sheet.id).order_by(EntryOnBehalf.id)
        )
    )
    votes: list[tuple[Statement, Position, bool, bool]] = []
    words: list[Statement | Comment] = []
    for one in entries:
        if one.vote_id is not None:
            vote = db.session.get_one(Vote, one.vote_id)
            statement = db.session.get_one(Statement, vote.statement_id)
            votes.append((statement, Position(vote.position), vote.is_important, one.replaced_own))
        elif one.statement_id is not None:
            words.append(db.session.get_one(Statement, one.statement_id))
        else:
            words.append(db.session.get_one(Comment, one.comment_id))
    return SheetContents(votes, words)


def votes_that_stand(person: Participant) -> dict[int, tuple[datetime, bool]]:
    """Statement -> (when the vote that stands was cast, whether the team entered it). Never its position."""
    entered = select(EntryOnBehalf.vote_id).where(EntryOnBehalf.vote_id.is_not(None))
    rows = db.session.execute(
        select(CurrentVote.statement_id, CurrentVote.cast_at, CurrentVote.vote_id.in_(entered)).where(
            CurrentVote.participant_id == person.id
        )
    )
    return {row[0]: (row[1], bool(row[2])) for row in rows}


def entry_stages(dialogue: Dialogue) -> list[Stage]:
    """Stages that paper exists for: votes, and those with questions put to people."""
    in_dialogue = Stage.session_id.in_([session.id for session in dialogue.sessions])
    asked = set(db.session.scalars(select(Prompt.stage_id).join(Stage, Stage.id == Prompt.stage_id).where(in_dialogue)))
    return [
        stage
        for session in dialogue.sessions
        for stage in session.stages
        if stage.kind is StageKind.VOTE or stage.id in asked
    ]
