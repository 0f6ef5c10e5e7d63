"""What was put before a participant, and “I have read this”: kept per version of a material and per model card."""

from sqlalchemy import select

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.learning import Material, MaterialReading, MaterialShowing, MaterialVersion, ModelReading
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.queries.held_back import held_back, is_held_back
from app.queries.stages import materials_of
from app.services.recording import check_stage_act, record, stage_thing
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Action
from deliberation.stages import StageKind, StageState

OFFERS_NO_TEXTS = frozenset({StageKind.VOTE, StageKind.SURVEY, StageKind.COMPARE})


def mark_material_read(stage: Stage, material: Material, *, by: Participant, number: int | None = None) -> None:
    """Notes that a version was read; again changes nothing.

    Args:
        number: the version that stood on the page; the newest without one, or for one that never was.

    Raises:
        RuleError: `material_not_shown` while it is still being checked.
    """
    check_stage_act(stage, Action.READ_MATERIAL)
    if is_held_back(material):
        raise RuleError("material_not_shown")
    version = next((one for one in material.versions if one.number == number), material.current)
    _show(material, version, by)
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


def show_materials(stage: Stage, *, by: Participant) -> None:
    """Notes which version of each text of the stage was put before the participant: those that are shown now.

    Called by the press that begins a stage. It says that the page was offered, not that it was read. Pages of
    votes, questionnaires and comparisons offer no texts.
    """
    if stage.kind in OFFERS_NO_TEXTS:
        return
    placed = [one for one in materials_of(stage) if one.versions]
    held = held_back([one.id for one in placed])
    for material in placed:
        if material.id not in held:
            _show(material, material.current, by)


def _show(material: Material, version: MaterialVersion, by: Participant) -> None:
    found = select(MaterialShowing.id).where(
        MaterialShowing.participant_id == by.id, MaterialShowing.version_id == version.id
    )
    if db.session.scalar(found) is None:
        db.session.add(MaterialShowing(participant_id=by.id, version_id=version.id, shown_at=utcnow()))
        db.session.flush()
        facts = {"key": material.key, "number": version.number}
        record(EventKind.MATERIAL_SHOWN, by=by, dialogue_id=by.dialogue_id, about=material, facts=facts)


def _read(by: Participant, about: Material | StewardshipModel, facts: dict[str, object]) -> None:
    db.session.flush()
    record(EventKind.MATERIAL_READ, by=by, dialogue_id=by.dialogue_id, about=about, facts=facts)


def is_open(stage: Stage) -> bool:
    """Whether the stage is open or closing, so that it can be finished; a closed one can still be read."""
    return stage_thing(stage).stage_state in {StageState.OPEN, StageState.CLOSING}
