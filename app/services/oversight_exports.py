"""That a file of the Oversight Group's record was handed out."""

from app.models.dialogues import Dialogue
from app.models.people import Account
from app.services.recording import record
from deliberation.events import EventKind


def note_export(dialogue: Dialogue, how: str, *, by: Account) -> None:
    """Records which file, and by whom it was taken."""
    record(EventKind.OVERSIGHT_EXPORTED, by=by, dialogue_id=dialogue.id, about=dialogue, facts={"format": how})
