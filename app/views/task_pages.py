"""Builds the pages of a stage's tasks for a participant, and the same pages for staff who preview them."""

from functools import partial
from typing import Any

from flask import abort, render_template
from flask_babel import gettext

from analysis.disclosure import shown_total
from app.forms import task_labels
from app.forms.combinations import combination_words
from app.forms.criteria import ListForm
from app.forms.support import SupportForm
from app.forms.tradeoffs import SELF, TABLE, RowForm, VerdictForm, approach_names
from app.forms.why import WhyForm
from app.models.criteria import Criterion
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.stewardship import GatheredCombination
from app.models.tasks import StageTask
from app.queries.comments import comment_text
from app.queries.criteria import check_by, said_of_list
from app.queries.criteria_list import criteria_of, list_is_closed
from app.queries.support import first_of, next_for, people_who_weighed, support_by, weighed
from app.queries.taking_part import table_of
from app.queries.tasks import find_task
from app.queries.tradeoffs import Filler, grid_of, marks_of, verdict_of
from app.services.recording import stage_thing
from app.views.stage_pages import shell
from deliberation.comments import REASON_LIMIT
from deliberation.sessions import DialogueMode
from deliberation.stages import Setting, StageState
from deliberation.support import is_enough
from deliberation.tasks import Task
from deliberation.tradeoffs import APPROACHES, Mark, Verdict

Values = dict[str, Any]

def needed(stage: Stage, task: Task) -> StageTask:
    """The task in this stage; 404 where it is not placed."""
    return find_task(stage, task) or abort(404)


def list_page(
    dialogue: Dialogue,
    stage: Stage,
    participant: Participant | None,
    *,
    is_preview: bool = False,
    form: ListForm | None = None,
) -> str:
    """The list of what matters, with three answers; what was said here before is filled in."""
    said = check_by(stage, participant) if participant else None
    if form is None:
        data = {"answer": said.answer.value, "why": comment_text(said.comment_id)} if said else {}
        form = ListForm(formdata=None, data=data)
    return _page(
        "criteria/check.html",
        dialogue,
        stage,
        participant,
        is_preview,
        form=form,
        criteria=criteria_of(dialogue),
        is_closed=list_is_closed(dialogue),
        said=said,
        counts=said_of_list(dialogue).counts if _shows_totals(dialogue, stage, is_preview) else None,
    )


def grid_page(
    dialogue: Dialogue, stage: Stage, participant: Participant | None, *, by: str = SELF, is_preview: bool = False
) -> str:
    """The whole grid as a list: what is filled in, what is next; once the stage has closed, what everybody said."""
    filler = _filler(stage, participant, by)
    marks = marks_of(stage, filler) if filler else {}
    criteria = criteria_of(dialogue)
    verdict = verdict_of(stage, filler) if filler else None
    done = [all((one.id, approach) in marks for approach in APPROACHES) for one in criteria]
    is_over = _shows_totals(dialogue, stage, is_preview)
    return _page(
        "tradeoffs/index.html",
        dialogue,
        stage,
        participant,
        is_preview,
        criteria=criteria,
        is_closed=list_is_closed(dialogue),
        names=approach_names(dialogue.approaches),
        marks=marks,
        verdict=verdict,
        next_one=next((one for one, is_done in zip(criteria, done, strict=True) if not is_done), None),
        has_table=_table(stage, participant) is not None,
        by=by if filler else SELF,
        grid=grid_of(stage, shown_only=True) if is_over else None,
        every_mark=list(Mark),
        every_verdict=list(Verdict),
    )


def row_page(
    dialogue: Dialogue,
    stage: Stage,
    criterion: Criterion,
    participant: Participant | None,
    *,
    by: str = SELF,
    is_preview: bool = False,
    form: RowForm | None = None,
) -> str:
    """One criterion with four words for each approach."""
    criteria, names = criteria_of(dialogue), approach_names(dialogue.approaches)
    if form is None:
        form = RowForm(formdata=None, data={**_row_data(stage, criterion, _filler(stage, participant, by)), "by": by})
    plain = {str(row.get("key")): str(row.get("plain") or "") for row in dialogue.approaches}
    return _page(
        "tradeoffs/row.html",
        dialogue,
        stage,
        participant,
        is_preview,
        form=form.name(names),
        criterion=criterion,
        plain=plain,
        number=[one.id for one in criteria].index(criterion.id) + 1,
        count=len(criteria),
        is_closed=list_is_closed(dialogue),
        by=by,
    )


def verdict_page(
    dialogue: Dialogue,
    stage: Stage,
    participant: Participant | None,
    *,
    by: str = SELF,
    is_preview: bool = False,
    form: VerdictForm | None = None,
) -> str:
    """What is said of the whole grid, with the person's or the table's marks above it."""
    filler = _filler(stage, participant, by)
    row = verdict_of(stage, filler) if filler else None
    if form is None:
        data = {"verdict": row.verdict.value, "why": comment_text(row.comment_id)} if row else {}
        form = VerdictForm(formdata=None, data={**data, "by": by})
    return _page("tradeoffs/verdict.html", dialogue, stage, participant, is_preview, form=form, by=by)


def mix_page(
    dialogue: Dialogue,
    stage: Stage,
    participant: Participant | None,
    *,
    is_preview: bool = False,
    gathered: GatheredCombination | None = None,
    goes_on: bool = False,
    form: SupportForm | None = None,
) -> str:
    """One combination with three answers; once the stage has closed, what everybody said of each.

    Args:
        gathered: the one to show, else the next one.
        goes_on: the person wants more than anybody is asked for.
    """
    mine = support_by(participant) if participant else {}
    if gathered is None and (goes_on or not is_enough(len(mine))):
        gathered = next_for(dialogue, participant) if participant else first_of(dialogue)
    row = mine.get(gathered.id) if gathered else None
    if form is None:
        data = {"support": row.support.value, "why": comment_text(row.comment_id)} if row else {}
        form = SupportForm(formdata=None, data=data)
    is_over = _shows_totals(dialogue, stage, is_preview)
    return _page(
        "comparing/mixes.html",
        dialogue,
        stage,
        participant,
        is_preview,
        form=form,
        gathered=gathered,
        sentence=combination_words(gathered.answers) if gathered else "",
        done=len(mine),
        may_go_on=participant is not None and next_for(dialogue, participant) is not None,
        results=weighed(dialogue, shown_only=True) if is_over else None,
        people=people_who_weighed(dialogue) if is_over else 0,
        words_of_mix=combination_words,
    )


def preview_page(dialogue: Dialogue, stage: Stage, task: Task, number: int | None) -> str:
    """The task's page as staff preview it; `number` shows one criterion of the grid."""
    needed(stage, task)
    if task is Task.CHECK_CRITERIA:
        return list_page(dialogue, stage, None, is_preview=True)
    if task is Task.WEIGH_COMBINATIONS:
        return mix_page(dialogue, stage, None, is_preview=True)
    criteria = criteria_of(dialogue)
    if number is not None and 1 <= number <= len(criteria):
        return row_page(dialogue, stage, criteria[number - 1], None, is_preview=True)
    if number is not None and number == len(criteria) + 1:
        return verdict_page(dialogue, stage, None, is_preview=True)
    return grid_page(dialogue, stage, None, is_preview=True)


def _page(
    template: str,
    dialogue: Dialogue,
    stage: Stage,
    participant: Participant | None,
    is_preview: bool,
    *,
    form: WhyForm | None = None,
    **values: Any,
) -> str:
    found = form.warnings() if form is not None and form.is_submitted() and not is_preview else []
    return render_template(
        template,
        **shell(dialogue, stage, participant, is_preview=is_preview),
        form=form,
        personal=found,
        task_labels=task_labels,
        limit=REASON_LIMIT,
        total=partial(_total, dialogue),
        **values,
    )


def _total(dialogue: Dialogue, count: int, base: int) -> str:
    """A total for participants: exact in a panel, as told at consent; else by the one disclosure rule."""
    shown = count if dialogue.mode is DialogueMode.PANEL else shown_total(count, base)
    return str(shown) if shown is not None else gettext("a few")


def _shows_totals(dialogue: Dialogue, stage: Stage, is_preview: bool) -> bool:
    """Totals are shown once nobody can be swayed by them: when the stage has closed, and late words are in."""
    return not is_preview and stage_thing(stage).stage_state is StageState.CLOSED


def _table(stage: Stage, participant: Participant | None) -> int | None:
    return table_of(stage, participant) if participant and stage.setting is Setting.TABLES else None


def _filler(stage: Stage, participant: Participant | None, by: str) -> Filler | None:
    if participant is None:
        return None
    table = _table(stage, participant)
    return Filler(table_id=table) if by == TABLE and table is not None else Filler(participant_id=participant.id)


def _row_data(stage: Stage, criterion: Criterion, filler: Filler | None) -> Values:
    if filler is None:
        return {}
    marks = {approach: row for (key, approach), row in marks_of(stage, filler).items() if key == criterion.id}
    why = next((row.comment_id for row in marks.values() if row.comment_id is not None), None)
    return {**{approach.value: row.mark.value for approach, row in marks.items()}, "why": comment_text(why)}
