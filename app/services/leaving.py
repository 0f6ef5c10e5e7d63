"""Going: leaving a device, and leaving a dialogue, with everything a person gave taken out of live data."""

import secrets
from typing import Any

from sqlalchemy import Column, delete, or_, select, update

from app.db import Base, db, utcnow
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.drafting import Draft, DraftVersion
from app.models.events import EventPayload
from app.models.people import Participant, ParticipantDevice
from app.models.questions import Question
from app.models.research_questions import ResearchQuestion
from app.models.vault import Invitation, Seat, VaultLobbyEntry, VaultSeatLink
from app.models.voting import Statement
from app.queries.people import digest_of
from app.services.recording import record
from app.services.similar import forget
from deliberation.events import EventKind
from deliberation.moderation import WordState

KEPT = frozenset({"consent"})
"""Proof that consent was asked and given; it holds no view and, once the link is gone, no person."""


def leave_device(token: str, *, by: Participant) -> None:
    """This browser is no longer the participant's; everything else stays."""
    db.session.execute(
        update(ParticipantDevice)
        .where(
            ParticipantDevice.token_digest == digest_of(token),
            ParticipantDevice.participant_id == by.id,
            ParticipantDevice.revoked_at.is_(None),
        )
        .values(revoked_at=utcnow())
    )
    record(EventKind.DEVICE_LEFT, by=by, dialogue_id=by.dialogue_id)


def leave_dialogue(dialogue: Dialogue, *, by: Participant) -> None:
    """Takes out of live data what a participant gave, and the way from their name to it.

    Votes, ratings, answers and readings are deleted. The words of their statements, comments and questions are deleted;
    the empty row stays, because others voted on it, replied or joined. The payloads of their events are deleted;
    the chain of the log still holds. Figures in snapshots that were taken before stay.
    """
    record(EventKind.PARTICIPANT_LEFT, by=by, dialogue_id=dialogue.id)
    _empty_words(by)
    _leave_tables_words(by)
    _unlink(by)
    for column in _columns_of_participant():
        db.session.execute(delete(column.table).where(column == by.id))
    _delete_payloads(by)
    by.left_at = utcnow()
    by.pseudonym = f"(left) {secrets.token_hex(8)}"
    by.external_id = None
    db.session.flush()


def decline(dialogue: Dialogue, *, by: Participant) -> None:
    """A "no" to taking part: nothing of the person is kept, not even the empty row."""
    record(EventKind.PARTICIPANT_LEFT, by=by, dialogue_id=dialogue.id)
    _unlink(by)
    _delete_payloads(by)
    db.session.execute(delete(Participant).where(Participant.id == by.id))
    db.session.expunge(by)


def _columns_of_participant() -> list[Column[Any]]:
    """Columns of rows that belong to a participant, so that a table added later is not forgotten."""
    return [
        column
        for table in reversed(Base.metadata.sorted_tables)
        if table.name not in KEPT
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == Participant.__tablename__ and key.ondelete == "CASCADE"
    ]


def _empty_words(by: Participant) -> None:
    db.session.execute(update(Comment).where(Comment.author_id == by.id).values(side=None))
    forget(db.session.scalars(select(Statement.id).where(Statement.author_id == by.id)).all())
    for kind in (Statement, Comment, Question):
        db.session.execute(
            update(kind)
            .where(kind.author_id == by.id)
            .values(text="", state=WordState.WITHDRAWN, reason=None, withdrawn_at=utcnow(), author_id=None)
        )
    own = update(ResearchQuestion).where(ResearchQuestion.author_id == by.id)
    withdrawn = {"text": "", "words_state": WordState.WITHDRAWN, "withdrawn_at": utcnow()}
    db.session.execute(own.where(ResearchQuestion.text != "").values(**withdrawn))
    db.session.execute(own.values(author_id=None))


def _leave_tables_words(by: Participant) -> None:
    """What a table wrote together stays its own; that this person held the pen does not."""
    for column in (Draft.pen_holder_id, DraftVersion.written_by_id):
        db.session.execute(update(column.class_).where(column == by.id).values({column: None}))


def _unlink(by: Participant) -> None:
    """The seat is free of its pseudonym; open links and arrivals for it end."""
    seat = db.session.scalar(select(Seat).join(VaultSeatLink).where(VaultSeatLink.participant_id == by.id))
    if seat is None:
        return
    seat.left_at = utcnow()
    db.session.execute(
        update(Invitation)
        .where(Invitation.seat_id == seat.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=utcnow())
    )
    db.session.execute(delete(VaultLobbyEntry).where(VaultLobbyEntry.seat_id == seat.id))
    db.session.execute(delete(VaultSeatLink).where(VaultSeatLink.participant_id == by.id))
    db.session.flush()


def _delete_payloads(by: Participant) -> None:
    mine = str(by.public_id)
    db.session.execute(delete(EventPayload).where(or_(EventPayload.actor == mine, EventPayload.object_ref == mine)))
