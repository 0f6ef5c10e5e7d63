"""The public ledger of what is not shown, and the log of decisions as a file."""

import uuid

from flask import Blueprint, Response, abort, g, render_template
from flask.typing import ResponseReturnValue

from app.access import Action, by_staff, public, requires
from app.db import transaction
from app.exports.moderation_csv import log_csv
from app.forms import labels
from app.models.dialogues import Dialogue
from app.queries.dialogues import find_dialogue
from app.queries.ledger import decisions_in, ledger_is_public, ledger_of
from app.queries.policy import current_policy
from app.services.ledger import note_export

bp = Blueprint("ledger", __name__)


@bp.get("/open/<uuid:open_id>/not-shown")
@public
def show(open_id: uuid.UUID) -> ResponseReturnValue:
    """What was left out and why, without the words where the reason forbids them."""
    dialogue = find_dialogue(open_id) or abort(404)
    g.dialogue = dialogue
    is_public = ledger_is_public(dialogue)
    return render_template(
        "ledger/show.html",
        dialogue=dialogue,
        labels=labels,
        policy=current_policy(dialogue),
        ledger=ledger_of(dialogue) if is_public else None,
    )


@bp.post("/d/<uuid:dialogue_id>/moderation/log.csv")
@requires(Action.MODERATE)
def download(dialogue: Dialogue) -> ResponseReturnValue:
    """Every decision: who, when, why, undone or not. Handing it out is in the record."""
    with transaction():
        note_export(dialogue, by=by_staff())
    name = "synthetic-moderation-log.csv" if dialogue.is_synthetic else "moderation-log.csv"
    return Response(
        log_csv(decisions_in(dialogue), is_synthetic=dialogue.is_synthetic),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )
