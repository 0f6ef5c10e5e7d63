"""What people said at the stops of requests, one row each under a pseudonym, as a CSV file for analysts."""

from datetime import UTC

from app.exports.cells import plain_cell
from app.models.dialogues import Dialogue
from app.queries.frames import judgements_frame

SYNTHETIC = "SYNTHETIC: no real person said this"
WORDS = ("participant", "request", "way", "words", "stage")


def judgements_csv(dialogue: Dialogue) -> str:
    """The columns of `judgements_frame`, and a note where nobody is real."""
    frame = judgements_frame(dialogue)
    for column in WORDS:
        frame[column] = [plain_cell(str(cell)) for cell in frame[column]]
    frame["created_at"] = [at.astimezone(UTC).isoformat(timespec="seconds") for at in frame["created_at"]]
    frame["note"] = SYNTHETIC if dialogue.is_synthetic else ""
    return str(frame.to_csv(index=False, lineterminator="\n"))
