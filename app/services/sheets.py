"""The code on a printed sheet: short, the same each time, and worth nothing without the key of this installation."""

import hashlib
import hmac

from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.queries.on_behalf import entry_stages, people_of
from app.services.installation import settings_in_use
from deliberation.pseudonyms import tidy_code

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 6


def sheet_code(stage: Stage, person: Participant) -> str:
    """Six letters and digits that stand for one person's sheet of one stage, as `ABC-DEF`."""
    key = settings_in_use().code_key.encode()
    digest = hmac.new(key, f"sheet {stage.public_id} {person.public_id}".encode(), hashlib.sha256).digest()
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH])
    return f"{letters[:3]}-{letters[3:]}"


def find_by_code(dialogue: Dialogue, typed: str) -> tuple[Stage, Participant] | None:
    """Whose sheet of which stage has this code; None for none, or where two have the same."""
    wanted = tidy_code(typed)
    people = people_of(dialogue)
    found = [
        (stage, person)
        for stage in entry_stages(dialogue)
        for person in people
        if tidy_code(sheet_code(stage, person)) == wanted
    ]
    return found[0] if len(found) == 1 else None
