"""Tasks of stages: where they may be placed, and in which order the kit places them."""

from pathlib import Path

import pytest
import yaml

from deliberation.stages import StageKind
from deliberation.tasks import TASK_KINDS, Task, check_task
from tests.deliberation.refusals import refused_code

PLAN = Path(__file__).resolve().parents[2] / "kits" / "national-medical-imaging" / "sessions.yaml"


@pytest.mark.parametrize("task", list(Task))
def test_a_task_is_refused_where_its_stage_is_of_another_kind(task):
    for kind in StageKind:
        expected = None if kind in TASK_KINDS[task] else "task_not_here"
        assert refused_code(lambda kind=kind: check_task(task, kind)) == expected
    assert StageKind.BREAK not in TASK_KINDS[task]


def test_people_say_what_matters_check_the_list_and_set_the_approaches_against_it_in_that_order():
    stages = [stage for session in yaml.safe_load(PLAN.read_text()) for stage in session["stages"]]
    asked = next(n for n, stage in enumerate(stages) if stage["title"] == "What matters when someone decides?")
    placed = {task: n for n, stage in enumerate(stages) for task in stage.get("tasks", ())}
    made = max(n for n, stage in enumerate(stages) if stage["kind"] == "compare" and stage.get("models"))
    assert asked < placed["check_criteria"] < placed["fill_grid"]
    assert made < placed["weigh_combinations"]
