"""Stages: their facts, what is in them, their order, and opening and closing them."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.lines import lines_of
from app.forms.sessions import MoveForm, ShiftForm, StageForm
from app.forms.stage_contents import Choice, ContentsForm, chosen_rows, offered, read_choices
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.questionnaires import Questionnaire
from app.queries import preferences
from app.queries.dialogues import find_session
from app.queries.learning import materials_of_dialogue
from app.queries.stages import (
    has_happened,
    materials_of,
    models_of,
    placed_statements,
    prompts_of,
    questionnaires_of,
)
from app.queries.statements import statements_of
from app.queries.stewardship import models_of_dialogue
from app.queries.tasks import tasks_of
from app.services import stage_contents
from app.services import stages as acts
from app.services.tasks import place_tasks
from app.views.sessions import index_page
from deliberation.moderation import WordState
from deliberation.stages import StageKind

bp = Blueprint("stages", __name__)


@bp.get("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/stages/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """A form for one more stage."""
    session = find_session(dialogue, session_id) or abort(404)
    return _edit_page(session, None, _offer(StageForm(), dialogue))


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/stages/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Adds a stage after the last one, and goes on to what is in it."""
    session = find_session(dialogue, session_id) or abort(404)
    form = _offer(StageForm(), dialogue)
    if form.validate():
        with form.catching(), transaction():
            asked = _chosen_questionnaire(form, dialogue)
            stage = acts.add_stage(session, questionnaire=asked, by=by_staff(), **form.values())
        if not form.is_refused:
            return redirect(url_for(".contents", dialogue_id=dialogue.public_id, stage_id=stage.public_id), 303)
    return _edit_page(session, None, form), 422


@bp.get("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The facts of a stage."""
    asked = next((str(q.public_id) for q in questionnaires_of(dialogue) if q.id == stage.questionnaire_id), "")
    present = {
        "kind": stage.kind.value,
        "title": stage.title,
        "intro": stage.intro,
        "minutes": stage.minutes,
        "setting": stage.setting.value,
        "questionnaire": asked,
    }
    return _edit_page(stage.session, stage, _offer(StageForm(formdata=None, data=present), dialogue))


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Saves them."""
    form = _offer(StageForm(), dialogue)
    if form.validate():
        with form.catching(), transaction():
            asked = _chosen_questionnaire(form, dialogue)
            acts.edit_stage(stage, questionnaire=asked, by=by_staff(), **form.values())
        if not form.is_refused:
            return _back(dialogue, stage.session.number)
    return _edit_page(stage.session, stage, form), 422


@bp.get("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/contents")
@requires(Action.EDIT_DIALOGUE)
def contents(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """What is in the stage: materials, models, statements, questions to talk about."""
    present = {
        "prompts": "\n".join(prompt.text for prompt in prompts_of(stage)),
        "tasks": [row.task.value for row in tasks_of(stage)],
    }
    form = ContentsForm(formdata=None, data=present).offer(stage.kind)
    placed = placed_statements(stage)
    pinned = [row.statement for row in placed if row.is_pinned]
    return _contents_page(
        stage,
        form,
        materials=offered(materials_of_dialogue(dialogue), materials_of(stage)),
        models=offered(models_of_dialogue(dialogue), models_of(stage)),
        statements=offered(_votable(dialogue, stage), [row.statement for row in placed], pinned),
    )


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/contents")
@requires(Action.EDIT_DIALOGUE)
def save_contents(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Saves exactly what is ticked, in the order of the numbers."""
    form = ContentsForm().offer(stage.kind)
    materials = read_choices("material", materials_of_dialogue(dialogue), request.form)
    models = read_choices("model", models_of_dialogue(dialogue), request.form)
    statements = read_choices("statement", _votable(dialogue, stage), request.form)
    if form.validate():
        with form.catching(), transaction():
            _save_contents(stage, form, materials, models, statements)
        if not form.is_refused:
            flash(gettext("Saved: “%(stage)s”.", stage=stage.title))
            return _back(dialogue, stage.session.number)
    return _contents_page(stage, form, materials=materials, models=models, statements=statements), 422


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """One place up or down."""
    with transaction():
        acts.shift_stage(stage, ShiftForm().wanted(), by=by_staff())
    return _back(dialogue, stage.session.number)


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/delete")
@requires(Action.EDIT_DIALOGUE)
def delete(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Removes a stage in which nothing has happened."""
    form = _offer(StageForm(formdata=None, obj=stage), dialogue)
    number = stage.session.number
    with form.catching(), transaction():
        acts.delete_stage(stage, by=by_staff())
    if form.is_refused:
        return _edit_page(stage.session, stage, form), 409
    flash(gettext("The stage was removed."))
    return _back(dialogue, number)


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/move")
@requires(Action.RUN_SESSION)
def move(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Opens, pauses, closes or reopens a stage; an impossible move is refused with the reason."""
    form = MoveForm()
    with form.catching(), transaction():
        state = acts.move_stage(stage, form.wanted(), by=by_staff())
    if form.is_refused:
        return index_page(dialogue, form, stage.session.number), 409
    flash(gettext("“%(stage)s” is now %(state)s.", stage=stage.title, state=labels.STAGE_STATES[state]))
    return _back(dialogue, stage.session.number)


def _back(dialogue: Dialogue, number: int) -> ResponseReturnValue:
    """To the plan, with the stages of this session unfolded."""
    address = url_for("sessions.index", dialogue_id=dialogue.public_id, session=number, _anchor=f"session-{number}")
    return redirect(address, 303)


def _offer(form: StageForm, dialogue: Dialogue) -> StageForm:
    return form.offer([(str(q.public_id), q.title) for q in questionnaires_of(dialogue)])


def _chosen_questionnaire(form: StageForm, dialogue: Dialogue) -> Questionnaire | None:
    return next((q for q in questionnaires_of(dialogue) if str(q.public_id) == form.questionnaire.data), None)


def _votable(dialogue: Dialogue, stage: Stage) -> list[object]:
    """Approved statements, and whatever is placed in the stage already."""
    placed = {row.statement_id for row in placed_statements(stage)}
    return [s for s in statements_of(dialogue) if s.state is WordState.APPROVED or s.id in placed]


def _save_contents(
    stage: Stage, form: ContentsForm, materials: list[Choice], models: list[Choice], statements: list[Choice]
) -> None:
    by = by_staff()
    if (chosen := chosen_rows(materials)) != materials_of(stage):
        stage_contents.place_materials(stage, chosen, by=by)
    if (chosen := chosen_rows(models)) != models_of(stage):
        stage_contents.place_models(stage, chosen, by=by)
    if stage.kind is StageKind.VOTE:
        pinned = {choice.row.id for choice in statements if choice.is_pinned}
        wanted = [(row, row.id in pinned) for row in chosen_rows(statements)]
        if wanted != [(row.statement, row.is_pinned) for row in placed_statements(stage)]:
            stage_contents.place_statements(stage, wanted, by=by)
    if (prompts := lines_of(form["prompts"].data)) != [prompt.text for prompt in prompts_of(stage)]:
        stage_contents.set_prompts(stage, prompts, by=by)
    if (tasks := form.chosen_tasks()) != {row.task for row in tasks_of(stage)}:
        place_tasks(stage, tasks, by=by)


def _edit_page(session: DialogueSession, stage: Stage | None, form: StageForm) -> str:
    removable = stage is not None and not has_happened(stage)
    return render_template("stages/edit.html", form=form, session=session, stage=stage, removable=removable)


def _contents_page(stage: Stage, form: ContentsForm, **choices: list[Choice]) -> str:
    return render_template(
        "stages/contents.html",
        form=form,
        stage=stage,
        labels=labels,
        takes_preferences=stage.kind in preferences.KINDS,
        preferences=preferences.questions_of(stage),
        **choices,
    )
