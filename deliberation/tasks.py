"""Tasks: what a stage may ask of people besides what its kind holds, and in which kinds of stages."""

from collections.abc import Mapping
from enum import StrEnum

from deliberation.errors import RuleError
from deliberation.stages import StageKind


class Task(StrEnum):
    """Something to do in a stage, placed there by a facilitator."""

    CHECK_CRITERIA = "check_criteria"
    FILL_GRID = "fill_grid"
    WEIGH_COMBINATIONS = "weigh_combinations"


TASK_KINDS: Mapping[Task, frozenset[StageKind]] = {
    Task.CHECK_CRITERIA: frozenset({
        StageKind.LEARN, StageKind.DISCUSS, StageKind.COMPARE, StageKind.PRIORITISE, StageKind.RATIFY,
    }),
    Task.FILL_GRID: frozenset({StageKind.DISCUSS, StageKind.COMPARE, StageKind.PRIORITISE}),
    Task.WEIGH_COMBINATIONS: frozenset({
        StageKind.DISCUSS, StageKind.COMPARE, StageKind.PRIORITISE, StageKind.RATIFY,
    }),
}  # fmt: skip
"""In which kinds of stages a task can be placed; the permission table uses the same."""


def check_task(task: Task, kind: StageKind) -> None:
    """RuleError `task_not_here` where a stage of this kind cannot hold the task."""
    if kind not in TASK_KINDS[task]:
        raise RuleError("task_not_here")
