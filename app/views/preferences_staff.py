"""Preference questions for staff: setting them up in a stage, and every view of what came out."""

import uuid

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.exports.preferences_csv import answers_csv, results_csv
from app.forms import labels
from app.forms.preferences import QuestionForm, question_data
from app.models.dialogues import Dialogue, Stage
from app.models.preferences import PreferenceQuestion
from app.queries.preference_results import answers_table, results_of
from app.queries.preferences import find_question, is_answered, questions_of_dialogue
from app.queries.statements import statements_of
from app.queries.stewardship import models_of_dialogue
from app.services import preferences as acts
from app.services.recording import stage_thing
from deliberation.moderation import WordState
from deliberation.preferences import results_show

bp = Blueprint("preferences_staff", __name__)


@bp.get("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/preferences/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """A form for one more question."""
    return _edit_page(stage, None, _offer(QuestionForm(), dialogue))


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/preferences/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Adds a question to the stage."""
    form = _offer(QuestionForm(), dialogue)
    if form.validate():
        with form.catching(), transaction():
            acts.add_question(stage, form.facts(), form.words(), by=by_staff())
    if form.is_refused:
        return _edit_page(stage, None, form), 422
    return _back(dialogue, stage)


@bp.get("/d/<uuid:dialogue_id>/preferences/<uuid:preference_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, preference_id: uuid.UUID) -> ResponseReturnValue:
    """A question as it stands; fixed once somebody has answered."""
    question = _found(dialogue, preference_id)
    form = QuestionForm(formdata=None, data=question_data(question))
    return _edit_page(question.stage, question, _offer(form, dialogue))


@bp.post("/d/<uuid:dialogue_id>/preferences/<uuid:preference_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, preference_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    question = _found(dialogue, preference_id)
    form = _offer(QuestionForm(), dialogue)
    if form.validate():
        with form.catching(), transaction():
            acts.edit_question(question, form.facts(), form.words(question.options), by=by_staff())
    if form.is_refused:
        return _edit_page(question.stage, question, form), 422
    return _back(dialogue, question.stage)


@bp.post("/d/<uuid:dialogue_id>/preferences/<uuid:preference_id>/remove")
@requires(Action.EDIT_DIALOGUE)
def remove(dialogue: Dialogue, preference_id: uuid.UUID) -> ResponseReturnValue:
    """Removes a question that nobody has answered."""
    question = _found(dialogue, preference_id)
    stage, form = question.stage, _offer(QuestionForm(formdata=None, data=question_data(question)), dialogue)
    with form.catching(), transaction():
        acts.remove_question(question, by=by_staff())
    return (_edit_page(stage, question, form), 409) if form.is_refused else _back(dialogue, stage)


@bp.get("/d/<uuid:dialogue_id>/preferences")
@requires(Action.SEE_FINDINGS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every question of the dialogue, and whether its results are there."""
    rows = [(one, _shows(one)) for one in questions_of_dialogue(dialogue)]
    return render_template("preferences_staff/index.html", rows=rows, labels=labels)


@bp.get("/d/<uuid:dialogue_id>/preferences/<uuid:preference_id>")
@requires(Action.SEE_FINDINGS)
def show(dialogue: Dialogue, preference_id: uuid.UUID) -> ResponseReturnValue:
    """Every view of one question's results; nothing while people can still answer."""
    question = _found(dialogue, preference_id)
    results = results_of(question) if _shows(question) else None
    return render_template("preferences_staff/show.html", question=question, results=results, labels=labels)


@bp.get("/d/<uuid:dialogue_id>/preferences/<uuid:preference_id>/results.csv")
@requires(Action.SEE_FINDINGS)
def download(dialogue: Dialogue, preference_id: uuid.UUID) -> ResponseReturnValue:
    """The counts as a file; before the stage has closed it leads to the page that says so."""
    question = _found(dialogue, preference_id)
    if not _shows(question):
        return redirect(url_for(".show", dialogue_id=dialogue.public_id, preference_id=preference_id), 303)
    text = results_csv(question, results_of(question), is_synthetic=dialogue.is_synthetic)
    return _file(dialogue, "preferences", text)


@bp.get("/d/<uuid:dialogue_id>/preferences/<uuid:preference_id>/answers.csv")
@requires(Action.RUN_ANALYSIS)
def answers(dialogue: Dialogue, preference_id: uuid.UUID) -> ResponseReturnValue:
    """Rows under pseudonyms, for analysts only."""
    question = _found(dialogue, preference_id)
    if not _shows(question):
        return redirect(url_for(".show", dialogue_id=dialogue.public_id, preference_id=preference_id), 303)
    return _file(dialogue, "answers", answers_csv(answers_table(question), is_synthetic=dialogue.is_synthetic))


def _shows(question: PreferenceQuestion) -> bool:
    return results_show(stage_thing(question.stage).stage_state)


def _found(dialogue: Dialogue, preference_id: uuid.UUID) -> PreferenceQuestion:
    return find_question(dialogue, preference_id) or abort(404)


def _offer(form: QuestionForm, dialogue: Dialogue) -> QuestionForm:
    approved = [one for one in statements_of(dialogue) if one.state is WordState.APPROVED]
    return form.offer(models_of_dialogue(dialogue), approved)


def _edit_page(stage: Stage, question: PreferenceQuestion | None, form: QuestionForm) -> str:
    fixed = question is not None and is_answered(question)
    return render_template("preferences_staff/edit.html", form=form, stage=stage, question=question, is_fixed=fixed)


def _back(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    flash(gettext("Saved: “%(stage)s”.", stage=stage.title))
    address = url_for("stages.contents", dialogue_id=dialogue.public_id, stage_id=stage.public_id)
    return redirect(f"{address}#preferences", 303)


def _file(dialogue: Dialogue, name: str, text: str) -> Response:
    shown = f"synthetic-{name}.csv" if dialogue.is_synthetic else f"{name}.csv"
    headers = {"Content-Disposition": f"attachment; filename={shown}"}
    return Response(text, content_type="text/csv; charset=utf-8", headers=headers)
