"""Drafts for staff: what each table wrote, what was suggested and agreed, and showing a version to everyone."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.models.dialogues import Dialogue
from app.queries.drafting import agreed_on, drafts_of_dialogue, find_draft, suggestions_on
from app.services.drafting import show_draft

bp = Blueprint("drafting_staff", __name__)


@bp.get("/d/<uuid:dialogue_id>/drafts")
@requires(Action.SEE_ANALYSIS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every draft by stage and table. Which table wrote it is never public."""
    rows = [(draft, table, suggestions_on(draft), agreed_on(draft)) for draft, table in drafts_of_dialogue(dialogue)]
    return render_template("drafting_staff/index.html", rows=rows, labels=labels)


@bp.post("/d/<uuid:dialogue_id>/drafts/<uuid:draft_id>/show")
@requires(Action.MODERATE)
def show(dialogue: Dialogue, draft_id: uuid.UUID) -> ResponseReturnValue:
    """The newest version has been looked at: everyone in the dialogue may see it."""
    draft = find_draft(dialogue, draft_id) or abort(404)
    with transaction():
        show_draft(draft, by=by_staff())
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)
