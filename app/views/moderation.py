"""The moderation desk: the queue, a decision, and its undoing."""

import uuid
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.base import Form
from app.forms.moderation import DecideForm, UndoForm, id_of
from app.models.dialogues import Dialogue
from app.queries import moderation as reads
from app.queries.dialogues import find_stage
from app.services import moderation as acts
from deliberation.moderation import EXCLUDED_FROM_ANALYSIS, ReasonCode, WordState

bp = Blueprint("moderation", __name__)

LAST = "decided"
"""In the cookie: public id of the decision made last, for the bar with Undo."""


@bp.get("/d/<uuid:dialogue_id>/moderation")
@requires(Action.MODERATE)
def desk(dialogue: Dialogue) -> ResponseReturnValue:
    """Words that wait to be checked, oldest first; with filters, those decided already."""
    return _desk_page(dialogue)


@bp.post("/d/<uuid:dialogue_id>/moderation/decide")
@requires(Action.MODERATE)
def decide(dialogue: Dialogue) -> ResponseReturnValue:
    """Shows words to everyone, or not, with a reason that the author reads."""
    form = DecideForm()
    try:
        kind = reads.WordKind(form.kind.data or "")
    except ValueError:
        abort(404)
    words = reads.find_words(dialogue, kind, id_of(form.words.data) or abort(404)) or abort(404)
    with form.catching(), transaction():
        decision, reason = form.wanted()
        made = acts.decide(dialogue, words, decision, reason, by=by_staff()).public_id
    if form.is_refused:
        return _desk_page(dialogue, form), 409
    session[LAST] = str(made)
    return _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/moderation/undo")
@requires(Action.MODERATE)
def undo(dialogue: Dialogue) -> ResponseReturnValue:
    """Puts words back to what they were before a decision."""
    form = UndoForm()
    row = reads.find_decision(dialogue, id_of(form.decision.data) or abort(404)) or abort(404)
    with form.catching(), transaction():
        acts.undo(dialogue, row, by=by_staff())
    if form.is_refused:
        return _desk_page(dialogue, form), 409
    session[LAST] = str(row.public_id)
    return _back(dialogue)


def _desk_page(dialogue: Dialogue, form: Form | None = None) -> str:
    chosen = _filters(dialogue, request.values)
    page = request.values.get("page", "1")
    last = reads.find_decision(dialogue, id_of(session.get(LAST)) or uuid.UUID(int=0))
    return render_template(
        "moderation/desk.html",
        labels=labels,
        queue=reads.queue(dialogue, chosen, int(page) if page.isdecimal() and len(page) < 6 else 1),
        chosen=chosen,
        kinds=list(reads.WordKind),
        states=(WordState.WAITING, WordState.APPROVED, WordState.REFUSED),
        reasons=list(ReasonCode),
        excluded=EXCLUDED_FROM_ANALYSIS,
        decided=reads.decisions_of(dialogue),
        last=last,
        last_words=reads.words_of(last) if last is not None else None,
        query=_query(chosen),
        form=form,
    )


def _filters(dialogue: Dialogue, sent: MultiDict[str, str]) -> reads.Filters:
    """What the address asks for; anything unknown is as if it were not there."""
    states = {state.value: state for state in (WordState.WAITING, WordState.APPROVED, WordState.REFUSED)}
    kinds = {kind.value: kind for kind in reads.WordKind}
    stage_id = id_of(sent.get("stage"))
    return reads.Filters(
        state=states.get(sent.get("state", ""), WordState.WAITING),
        kind=kinds.get(sent.get("only", "")),
        stage=find_stage(dialogue, stage_id) if stage_id else None,
    )


def _query(chosen: reads.Filters) -> dict[str, Any]:
    query = {"state": chosen.state.value}
    if chosen.kind:
        query["only"] = chosen.kind.value
    if chosen.stage:
        query["stage"] = str(chosen.stage.public_id)
    return query


def _back(dialogue: Dialogue) -> ResponseReturnValue:
    query = _query(_filters(dialogue, request.values))
    return redirect(url_for(".desk", dialogue_id=dialogue.public_id, **query), 303)
