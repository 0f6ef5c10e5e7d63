"""What a stage holds, chosen with a tick and a number for its place; and its tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import Length, Optional

from app.forms import task_labels
from app.forms.base import Form
from deliberation.stages import StageKind
from deliberation.tasks import TASK_KINDS, Task


class ContentsForm(Form):
    """Prompts, one on each line; ticks and places are read by `read_choices`."""

    refusal_fields = {"prompt_answered": "prompts", "task_answered": "tasks", "task_not_here": "tasks"}

    prompts = TextAreaField(_l("Questions to talk about"), validators=[Optional(), Length(max=8000)])
    tasks = SelectMultipleField(_l("Tasks"), validators=[Optional()], validate_choice=False)

    def offer(self, kind: StageKind) -> "ContentsForm":
        """Sets the tasks that a stage of this kind can hold."""
        self.tasks.choices = [(task.value, task_labels.TASKS[task]) for task in Task if kind in TASK_KINDS[task]]
        return self

    def chosen_tasks(self) -> set[Task]:
        """The tasks that are ticked."""
        return {Task(one) for one in self.tasks.data or [] if one in set(Task)}


@dataclass(frozen=True)
class Choice:
    """A thing that can be placed: whether it is, where, and whether it comes first."""

    row: Any
    is_chosen: bool
    place: int | str
    is_pinned: bool = False


def offered(rows: Sequence[Any], placed: Sequence[Any], pinned: Sequence[Any] = ()) -> list[Choice]:
    """Placed things first, in their order, then the others."""
    first = [Choice(row, True, place, row in pinned) for place, row in enumerate(placed, 1)]
    return first + [Choice(row, False, "") for row in rows if row not in placed]


def read_choices(name: str, rows: Sequence[Any], sent: MultiDict[str, str]) -> list[Choice]:
    """What was sent: `name` holds the ids that are ticked, `name-place-ID` a number, `name-first` those pinned."""
    chosen, pinned = set(sent.getlist(name)), set(sent.getlist(f"{name}-first"))
    read = []
    for row in rows:
        key = str(row.public_id)
        typed = sent.get(f"{name}-place-{key}", "").strip()
        place: int | str = int(typed) if typed.isdecimal() and len(typed) < 6 else typed
        read.append(Choice(row, key in chosen, place, key in pinned))
    return sorted(read, key=lambda c: (not c.is_chosen, c.place if isinstance(c.place, int) else 100_000))


def chosen_rows(choices: Sequence[Choice]) -> list[Any]:
    """The ticked things in their order; pinned ones first."""
    chosen = [choice for choice in choices if choice.is_chosen]
    return [c.row for c in sorted(chosen, key=lambda c: not c.is_pinned)]
