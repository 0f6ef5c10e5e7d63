"""The part of an address that every page of a stage shares."""

from typing import Any

from app.models.dialogues import Dialogue, Stage


def here(dialogue: Dialogue, stage: Stage) -> dict[str, Any]:
    """`dialogue_id` and `stage_id`, for `url_for`."""
    return {"dialogue_id": dialogue.public_id, "stage_id": stage.public_id}
