"""Questionnaires as staff edit them: the list, a questionnaire, one question of it."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.questionnaires import HeadingForm, NewQuestionnaireForm, QuestionForm, present
from app.forms.sessions import ShiftForm
from app.models.dialogues import Dialogue
from app.models.questionnaires import Questionnaire
from app.queries import questionnaires as reads
from app.queries.stages import questionnaires_of
from app.services import questionnaires as acts
from surveys import parse
from surveys.editing import asked_of, find, kept_of, words_of
from surveys.questions import Definition, QuestionKind

bp = Blueprint("questionnaires", __name__)

MOST_ITEMS = 10
"""Questions a workshop has time for; more are warned about, not refused."""


@bp.get("/d/<uuid:dialogue_id>/questionnaires")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every questionnaire, how long it is and which stages ask it."""
    found = questionnaires_of(dialogue)
    return render_template(
        "questionnaires/index.html",
        questionnaires=found,
        counts={row.id: parse(row.definition).item_count for row in found},
        stages=reads.stages_asking(dialogue),
        answered=reads.answered_ids(dialogue),
    )


@bp.get("/d/<uuid:dialogue_id>/questionnaires/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """A title to begin with."""
    return render_template("questionnaires/new.html", form=NewQuestionnaireForm())


@bp.post("/d/<uuid:dialogue_id>/questionnaires/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds it, and goes on to its questions."""
    form = NewQuestionnaireForm()
    if form.validate():
        with form.catching(), transaction():
            row = acts.add_questionnaire(dialogue, title=form.title.data or "", by=by_staff())
        if not form.is_refused:
            return _to_edit(dialogue, row.public_id)
    return render_template("questionnaires/new.html", form=form), 422


@bp.get("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, questionnaire_id: uuid.UUID) -> ResponseReturnValue:
    """Its heading, and each question as a card."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    return _edit_page(dialogue, row, _heading_form(row))


@bp.post("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, questionnaire_id: uuid.UUID) -> ResponseReturnValue:
    """Saves the heading."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    form = HeadingForm()
    if form.validate():
        typed = {"title": form.title.data or "", "description": form.description.data or ""}
        with form.catching(), transaction():
            acts.edit_heading(row, by=by_staff(), **typed)
        if not form.is_refused:
            flash(gettext("Saved."))
            return _to_edit(dialogue, questionnaire_id)
    return _edit_page(dialogue, row, form), 422


@bp.post("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/copy")
@requires(Action.EDIT_DIALOGUE)
def copy(dialogue: Dialogue, questionnaire_id: uuid.UUID) -> ResponseReturnValue:
    """A new questionnaire with the same questions."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    with transaction():
        title = gettext("Copy of %(title)s", title=row.title)
        made = acts.copy_questionnaire(dialogue, row, title=title, by=by_staff())
    flash(gettext("This is the copy. Give it a title of its own, and choose it in the stages that should ask it."))
    return _to_edit(dialogue, made.public_id)


@bp.get("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/questions/new")
@requires(Action.EDIT_DIALOGUE)
def new_question(dialogue: Dialogue, questionnaire_id: uuid.UUID) -> ResponseReturnValue:
    """An empty question."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    return _question_page(row, None, QuestionForm())


@bp.post("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/questions/new")
@requires(Action.EDIT_DIALOGUE)
def add_question(dialogue: Dialogue, questionnaire_id: uuid.UUID) -> ResponseReturnValue:
    """Adds it after the last one."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    form = QuestionForm()
    if form.validate():
        with form.catching(), transaction():
            name = acts.add_question(row, form.asked(), by=by_staff())
        if not form.is_refused:
            return _to_edit(dialogue, questionnaire_id, name)
    return _question_page(row, None, form), 422


@bp.get("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/questions/<question_name>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit_question(dialogue: Dialogue, questionnaire_id: uuid.UUID, question_name: str) -> ResponseReturnValue:
    """One question as it stands."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    element = _editable(row, question_name)
    return _question_page(row, element, QuestionForm(formdata=None, data=present(element)))


@bp.post("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/questions/<question_name>/edit")
@requires(Action.EDIT_DIALOGUE)
def save_question(dialogue: Dialogue, questionnaire_id: uuid.UUID, question_name: str) -> ResponseReturnValue:
    """Saves it."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    element = _editable(row, question_name)
    form = QuestionForm()
    if form.validate():
        with form.catching(), transaction():
            acts.edit_question(row, question_name, form.asked(), by=by_staff())
        if not form.is_refused:
            return _to_edit(dialogue, questionnaire_id, question_name)
    return _question_page(row, element, form), 422


@bp.post("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/questions/<question_name>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, questionnaire_id: uuid.UUID, question_name: str) -> ResponseReturnValue:
    """One place up or down."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    if find(row.definition, question_name) is None:
        abort(404)
    form = _heading_form(row)
    with form.catching(), transaction():
        acts.shift_question(row, question_name, ShiftForm().wanted(), by=by_staff())
    return (_edit_page(dialogue, row, form), 409) if form.is_refused else _to_edit(dialogue, questionnaire_id)


@bp.post("/d/<uuid:dialogue_id>/questionnaires/<uuid:questionnaire_id>/questions/<question_name>/remove")
@requires(Action.EDIT_DIALOGUE)
def remove(dialogue: Dialogue, questionnaire_id: uuid.UUID, question_name: str) -> ResponseReturnValue:
    """Takes a question out."""
    row = reads.find_questionnaire(dialogue, questionnaire_id) or abort(404)
    if find(row.definition, question_name) is None:
        abort(404)
    form = _heading_form(row)
    with form.catching(), transaction():
        acts.remove_question(row, question_name, by=by_staff())
    if form.is_refused:
        return _edit_page(dialogue, row, form), 409
    flash(gettext("The question was taken out."))
    return _to_edit(dialogue, questionnaire_id)


def _heading_form(row: Questionnaire) -> HeadingForm:
    """What stands above the questions now."""
    data = {"title": row.title, "description": words_of(row.definition.get("description"))}
    return HeadingForm(formdata=None, data=data)


def _editable(row: Questionnaire, name: str) -> Definition:
    """A question of that name; a block of words to read is no question."""
    element = find(row.definition, name)
    if element is None or element["type"] == QuestionKind.HTML:
        abort(404)
    return element


def _edit_page(dialogue: Dialogue, row: Questionnaire, form: HeadingForm) -> str:
    pages = [
        {
            "title": words_of(page.get("title")),
            "has_condition": bool(page.get("visibleIf")),
            "cards": [_card(element) for element in page.get("elements") or ()],
        }
        for page in row.definition.get("pages") or ()
    ]
    return render_template(
        "questionnaires/edit.html",
        form=form,
        row=row,
        pages=pages,
        count=parse(row.definition).item_count,
        most=MOST_ITEMS,
        answered=reads.is_answered(row),
        stages=reads.stages_asking(dialogue).get(row.id, []),
        labels=labels,
    )


def _card(element: Definition) -> dict[str, object]:
    """What the page shows of one question; `asked` is None for a block of words to read, which is in `words`."""
    is_block = element["type"] == QuestionKind.HTML
    return {
        "name": element["name"],
        "asked": None if is_block else asked_of(element),
        "words": words_of(element.get("html")) if is_block else asked_of(element).title,
        "kept": kept_of(element),
    }


def _question_page(row: Questionnaire, element: Definition | None, form: QuestionForm) -> str:
    return render_template(
        "questionnaires/question.html",
        form=form,
        row=row,
        element=element,
        kept=kept_of(element) if element else [],
        answered=reads.is_answered(row),
    )


def _to_edit(dialogue: Dialogue, questionnaire_id: uuid.UUID, name: str = "") -> ResponseReturnValue:
    """To the questionnaire, at the card of a question where one is named."""
    anchor = f"question-{name}" if name else None
    address = url_for(".edit", dialogue_id=dialogue.public_id, questionnaire_id=questionnaire_id, _anchor=anchor)
    return redirect(address, 303)
