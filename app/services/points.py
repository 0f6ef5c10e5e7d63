"""Taking a comment, or a part of it, into a card's points for or against, and taking it off again."""

from app.db import db, utcnow
from app.models.comments import Comment
from app.models.people import Account
from app.models.stewardship import CardPoint, StewardshipModel
from app.queries.points import point_standing
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.points import PointSide, find_part


def take_point(model: StewardshipModel, comment: Comment, side: PointSide, words: str, *, by: Account) -> CardPoint:
    """Puts words of a comment on the model's card, exactly as they were said.

    Raises:
        RuleError: `not_shown` where not everyone can see the comment, `words_empty`, `words_too_long`,
            `part_not_said`, `point_taken`.
    """
    if comment.state is not WordState.APPROVED:
        raise RuleError("not_shown")
    part = find_part(comment.text, words)
    if point_standing(model, comment, side, part):
        raise RuleError("point_taken")
    point = CardPoint(model_id=model.id, comment_id=comment.id, side=side, taken_by_id=by.id, **vars(part))
    db.session.add(point)
    db.session.flush()
    _edited(model, by, f"point {side.value} taken")
    return point


def remove_point(model: StewardshipModel, point: CardPoint, *, by: Account) -> None:
    """Takes a point off the card; the comment stays as it is. Doing so again changes nothing."""
    if point.removed_at is not None:
        return
    point.removed_at = utcnow()
    db.session.flush()
    _edited(model, by, f"point {point.side.value} taken off")


def _edited(model: StewardshipModel, by: Account, how: str) -> None:
    facts = {"key": model.key, "how": how}
    record(EventKind.MODEL_EDITED, by=by, dialogue_id=model.dialogue_id, about=model, facts=facts)
