"""Sessions: when a workshop may open or close, and what is missing before it can."""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.errors import RuleError
from deliberation.stages import Move, StageState, state_after


class DialogueMode(StrEnum):
    """Panel: a recruited roll. Open: anyone. This one setting decides joining and release rules."""

    PANEL = "panel"
    OPEN = "open"


@dataclass(frozen=True)
class Readiness:
    """What a session holds, counted, before it opens."""

    stages: int
    open_stages: int
    unready_materials: tuple[str, ...] = ()


def missing_before_opening(ready: Readiness) -> list[str]:
    """Codes of what is missing: `no_stages`, `material_missing`. Empty when it can open."""
    missing = []
    if ready.stages == 0:
        missing.append("no_stages")
    if ready.unready_materials:
        missing.append("material_missing")
    return missing


def check_session_move(move: Move, state: StageState, ready: Readiness, *, others_open: int) -> StageState:
    """The state after a facilitator's move on a session.

    Raises:
        RuleError: `no_stages`, `material_missing`, `another_session_is_open`, `stages_still_open`
            or `impossible_move`.
    """
    after = state_after(state, move)
    if after is StageState.OPEN:
        for code in missing_before_opening(ready):
            raise RuleError(code, materials=", ".join(ready.unready_materials))
        if others_open:
            raise RuleError("another_session_is_open", count=others_open)
    if after is StageState.CLOSED and ready.open_stages:
        raise RuleError("stages_still_open", count=ready.open_stages)
    return after
