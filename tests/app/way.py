"""What tests of taking part share: an open vote stage with statements, and addresses."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.voting import Statement
from deliberation.stages import StageKind
from tests import factories


@dataclass
class Room:
    """A dialogue with one open stage and one participant."""

    dialogue: Dialogue
    stage: Stage
    participant: Participant
    statements: list[Statement]

    def at(self, tail: str = "", stage: Stage | None = None) -> str:
        """The address of the stage, or of something in it."""
        return f"/d/{self.dialogue.public_id}/s/{(stage or self.stage).public_id}{tail}"

    @property
    def next(self) -> str:
        """The address of "what is next"."""
        return f"/d/{self.dialogue.public_id}/next"

    @property
    def mine(self) -> str:
        """The address of one's own contributions."""
        return f"/d/{self.dialogue.public_id}/mine"


def make_room(kind: StageKind = StageKind.VOTE, *, statements: int = 0, stage: Any = None, **changes: Any) -> Room:
    """A room; `stage` holds changes of the stage, the rest those of the dialogue."""
    dialogue = factories.make_dialogue(**changes)
    session = factories.make_session(dialogue)
    made = factories.make_stage(session, kind, **(stage or {}))
    rows = [factories.make_statement(dialogue, f"Claim number {n} stands.") for n in range(1, statements + 1)]
    for place, row in enumerate(rows, 1):
        factories.place_statement(made, row, place=place)
    return Room(dialogue, made, factories.make_participant(dialogue), rows)


def saved(row: Any) -> Any:
    """A row that is committed."""
    return factories._saved(row)


def at_hand(html: str) -> dict[str, str]:
    """The hidden values of the voting form on a page."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', html) for name in ("statement_id", "client_key")}
    return {name: match.group(1) for name, match in found.items() if match}


def vote(client: FlaskClient, room: Room, position: int, **more: Any) -> Any:
    """Votes on whatever the stage's page shows."""
    shown = at_hand(client.get(room.at()).text)
    return client.post(room.at("/vote"), data={**shown, "position": position, **more})


def key() -> str:
    """A fresh client key."""
    return str(uuid.uuid4())


def fresh(row: Any) -> Any:
    """The row as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(type(row), row.id)
