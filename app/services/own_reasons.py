"""Taking back the words beside a rating or a combination; what was chosen stays."""

from app.db import db
from app.models.people import Participant
from app.models.stewardship import Combination, ModelRating
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind


def take_back_words(row: ModelRating | Combination, *, by: Participant) -> None:
    """Erases the words; they were read by analysts only, so nothing of them is left.

    Raises:
        RuleError: `not_yours`, `already_withdrawn` where there are no words.
    """
    if row.participant_id != by.id:
        raise RuleError("not_yours")
    names = [name for name in ("reason", "difference") if getattr(row, name, "")]
    if not names:
        raise RuleError("already_withdrawn")
    for name in names:
        setattr(row, name, "")
    db.session.flush()
    facts = {"what": row.__tablename__}
    record(EventKind.COMMENT_WITHDRAWN, by=by, dialogue_id=by.dialogue_id, about=row, facts=facts)
