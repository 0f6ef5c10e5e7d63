"""The question log for those who run it: the list, one question with all its acts, and who answers."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.base import Form
from app.forms.moderation import id_of
from app.forms.questions import AnswerForm, AssignForm, CheckForm, MergeForm
from app.models.dialogues import Dialogue
from app.models.questions import Answer, Question
from app.queries import questions as reads
from app.services import question_desk as acts
from deliberation.moderation import EXCLUDED_FROM_ANALYSIS, ReasonCode
from deliberation.personal_data import find_personal_data
from deliberation.questions import ANSWER_LIMIT, AnswerKind, Standing
from deliberation.similar import Known, similar_to

bp = Blueprint("question_desk", __name__)

NEW = "new-"
"""Before the names of the fields of an answer that is not there yet."""


@bp.get("/d/<uuid:dialogue_id>/questions/desk")
@requires(Action.RUN_QUESTION_LOG)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every question, those first that need a person; `standing` filters."""
    lines = reads.desk_lines(dialogue)
    chosen = next((one for one in Standing if one.value == request.args.get("standing")), None)
    wanted = [one for one in lines if (reads.is_waiting(one) if chosen is None else one.standing is chosen)]
    return render_template(
        "questions/desk.html",
        labels=labels,
        lines=wanted,
        chosen=chosen,
        counts=reads.counts(lines),
        waiting=sum(reads.is_waiting(one) for one in lines),
        specialists=reads.specialists_of(dialogue),
    )


@bp.get("/d/<uuid:dialogue_id>/questions/desk/<uuid:question_id>")
@requires(Action.RUN_QUESTION_LOG)
def show(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    """One question with everything that can be done about it."""
    return _page(dialogue, _question(dialogue, question_id))


@bp.post("/d/<uuid:dialogue_id>/questions/desk/<uuid:question_id>/check")
@requires(Action.RUN_QUESTION_LOG)
def check(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    """Shows the words to everyone, or not, with a reason that their author reads."""
    form, question = CheckForm(), _question(dialogue, question_id)
    with form.catching(), transaction():
        decision, reason = form.wanted()
        acts.decide_words(question, decision, reason, by=by_staff())
    return _done(dialogue, question, form, {})


@bp.post("/d/<uuid:dialogue_id>/questions/desk/<uuid:question_id>/assign")
@requires(Action.RUN_QUESTION_LOG)
def assign(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    """Gives it to a specialist."""
    question = _question(dialogue, question_id)
    form = AssignForm().offer(reads.specialists_of(dialogue))
    if form.validate():
        with form.catching(), transaction():
            specialist = reads.find_specialist(dialogue, id_of(form.specialist.data))
            acts.assign(question, specialist, by=by_staff())
    return _done(dialogue, question, form, {"assign": form})


@bp.post("/d/<uuid:dialogue_id>/questions/desk/<uuid:question_id>/merge")
@requires(Action.RUN_QUESTION_LOG)
def merge(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    """Puts it together with another question, or parts it again."""
    question = _question(dialogue, question_id)
    form = MergeForm().offer(_others(dialogue, question))
    if form.validate():
        with form.catching(), transaction():
            other_id = id_of(form.into.data)
            into = reads.find_question(dialogue, other_id) if other_id else None
            acts.merge(question, into, by=by_staff())
    return _done(dialogue, question, form, {"merging": form})


@bp.post("/d/<uuid:dialogue_id>/questions/desk/<uuid:question_id>/answer")
@requires(Action.RUN_QUESTION_LOG)
def answer(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    """A specialist's answer: the first one, or another that may differ."""
    question = _question(dialogue, question_id)
    form = AnswerForm(prefix=NEW).offer(reads.specialists_of(dialogue))
    if form.validate():
        with form.catching(), transaction():
            acts.answer(question, by=by_staff(), **_values(dialogue, form))
    return _done(dialogue, question, form, {"new": form})


@bp.post("/d/<uuid:dialogue_id>/questions/desk/<uuid:question_id>/answer/<uuid:answer_id>")
@requires(Action.RUN_QUESTION_LOG)
def edit_answer(dialogue: Dialogue, question_id: uuid.UUID, answer_id: uuid.UUID) -> ResponseReturnValue:
    """A new version of an answer, or the publishing of its draft."""
    question = _question(dialogue, question_id)
    row = reads.find_answer(question, answer_id) or abort(404)
    form = AnswerForm(prefix=_prefix(row)).offer(reads.specialists_of(dialogue, ended=True))
    if form.validate():
        with form.catching(), transaction():
            acts.edit_answer(row, by=by_staff(), **_values(dialogue, form))
    return _done(dialogue, question, form, {row.id: form})


@bp.post("/d/<uuid:dialogue_id>/questions/desk/<uuid:question_id>/answer/<uuid:answer_id>/take-out")
@requires(Action.RUN_QUESTION_LOG)
def take_out(dialogue: Dialogue, question_id: uuid.UUID, answer_id: uuid.UUID) -> ResponseReturnValue:
    """Shows an answer no longer."""
    question, form = _question(dialogue, question_id), CheckForm(formdata=None)
    row = reads.find_answer(question, answer_id) or abort(404)
    with form.catching(), transaction():
        acts.take_out_answer(row, by=by_staff())
    return _done(dialogue, question, form, {})


def _values(dialogue: Dialogue, form: AnswerForm) -> dict[str, Any]:
    return {
        "specialist": reads.find_specialist(dialogue, id_of(form.specialist.data)) or abort(404),
        "kind": AnswerKind(form.kind.data),
        "text": form.text.data or "",
        "publish": form.act.data == "publish",
    }


def _question(dialogue: Dialogue, question_id: uuid.UUID) -> Question:
    return reads.find_question(dialogue, question_id) or abort(404)


def _done(dialogue: Dialogue, question: Question, form: Form, forms: dict[Any, Form]) -> ResponseReturnValue:
    """Back to the question; with what was typed where it was refused."""
    if form.is_refused:
        return _page(dialogue, question, form, forms), 422
    flash(gettext("Saved."))
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, question_id=question.public_id), 303)


def _others(dialogue: Dialogue, question: Question) -> list[Question]:
    """Questions it could be put together with, the most similar first."""
    shown = [one.question for one in reads.log_for(dialogue, None) if one.standing is not Standing.WITHDRAWN]
    known = {one.id: one for one in shown if one.id != question.id}
    near = similar_to(question.text, [Known(key, one.text) for key, one in known.items()])
    return [known[key] for key in near] + [one for key, one in known.items() if key not in near]


def _page(
    dialogue: Dialogue, question: Question, refused: Form | None = None, forms: dict[Any, Form] | None = None
) -> str:
    forms, specialists = forms or {}, reads.specialists_of(dialogue)
    everybody = reads.specialists_of(dialogue, ended=True)
    by_id = {one.id: one for one in everybody}
    now, into = by_id.get(question.specialist_id or 0), reads.line_of(question).into
    asked = {"specialist": str(now.public_id) if now else ""}
    return render_template(
        "questions/desk_one.html",
        labels=labels,
        line=reads.line_of(question),
        refused=refused,
        reasons=list(ReasonCode),
        excluded=EXCLUDED_FROM_ANALYSIS,
        found=[question.text[one.start : one.end] for one in find_personal_data(question.text)],
        specialists=specialists,
        assign=forms.get("assign") or _filled(AssignForm, asked, specialists),
        merging=forms.get("merging")
        or _filled(MergeForm, {"into": str(into.public_id) if into else ""}, _others(dialogue, question)),
        new=forms.get("new")
        or _filled(AnswerForm, asked, specialists, prefix=NEW),
        answers=[(row, forms.get(row.id) or _edit_form(row, everybody)) for row in question.answers],
        limit=ANSWER_LIMIT,
    )


def _prefix(row: Answer) -> str:
    """Before the names of an answer's fields: several answers are edited on one page."""
    return f"a{row.question.answers.index(row) + 1}-"


def _edit_form(row: Answer, everybody: Any) -> Form:
    newest = row.newest
    data = {"specialist": str(row.specialist.public_id), "kind": newest.kind.value, "text": newest.text}
    return _filled(AnswerForm, data, everybody, prefix=_prefix(row))


def _filled(kind: Any, data: dict[str, str], offered: Any, **more: str) -> Form:
    made: Form = kind(formdata=None, data=data, **more).offer(offered)
    return made
