"""Welfare: a moderator passes a worry on; the safeguarding lead alone reads it."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms.base import Form
from app.forms.moderation import ConcernForm
from app.models.dialogues import Dialogue
from app.queries.welfare import concerns_of, find_concern, is_lead
from app.services import welfare as acts
from app.views.moderation_page import desk_page, onwards

bp = Blueprint("welfare", __name__)


@bp.post("/d/<uuid:dialogue_id>/moderation/worry")
@requires(Action.MODERATE)
def worry(dialogue: Dialogue) -> ResponseReturnValue:
    """Passes a worry about the person on; nothing is decided about the words."""
    form = ConcernForm()
    words = form.find(dialogue) or abort(404)
    with form.catching(), transaction():
        acts.raise_concern(dialogue, words, form.note.data or "", by=by_staff())
    if form.is_refused:
        return desk_page(dialogue, form, at=words), 409
    flash(gettext("Passed on to the safeguarding lead. You can still decide about the words."), "good")
    return onwards(dialogue, None, at=words)


@bp.get("/d/<uuid:dialogue_id>/moderation/welfare")
@requires(Action.READ_WELFARE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """The concerns, for the named person and nobody else."""
    _only_the_lead(dialogue)
    return render_template("welfare/index.html", concerns=concerns_of(dialogue))


@bp.post("/d/<uuid:dialogue_id>/moderation/welfare/<uuid:concern_id>")
@requires(Action.READ_WELFARE)
def close(dialogue: Dialogue, concern_id: uuid.UUID) -> ResponseReturnValue:
    """What was done about it."""
    _only_the_lead(dialogue)
    concern, form = find_concern(dialogue, concern_id) or abort(404), Form()
    with form.catching(), transaction():
        acts.close_concern(dialogue, concern, request.form.get("outcome", ""), by=by_staff())
    for message in form.form_errors:
        flash(message, "error")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _only_the_lead(dialogue: Dialogue) -> None:
    if not is_lead(dialogue, by_staff()):
        abort(403)
