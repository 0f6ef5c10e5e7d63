"""The moderation desk: the queue, decisions about one or many, undoing, flags, and who is looking."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import moderation as forms
from app.models.dialogues import Dialogue
from app.queries import moderation_items as items
from app.services import moderation as acts
from app.services import word_marks
from app.views.moderation_page import bulk_page, desk_page, onwards
from deliberation.errors import RuleError

bp = Blueprint("moderation", __name__)


@bp.get("/d/<uuid:dialogue_id>/moderation")
@requires(Action.MODERATE)
def desk(dialogue: Dialogue) -> ResponseReturnValue:
    """Words that wait to be checked, oldest first; with filters, those decided already."""
    return desk_page(dialogue)


@bp.post("/d/<uuid:dialogue_id>/moderation/decide")
@requires(Action.MODERATE)
def decide(dialogue: Dialogue) -> ResponseReturnValue:
    """Shows words to everyone, or not, with a reason that the author reads."""
    form = forms.DecideForm()
    words = form.find(dialogue) or abort(404)
    with form.catching(), transaction():
        decision, reason = form.wanted()
        made = acts.decide(
            dialogue, words, decision, reason,
            by=by_staff(), seen=form.state_seen, read=form.read.data or "", note=form.note.data or "",
        )  # fmt: skip
    if form.is_refused:
        return desk_page(dialogue, form, at=words), 409
    return onwards(dialogue, made, after=words)


@bp.post("/d/<uuid:dialogue_id>/moderation/bulk")
@requires(Action.MODERATE)
def bulk(dialogue: Dialogue) -> ResponseReturnValue:
    """Several words at once: the first press reads them out, the second decides."""
    form = forms.BulkForm()
    chosen = form.chosen(dialogue, request.form.getlist("words"))
    with form.catching():
        decision, reason = form.wanted()
        if not chosen:
            raise RuleError("nothing_chosen")
        if form.sure.data != "yes":
            return bulk_page(dialogue, form, [words for words, _seen in chosen])
        with transaction():
            made = acts.decide_many(dialogue, chosen, decision, reason, by=by_staff())
    return (desk_page(dialogue, form), 409) if form.is_refused else onwards(dialogue, made[0])


@bp.post("/d/<uuid:dialogue_id>/moderation/undo")
@requires(Action.MODERATE)
def undo(dialogue: Dialogue) -> ResponseReturnValue:
    """Puts words back to what they were before a decision, and goes back to them."""
    form = forms.UndoForm()
    row = items.find_decision(dialogue, forms.id_of(form.decision.data) or abort(404)) or abort(404)
    with form.catching(), transaction():
        acts.undo(dialogue, row, by=by_staff())
    if form.is_refused:
        return desk_page(dialogue, form), 409
    return onwards(dialogue, row, at=items.words_of(dialogue, row))


@bp.post("/d/<uuid:dialogue_id>/moderation/flag")
@requires(Action.MODERATE)
def flag(dialogue: Dialogue) -> ResponseReturnValue:
    """Flags words to come back to, or takes the flag away."""
    form = forms.AboutWords()
    words = form.find(dialogue) or abort(404)
    with transaction():
        word_marks.set_flag(dialogue, words, on=request.form.get("on") == "yes", by=by_staff())
    return onwards(dialogue, None, at=words)


@bp.post("/d/<uuid:dialogue_id>/moderation/look")
@requires(Action.MODERATE)
def look(dialogue: Dialogue) -> ResponseReturnValue:
    """Says to the others for two minutes that somebody is looking at these words."""
    form = forms.AboutWords()
    words = form.find(dialogue) or abort(404)
    with transaction():
        word_marks.claim(dialogue, words, by=by_staff())
    return onwards(dialogue, None, at=words)
