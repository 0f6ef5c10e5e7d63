"""Who answers questions: adding a specialist, changing the words about them, ending their part."""

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.questions import Specialist
from app.services.recording import record
from deliberation.comments import check_words, tidy
from deliberation.events import EventKind
from deliberation.questions import INTERESTS_LIMIT


def save_specialist(
    dialogue: Dialogue,
    *,
    name: str,
    organisation: str,
    interests: str,
    row: Specialist | None = None,
    by: Account,
) -> Specialist:
    """Adds a specialist, or changes the words about one. Interests have to be said, if only "none".

    Raises:
        RuleError: `words_empty`, `words_too_long`.
    """
    row = row or Specialist(dialogue_id=dialogue.id)
    row.name, row.organisation = check_words(name, limit=200), tidy(organisation)
    row.interests = check_words(interests, limit=INTERESTS_LIMIT)
    db.session.add(row)
    db.session.flush()
    record(EventKind.SPECIALIST_EDITED, by=by, dialogue_id=dialogue.id, about=row)
    return row


def end_specialist(row: Specialist, *, by: Account) -> None:
    """They answer no more; what they answered stays with their name."""
    row.ended_at = utcnow()
    db.session.flush()
    record(EventKind.SPECIALIST_EDITED, by=by, dialogue_id=row.dialogue_id, about=row, facts={"ended": True})


def return_specialist(row: Specialist, *, by: Account) -> None:
    """They answer again."""
    row.ended_at = None
    db.session.flush()
    record(EventKind.SPECIALIST_EDITED, by=by, dialogue_id=row.dialogue_id, about=row, facts={"ended": False})
