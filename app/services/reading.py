"""“I have read this”: kept per version of a material and per model card."""

from sqlalchemy import select

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.learning import Material, MaterialReading, ModelReading
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.services.recording import check_stage_act, record, stage_thing
from deliberation.events import EventKind
from deliberation.roles import Action
from deliberation.stages import StageState


def mark_material_read(stage: Stage, material: Material, *, by: Participant) -> None:
    """Notes that the newest version was read; again changes nothing."""
    check_stage_act(stage, Action.READ_MATERIAL)
    version = material.current
    found = select(MaterialReading.id).where(
        MaterialReading.participant_id == by.id, MaterialReading.version_id == version.id
    )
    if db.session.scalar(found) is None:
        db.session.add(MaterialReading(participant_id=by.id, version_id=version.id, read_at=utcnow()))
        _read(by, material, {"key": material.key, "number": version.number})


def mark_model_read(stage: Stage, model: StewardshipModel, *, by: Participant) -> None:
    """Notes that a model card was read; again changes nothing."""
    check_stage_act(stage, Action.READ_MATERIAL)
    found = select(ModelReading.id).where(ModelReading.participant_id == by.id, ModelReading.model_id == model.id)
    if db.session.scalar(found) is None:
        db.session.add(ModelReading(participant_id=by.id, model_id=model.id, read_at=utcnow()))
        _read(by, model, {"key": model.key})


def _read(by: Participant, about: Material | StewardshipModel, facts: dict[str, object]) -> None:
    db.session.flush()
    record(EventKind.MATERIAL_READ, by=by, dialogue_id=by.dialogue_id, about=about, facts=facts)


def is_open(stage: Stage) -> bool:
    """Whether the stage is open or closing, so that it can be finished; a closed one can still be read."""
    return stage_thing(stage).stage_state in {StageState.OPEN, StageState.CLOSING}
