"""Stages: their kinds, their states, which moves are possible, and how long late words are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

GRACE = timedelta(minutes=2)
"""After closing, words that were being written are still taken, and marked late."""


class StageKind(StrEnum):
    """What a stage is for; the kind permits certain acts (see `deliberation.roles`)."""

    LEARN = "learn"
    SURVEY = "survey"
    DISCUSS = "discuss"
    VOTE = "vote"
    COMPARE = "compare"
    DRAFT = "draft"
    PRIORITISE = "prioritise"
    RATIFY = "ratify"
    BREAK = "break"


class StageState(StrEnum):
    """`closing` is never stored: it is a closed stage within the grace of two minutes."""

    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    CLOSING = "closing"
    CLOSED = "closed"


class Setting(StrEnum):
    """How people sit in a stage."""

    PLENARY = "plenary"
    TABLES = "tables"
    ALONE = "alone"


class Move(StrEnum):
    """What a facilitator does to a session or a stage."""

    OPEN = "open"
    PAUSE = "pause"
    CLOSE = "close"
    REOPEN = "reopen"


STORED_STATES = (StageState.PLANNED, StageState.OPEN, StageState.PAUSED, StageState.CLOSED)

MOVES: dict[tuple[StageState, Move], StageState] = {
    (StageState.PLANNED, Move.OPEN): StageState.OPEN,
    (StageState.PAUSED, Move.OPEN): StageState.OPEN,
    (StageState.OPEN, Move.PAUSE): StageState.PAUSED,
    (StageState.OPEN, Move.CLOSE): StageState.CLOSED,
    (StageState.PAUSED, Move.CLOSE): StageState.CLOSED,
    (StageState.CLOSED, Move.REOPEN): StageState.OPEN,
}
"""The only moves there are; every other pair is refused with its reason."""


@dataclass(frozen=True)
class StageContents:
    """What a stage holds, counted; `votable` are approved statements placed in it."""

    materials: int = 0
    models: int = 0
    prompts: int = 0
    votable: int = 0
    questions: int = 0
    tasks: int = 0


def is_empty(kind: StageKind, contents: StageContents) -> bool:
    """Whether people would find nothing to do. Plenary work and breaks need nothing on the page."""
    needed = {
        StageKind.LEARN: contents.materials + contents.models + contents.tasks,
        StageKind.SURVEY: contents.questions,
        StageKind.DISCUSS: contents.prompts + contents.tasks,
        StageKind.DRAFT: contents.prompts,
        StageKind.VOTE: contents.votable,
        StageKind.COMPARE: contents.models + contents.tasks,
    }
    return needed.get(kind, 1) == 0


def state_after(state: StageState, move: Move) -> StageState:
    """The state a stage (or session) is in after `move`; RuleError `impossible_move` otherwise."""
    stored = StageState.CLOSED if state is StageState.CLOSING else state
    try:
        return MOVES[stored, move]
    except KeyError:
        raise RuleError("impossible_move", state=stored.value, move=move.value) from None


def possible_moves(state: StageState) -> list[Move]:
    """The moves that `state_after` would accept, in the order of `Move`."""
    stored = StageState.CLOSED if state is StageState.CLOSING else state
    return [move for move in Move if (stored, move) in MOVES]


def state_now(stored: StageState, closed_at: datetime | None, now: datetime) -> StageState:
    """The stored state, or `closing` while the two minutes after closing last."""
    if stored is StageState.CLOSED and closed_at is not None and now - closed_at <= GRACE:
        return StageState.CLOSING
    return stored


def state_in_session(state: StageState, session_state: StageState) -> StageState:
    """How an open stage stands while its session is planned or paused: like the session."""
    if state is StageState.OPEN and session_state in {StageState.PLANNED, StageState.PAUSED}:
        return session_state
    return state


def check_stage_move(
    move: Move,
    state: StageState,
    *,
    session_state: StageState,
    is_empty: bool,
    others_open: int,
    held: Sequence[str] = (),
) -> StageState:
    """The state after a facilitator's move on a stage.

    Args:
        session_state: of the session that holds the stage; it has to be open first.
        is_empty: a stage with nothing to do in it (no statements to vote on, no questions ...).
        others_open: how many other stages of the session are open now.
        held: titles of its texts that participants must not be shown now.

    Raises:
        RuleError: `session_not_open`, `stage_is_empty`, `material_held`, `another_stage_is_open` or
            `impossible_move`.
    """
    after = state_after(state, move)
    if after is StageState.OPEN:
        if session_state is not StageState.OPEN:
            raise RuleError("session_not_open", session_state=session_state.value)
        if is_empty:
            raise RuleError("stage_is_empty")
        if held:
            raise RuleError("material_held", materials=", ".join(f"“{title}”" for title in held))
        if others_open:
            raise RuleError("another_stage_is_open", count=others_open)
    return after
