"""Points on cards that come from people in the dialogue: their words are read from the comments, never copied."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.stewardship import CardPoint, StewardshipModel
from app.queries.frames import people_who_allow
from deliberation.consent import Purpose
from deliberation.moderation import WordState
from deliberation.points import Part, PointSide, words_of_part

PAGE = 12
"""Comments on one page of the desk."""


@dataclass(frozen=True)
class Told:
    """A point with its words; None where the comment was taken back, changed, or is no longer shown to all."""

    point: CardPoint
    comment: Comment
    words: str | None


@dataclass(frozen=True)
class OnModel:
    """One page of comments on a model that everyone can see."""

    comments: list[Comment]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


def points_told(model: StewardshipModel) -> list[Told]:
    """Every point that was taken and not taken off, in the order taken; for staff."""
    rows = db.session.execute(
        select(CardPoint, Comment)
        .join(Comment, Comment.id == CardPoint.comment_id)
        .where(CardPoint.model_id == model.id, CardPoint.removed_at.is_(None))
        .order_by(CardPoint.id)
    )
    return [Told(point, comment, _words(point, comment)) for point, comment in rows]


def points_shown(
    dialogue: Dialogue, model: StewardshipModel, *, is_preview: bool
) -> Mapping[PointSide, Sequence[Told]]:
    """Side -> points as they stand on the card; a preview holds only words that may be quoted, as threads do."""
    told = [one for one in points_told(model) if one.words is not None]
    if is_preview and told:
        may = people_who_allow(dialogue, Purpose.QUOTES)
        told = [one for one in told if one.comment.author_id in may]
    return {side: [one for one in told if one.point.side is side] for side in PointSide}


def comments_on(dialogue: Dialogue, model: StewardshipModel, page: int) -> OnModel:
    """Comments on the model that everyone can see, oldest first."""
    where = (
        Comment.dialogue_id == dialogue.id, Comment.model_id == model.id, Comment.state == WordState.APPROVED,
    )  # fmt: skip
    total = db.session.scalar(select(func.count()).select_from(Comment).where(*where)) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    rows = select(Comment).where(*where).order_by(Comment.id).limit(PAGE).offset((page - 1) * PAGE)
    return OnModel(list(db.session.scalars(rows)), total, page)


def comment_on(dialogue: Dialogue, model: StewardshipModel, public_id: uuid.UUID) -> Comment | None:
    """A comment on this model."""
    return db.session.scalar(
        select(Comment).where(
            Comment.public_id == public_id, Comment.model_id == model.id, Comment.dialogue_id == dialogue.id
        )
    )


def find_point(model: StewardshipModel, public_id: uuid.UUID) -> CardPoint | None:
    """A point on this model's card."""
    return db.session.scalar(
        select(CardPoint).where(CardPoint.public_id == public_id, CardPoint.model_id == model.id)
    )


def point_standing(model: StewardshipModel, comment: Comment, side: PointSide, part: Part) -> bool:
    """Whether these very words stand on that side of the card already."""
    found = select(CardPoint.id).where(
        CardPoint.model_id == model.id,
        CardPoint.comment_id == comment.id,
        CardPoint.side == side,
        CardPoint.start == part.start,
        CardPoint.length == part.length,
        CardPoint.removed_at.is_(None),
    )
    return db.session.scalar(found) is not None


def point_counts(dialogue: Dialogue) -> dict[int, tuple[int, int]]:
    """Model -> (points for, points against) that came from people and are shown."""
    rows = db.session.execute(
        select(CardPoint, Comment)
        .join(Comment, Comment.id == CardPoint.comment_id)
        .where(Comment.dialogue_id == dialogue.id, CardPoint.removed_at.is_(None))
    )
    found: dict[int, tuple[int, int]] = {}
    for point, comment in rows:
        if _words(point, comment) is not None:
            pro, con = found.get(point.model_id, (0, 0))
            is_for = point.side is PointSide.FOR
            found[point.model_id] = (pro + is_for, con + (not is_for))
    return found


def _words(point: CardPoint, comment: Comment) -> str | None:
    if comment.state is not WordState.APPROVED:
        return None
    return words_of_part(comment.text, Part(point.start, point.length, point.digest))
