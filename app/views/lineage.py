"""New words for a participant's statement: reworded, split, merged; and the author's answer to them."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, by_staff, requires
from app.db import transaction
from app.forms.appeals import RewordAnswerForm
from app.forms.base import Form
from app.forms.lineage import MergeForm, RewordForm
from app.forms.moderation import id_of
from app.models.dialogues import Dialogue
from app.models.voting import Statement
from app.queries.lineage import find_line, lines_of
from app.queries.moderation_items import newest_decisions, similar_shown
from app.queries.statements import counts_of, find_statement, numbered
from app.services import lineage as acts
from app.views.moderation_page import LAST, onwards
from deliberation.comments import STATEMENT_LIMIT
from deliberation.errors import RuleError

bp = Blueprint("lineage", __name__)


@bp.get("/d/<uuid:dialogue_id>/moderation/words/<uuid:statement_id>")
@requires(Action.MODERATE)
def edit(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Three ways: other words, several statements, or one that is there already."""
    statement = find_statement(dialogue, statement_id) or abort(404)
    return _page(dialogue, statement, RewordForm(formdata=None, data={"texts": statement.text}), None)


@bp.post("/d/<uuid:dialogue_id>/moderation/words/<uuid:statement_id>")
@requires(Action.MODERATE)
def reword(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """One line rewords, several split."""
    statement, form = find_statement(dialogue, statement_id) or abort(404), RewordForm()
    with form.catching(), transaction():
        acts.reword(dialogue, statement, (form.texts.data or "").splitlines(), by=by_staff())
    if form.is_refused:
        return _page(dialogue, statement, form, None), 422
    flash(gettext("The new words are shown. The author is asked whether they still say what was meant."), "good")
    return _on(dialogue, statement)


@bp.post("/d/<uuid:dialogue_id>/moderation/words/<uuid:statement_id>/merge")
@requires(Action.MODERATE)
def merge(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Another statement stands for this one."""
    statement, form = find_statement(dialogue, statement_id) or abort(404), MergeForm()
    with form.catching(), transaction():
        typed = (form.number.data or "").strip()
        kept = numbered(dialogue, int(typed)) if typed.isdecimal() and len(typed) < 9 else None
        if kept is None:
            raise RuleError("not_a_number")
        acts.merge(dialogue, statement, kept, by=by_staff())
    if form.is_refused:
        return _page(dialogue, statement, None, form), 422
    return _on(dialogue, statement)


@bp.post("/d/<uuid:dialogue_id>/mine/reworded")
@requires(Action.APPEAL, own=True)
def answer(dialogue: Dialogue) -> ResponseReturnValue:
    """Whether new words still say what their author meant."""
    form, by = RewordAnswerForm(), by_participant()
    line = find_line(by, id_of(form.line.data) or dialogue.public_id)
    if line is None:
        return redirect(_mine(dialogue), 303)
    says_same = form.same.data == "yes"
    with form.catching(), transaction():
        acts.answer_reword(line, says_same=says_same, by=by)
    if form.is_refused:
        flash(" ".join(map(str, form.form_errors)), "error")
    elif says_same:
        flash(gettext("Thank you. The new words stay."), "good")
    else:
        flash(gettext("Thank you. The new words are gone. The team looks at yours again."), "good")
    return redirect(_mine(dialogue), 303)


def _page(dialogue: Dialogue, statement: Statement, form: RewordForm | None, merging: MergeForm | None) -> str:
    wrong: Form | None = form if form is not None and form.is_refused else merging
    return render_template(
        "lineage/edit.html",
        statement=statement,
        form=form or RewordForm(formdata=None, data={"texts": statement.text}),
        merging=merging or MergeForm(formdata=None),
        wrong=wrong,
        votes=counts_of([statement.id]).get(statement.id),
        similar=similar_shown(dialogue, statement, statement.text),
        lines=lines_of(statement),
        limit=STATEMENT_LIMIT,
    )


def _on(dialogue: Dialogue, statement: Statement) -> ResponseReturnValue:
    """To the words that follow; the bar can undo what was decided about these."""
    made = newest_decisions([statement.public_id]).get(statement.public_id)
    if made is not None:
        session[LAST] = str(made.public_id)
    return onwards(dialogue, None, after=statement)


def _mine(dialogue: Dialogue) -> str:
    return url_for("contributions.index", dialogue_id=dialogue.public_id)
