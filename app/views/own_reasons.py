"""Taking back the words beside one's own rating or combination."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.own_reasons import ReasonForm
from app.models.dialogues import Dialogue
from app.queries.own_reasons import find_own_reason
from app.services.own_reasons import take_back_words

bp = Blueprint("own_reasons", __name__)


@bp.post("/d/<uuid:dialogue_id>/mine/reasons")
@requires(Action.WITHDRAW_OWN_WORDS, own=True)
def take_back(dialogue: Dialogue) -> ResponseReturnValue:
    """Erases the words; the choice stays."""
    form, by = ReasonForm(), by_participant()
    if not form.validate_on_submit() or form.words_id.data is None:
        abort(400)
    row = find_own_reason(by, form.kind.data or "", form.words_id.data) or abort(404)
    with form.catching(), transaction():
        take_back_words(row, by=by)
    if not form.is_refused:
        flash(gettext("You have taken these words back. Nobody sees them any more."), "good")
    return redirect(url_for("contributions.index", dialogue_id=dialogue.public_id), 303)
