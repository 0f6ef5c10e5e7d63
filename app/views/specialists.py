"""Who answers the questions of a dialogue: the list, adding one, changing one, ending their part."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms.questions import SpecialistForm
from app.models.dialogues import Dialogue
from app.models.questions import Specialist
from app.queries.questions import find_specialist, specialists_of
from app.services import specialists as acts

bp = Blueprint("specialists", __name__)


@bp.get("/d/<uuid:dialogue_id>/specialists")
@requires(Action.RUN_QUESTION_LOG)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Those who answer, and a form for one more."""
    return _page(dialogue, SpecialistForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/specialists")
@requires(Action.RUN_QUESTION_LOG)
def add(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds one."""
    return _save(dialogue, None)


@bp.get("/d/<uuid:dialogue_id>/specialists/<uuid:specialist_id>")
@requires(Action.RUN_QUESTION_LOG)
def edit(dialogue: Dialogue, specialist_id: uuid.UUID) -> ResponseReturnValue:
    """The words about one."""
    row = _row(dialogue, specialist_id)
    return _page(dialogue, SpecialistForm(formdata=None, obj=row), row)


@bp.post("/d/<uuid:dialogue_id>/specialists/<uuid:specialist_id>")
@requires(Action.RUN_QUESTION_LOG)
def save(dialogue: Dialogue, specialist_id: uuid.UUID) -> ResponseReturnValue:
    """Changes them."""
    return _save(dialogue, _row(dialogue, specialist_id))


@bp.post("/d/<uuid:dialogue_id>/specialists/<uuid:specialist_id>/end")
@requires(Action.RUN_QUESTION_LOG)
def end(dialogue: Dialogue, specialist_id: uuid.UUID) -> ResponseReturnValue:
    """They answer no more, or again."""
    row = _row(dialogue, specialist_id)
    with transaction():
        (acts.return_specialist if row.ended_at else acts.end_specialist)(row, by=by_staff())
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _save(dialogue: Dialogue, row: Specialist | None) -> ResponseReturnValue:
    form = SpecialistForm()
    if form.validate():
        words = {name: getattr(form, name).data or "" for name in ("name", "organisation", "interests")}
        with form.catching(), transaction():
            acts.save_specialist(dialogue, row=row, by=by_staff(), **words)
    if form.is_refused:
        return _page(dialogue, form, row), 422
    flash(gettext("Saved."))
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _row(dialogue: Dialogue, specialist_id: uuid.UUID) -> Specialist:
    return find_specialist(dialogue, specialist_id) or abort(404)


def _page(dialogue: Dialogue, form: SpecialistForm, row: Specialist | None = None) -> str:
    rows = specialists_of(dialogue, ended=True)
    return render_template("questions/specialists.html", form=form, row=row, rows=rows)
