"""What is next for a participant: one thing at a time, always said."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from deliberation.stages import StageKind, StageState


class NextKind(StrEnum):
    """What the one card of "what is next" says."""

    DO = "do"
    WAIT = "wait"
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True)
class StageView:
    """A stage as one participant meets it, in the order of the dialogue.

    `state` is how it stands in its session (`deliberation.stages.state_in_session`).
    """

    stage_id: int
    kind: StageKind
    state: StageState
    is_finished: bool


@dataclass(frozen=True)
class Next:
    """The one thing to say, and the stage it is about (None when there is none)."""

    kind: NextKind
    stage_id: int | None


def what_is_next(stages: Sequence[StageView]) -> Next:
    """The first open stage that this person has not finished; else what to wait for; else the end.

    A stage that is planned is waited for; the end comes when nothing is left to do and nothing is planned.
    """
    for stage in stages:
        if stage.state in {StageState.OPEN, StageState.CLOSING} and not stage.is_finished:
            return Next(NextKind.DO, stage.stage_id)
    for stage in stages:
        if stage.state is StageState.PAUSED and not stage.is_finished:
            return Next(NextKind.PAUSED, stage.stage_id)
    for stage in stages:
        if stage.state is StageState.PLANNED:
            return Next(NextKind.WAIT, stage.stage_id)
    return Next(NextKind.FINISHED, None)
