"""Starting and finishing a stage."""

from app.db import db, utcnow
from app.models.dialogues import Stage, StageProgress
from app.models.people import Participant
from app.queries.taking_part import progress_in
from app.services.reading import show_materials
from app.services.recording import check_stage_act, record, stage_thing
from deliberation.errors import NotAllowed
from deliberation.events import EventKind
from deliberation.roles import Action
from deliberation.stages import StageState

_NOW = frozenset({StageState.OPEN, StageState.CLOSING})


def start_stage(stage: Stage, *, by: Participant) -> StageProgress:
    """Notes that the participant began; starting again changes nothing.

    Raises:
        NotAllowed: `stage_not_open`.
    """
    check_open(stage)
    found = progress_in(stage, by)
    if found is not None:
        return found
    begun = StageProgress(participant_id=by.id, stage_id=stage.id, started_at=utcnow())
    db.session.add(begun)
    db.session.flush()
    facts = {"kind": stage.kind.value, "number": stage.place}
    record(EventKind.STAGE_STARTED, by=by, dialogue_id=by.dialogue_id, about=stage, facts=facts)
    show_materials(stage, by=by)
    return begun


def finish_stage(stage: Stage, *, by: Participant) -> None:
    """Notes that the participant is done with the stage; doing so again changes nothing.

    Raises:
        NotAllowed: `stage_not_open`.
    """
    begun = start_stage(stage, by=by)
    if begun.finished_at is not None:
        return
    begun.finished_at = utcnow()
    db.session.flush()
    facts = {"kind": stage.kind.value, "number": stage.place}
    record(EventKind.STAGE_FINISHED, by=by, dialogue_id=by.dialogue_id, about=stage, facts=facts)


def check_open(stage: Stage) -> bool:
    """Inside the transaction: the stage is open or closing. Returns whether it is late.

    Raises:
        NotAllowed: `stage_not_open`, whatever the kind of the stage.
    """
    is_late = check_stage_act(stage, Action.READ_MATERIAL)
    state = stage_thing(stage).stage_state
    if state not in _NOW:
        raise NotAllowed("stage_not_open", state=state.value if state else "")
    return is_late
