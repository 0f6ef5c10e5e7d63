"""Reasons beside votes: one's own, and counted for analysts. They count while the vote has the same position."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from app.db import db
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.models.voting import CurrentVote, Statement, Vote, VoteReason
from app.queries.results import hidden_in, may_be_counted
from deliberation.moderation import WordState, showing
from deliberation.voting import Position


@dataclass(frozen=True)
class OwnReason:
    """A reason of one's own with its statement; `chips` are kept words, to be put into the reader's language."""

    reason: VoteReason
    statement: Statement
    position: Position


@dataclass(frozen=True)
class ReasonCount:
    """How many people of a position chose a reason."""

    position: Position
    chip: str
    people: int


def reason_for(participant: Participant, statement: Statement, position: Position) -> VoteReason | None:
    """What the participant said about voting so."""
    return db.session.scalar(
        select(VoteReason).filter_by(participant_id=participant.id, statement_id=statement.id, position=int(position))
    )


def standing_words(reason: VoteReason | None) -> Comment | None:
    """The words of a reason, unless they were taken back: then others can be written."""
    comment = db.session.get(Comment, reason.comment_id) if reason is not None and reason.comment_id else None
    return comment if comment is not None and comment.state is not WordState.WITHDRAWN else None


def reasons_by(participant: Participant) -> list[OwnReason]:
    """What the participant chose from lists, newest first; words are among their comments."""
    rows = db.session.execute(
        select(VoteReason, Statement)
        .join(Statement, Statement.id == VoteReason.statement_id)
        .where(VoteReason.participant_id == participant.id)
        .order_by(VoteReason.given_at.desc(), VoteReason.id.desc())
    )
    return [OwnReason(one, statement, Position(one.position)) for one, statement in rows if one.chips]


def find_own_reason(participant: Participant, public_id: uuid.UUID) -> VoteReason | None:
    """A reason of the participant's own."""
    return db.session.scalar(select(VoteReason).filter_by(public_id=public_id, participant_id=participant.id))


def reason_counts(dialogue: Dialogue, statement: Statement) -> list[ReasonCount]:
    """For analysts: how often each reason was chosen, those who agree first and passes last.

    Nothing of stages whose results are hidden.
    """
    rows = db.session.execute(_counted(dialogue).where(VoteReason.statement_id == statement.id))
    found = Counter((row.position, chip) for row in rows for chip in row.chips)
    passes = (
        select(Vote.pass_reason, func.count())
        .join(CurrentVote, CurrentVote.vote_id == Vote.id)
        .join(Participant, Participant.id == Vote.participant_id)
        .where(
            Vote.statement_id == statement.id,
            Vote.pass_reason.is_not(None),
            Participant.left_at.is_(None),
            may_be_counted(hidden_in(dialogue)),
        )
        .group_by(Vote.pass_reason)
    )
    found.update({
            (int(Position.PASS), reason.value): people
            for reason, people in db.session.execute(passes)
            if reason is not None
        })
    ordered = sorted(found.items(), key=lambda item: (_ORDER.index(item[0][0]), -item[1], item[0][1]))
    return [ReasonCount(Position(position), chip, people) for (position, chip), people in ordered]


def reasons_frame(dialogue: Dialogue, until: datetime | None = None) -> pd.DataFrame:
    """For analysts, one row for each chip and each text: participant, statement, position, chip, comment, text.

    `chip` or `text` is empty; `comment` is the inner key of the words, 0 without. Words only where analysts read them.

    Args:
        until: only what was said by then.
    """
    rows: list[tuple[Any, ...]] = []
    asked = _counted(dialogue)
    if until is not None:
        asked = asked.where(VoteReason.given_at <= until)
    for row in db.session.execute(asked.order_by(VoteReason.id)):
        key = (row.participant_id, row.statement_id, row.position)
        rows += [(*key, chip, 0, "") for chip in row.chips]
        comment = db.session.get(Comment, row.comment_id) if row.comment_id else None
        if comment is not None and showing(comment.state, comment.reason).read_by_analysts:
            rows.append((*key, "", comment.id, comment.text))
    return pd.DataFrame(rows, columns=["participant", "statement", "position", "chip", "comment", "text"])


_ORDER = (1, -1, 0)


def _counted(dialogue: Dialogue) -> Any:
    """Reasons of people who have not left and who still vote so, in stages whose results may be seen."""
    return (
        select(
            VoteReason.participant_id, VoteReason.statement_id, VoteReason.position, VoteReason.chips,
            VoteReason.comment_id,
        )
        .join(
            CurrentVote,
            (CurrentVote.participant_id == VoteReason.participant_id)
            & (CurrentVote.statement_id == VoteReason.statement_id)
            & (CurrentVote.position == VoteReason.position),
        )
        .join(Vote, Vote.id == CurrentVote.vote_id)
        .join(Statement, Statement.id == VoteReason.statement_id)
        .join(Participant, Participant.id == VoteReason.participant_id)
        .where(
            Statement.dialogue_id == dialogue.id,
            Participant.left_at.is_(None),
            may_be_counted(hidden_in(dialogue)),
        )
    )  # fmt: skip
