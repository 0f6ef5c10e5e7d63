"""What the team replied to comments, and the comments they may reply to."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.models.comments import Comment, StaffReply
from app.models.dialogues import Dialogue
from app.queries.contributions import about_of
from deliberation.moderation import WordState

PAGE = 20


@dataclass(frozen=True)
class Line:
    """A comment that everyone can see, what it answers, and how many replies it has. No author."""

    comment: Comment
    about: str
    replies: int
    by_team: int


@dataclass(frozen=True)
class Lines:
    """One page of comments, newest first."""

    lines: list[Line]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


def replies_by_team(comment: Comment) -> list[StaffReply]:
    """Replies by the team that stand, in order."""
    return list(
        db.session.scalars(
            select(StaffReply)
            .where(StaffReply.comment_id == comment.id, StaffReply.withdrawn_at.is_(None))
            .order_by(StaffReply.id)
        )
    )


def comments_to_answer(dialogue: Dialogue, *, unanswered: bool, page: int = 1) -> Lines:
    """Comments that everyone can see and that are no replies; `unanswered`: only those without the team's reply."""
    team = select(StaffReply.comment_id).where(
        StaffReply.dialogue_id == dialogue.id, StaffReply.withdrawn_at.is_(None)
    )
    where = [Comment.dialogue_id == dialogue.id, Comment.state == WordState.APPROVED, Comment.parent_id.is_(None)]
    if unanswered:
        where.append(Comment.id.not_in(team))
    total = db.session.scalar(select(func.count()).select_from(Comment).where(*where)) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    found = select(Comment).where(*where).order_by(Comment.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    rows = list(db.session.scalars(found))
    ids = [one.id for one in rows]
    said = select(Comment.parent_id, func.count()).where(
        Comment.parent_id.in_(ids), Comment.state == WordState.APPROVED
    )
    replies = _counts(said.group_by(Comment.parent_id))
    counted = select(StaffReply.comment_id, func.count()).where(
        StaffReply.comment_id.in_(ids), StaffReply.withdrawn_at.is_(None)
    )
    by_team = _counts(counted.group_by(StaffReply.comment_id))
    lines = [Line(one, about_of(one), replies.get(one.id, 0), by_team.get(one.id, 0)) for one in rows]
    return Lines(lines, total, page)


def find_to_answer(dialogue: Dialogue, public_id: uuid.UUID) -> Comment | None:
    """A comment of this dialogue that everyone can see."""
    return db.session.scalar(
        select(Comment).where(
            Comment.public_id == public_id, Comment.dialogue_id == dialogue.id, Comment.state == WordState.APPROVED
        )
    )


def find_staff_reply(dialogue: Dialogue, public_id: uuid.UUID) -> StaffReply | None:
    """A reply by the team in this dialogue."""
    return db.session.scalar(
        select(StaffReply).where(StaffReply.public_id == public_id, StaffReply.dialogue_id == dialogue.id)
    )


def replies_shown(comment: Comment) -> list[Comment]:
    """Participants' replies that everyone can see, in order."""
    return list(
        db.session.scalars(
            select(Comment)
            .where(Comment.parent_id == comment.id, Comment.state == WordState.APPROVED)
            .order_by(Comment.id)
        )
    )


def _counts(query: Any) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(query).all()}
