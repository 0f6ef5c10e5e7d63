"""Handing out the log of moderation decisions, which is itself in the record."""

from app.models.dialogues import Dialogue
from app.models.people import Account
from app.services.recording import record
from deliberation.events import EventKind


def note_export(dialogue: Dialogue, *, by: Account) -> None:
    """Records who took the log out."""
    record(EventKind.MODERATION_EXPORTED, by=by, dialogue_id=dialogue.id, facts={"format": "csv"})
