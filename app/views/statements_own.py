"""A participant's own statement: writing it, close ones once, voting on those, sending it."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.own_words import CloseVoteForm, StatementWordsForm
from app.models.dialogues import Dialogue, Stage
from app.queries.similar import Similar, similar_statements
from app.queries.voting import find_votable, own_votes, votable
from app.services.recording import new_client_key
from app.services.statements_own import add_own_statement
from app.services.taking_part import start_stage
from app.services.voting import cast_vote
from app.views.addresses import here
from app.views.own_words import warning_page
from app.views.stage_pages import shell
from deliberation.comments import STATEMENT_LIMIT
from deliberation.voting import position_of

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
    if form.change.data:
        return _box(dialogue, stage, form)
    if len((form.text.data or "").strip()) <= STATEMENT_LIMIT:
        page = warning_page(
            dialogue,
            stage,
            by,
            form,
            address=url_for(".send", **here(dialogue, stage)),
            with_box=lambda: _box(dialogue, stage, form),
        )
        page = page or _hint(dialogue, stage, form)
        if page is not None:
            return page
    with form.catching(), transaction():
        add_own_statement(stage, form.text.data or "", by=by)
    if form.is_refused:
        return _box(dialogue, stage, form), 422
    flash(gettext("Thank you. Your words are in. You can follow them in “Your contributions”."), "good")
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/say/vote")
@requires(Action.CAST_VOTE)
def vote(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """A vote on a close statement, like any other; one's own words wait, and the hint stays as it was."""
    form, by = CloseVoteForm(), by_participant()
    if not form.validate_on_submit():
        for words in dict.fromkeys(str(words) for errors in form.errors.values() for words in errors):
            flash(words, "error")
        return _hints(dialogue, stage, form) or _box(dialogue, stage, form), 422
    statement = find_votable(stage, form.statement_id.data or abort(404)) or abort(404)
    key: uuid.UUID = form.client_key.data or abort(400)
    with transaction():
        start_stage(stage, by=by)
        cast_vote(stage, statement, position_of(form.position.data or ""), client_key=key, by=by)
    return _hints(dialogue, stage, form) or _box(dialogue, stage, form)


def _box(dialogue: Dialogue, stage: Stage, form: StatementWordsForm) -> str:
    values = shell(dialogue, stage, by_participant(), is_preview=False)
    return render_template("statements_own/say.html", **values, form=form, limit=STATEMENT_LIMIT)


def _hint(dialogue: Dialogue, stage: Stage, form: StatementWordsForm) -> str | None:
    """The close statements, unless they were shown before or there are none."""
    return None if form.seen.data == "yes" else _hints(dialogue, stage, form)


def _hints(dialogue: Dialogue, stage: Stage, form: StatementWordsForm) -> str | None:
    by = by_participant()
    close: list[Similar] = similar_statements(dialogue, form.text.data or "", lang=by.lang)
    if not close:
        return None
    return render_template(
        "statements_own/similar.html",
        **shell(dialogue, stage, by, is_preview=False),
        form=form,
        close=close,
        votable={row.statement_id for row in votable(stage)},
        votes=own_votes(by),
        new_key=new_client_key,
    )
