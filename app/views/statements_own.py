"""A participant's own statement: writing it, similar ones, sending it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.own_words import StatementWordsForm
from app.models.dialogues import Dialogue, Stage
from app.models.voting import Statement
from app.queries.voting import approved_words, own_votes
from app.services.statements_own import add_own_statement
from app.views.addresses import here
from app.views.own_words import warning_page
from app.views.stage_pages import shell
from deliberation.comments import STATEMENT_LIMIT
from deliberation.similar import Known, similar_to

bp = Blueprint("statements_own", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/say")
@requires(Action.ADD_STATEMENT)
def say(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The box, three tips and who sees it."""
    return _box(dialogue, stage, StatementWordsForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/say")
@requires(Action.ADD_STATEMENT)
def send(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Keeps the statement, after a warning or a hint where there is reason for one."""
    form, by = StatementWordsForm(), by_participant()
    if not form.validate_on_submit():
        return _box(dialogue, stage, form), 422
    text = form.text.data or ""
    if len(text.strip()) <= STATEMENT_LIMIT:
        page = warning_page(
            dialogue,
            stage,
            by,
            form,
            address=url_for(".send", **here(dialogue, stage)),
            with_box=lambda: _box(dialogue, stage, form),
        )
        if page is not None:
            return page
        close = _close_ones(stage, text) if form.seen.data != "yes" else []
        if close:
            values = shell(dialogue, stage, by, is_preview=False)
            return render_template("statements_own/similar.html", **values, form=form, close=close, votes=own_votes(by))
    with form.catching(), transaction():
        add_own_statement(stage, text, by=by)
    if form.is_refused:
        return _box(dialogue, stage, form), 422
    flash(gettext("Thank you. Your words are in. You can follow them in “Your contributions”."), "good")
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


def _box(dialogue: Dialogue, stage: Stage, form: StatementWordsForm) -> str:
    values = shell(dialogue, stage, by_participant(), is_preview=False)
    return render_template("statements_own/say.html", **values, form=form, limit=STATEMENT_LIMIT)


def _close_ones(stage: Stage, text: str) -> list[Statement]:
    known = {one.id: one for one in approved_words(stage)}
    return [known[key] for key in similar_to(text, [Known(key, one.text) for key, one in known.items()])]
