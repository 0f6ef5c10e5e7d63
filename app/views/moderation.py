"""The moderation desk: the queue, decisions about one or many, undoing, flags, and who is looking."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import labels
from app.forms import moderation as forms
from app.forms.base import Form
from app.models.dialogues import Dialogue
from app.models.moderation import ModerationDecision
from app.queries import moderation as queue
from app.queries import moderation_items as items
from app.queries.word_kinds import KINDS, Words
from app.services import moderation as acts
from app.services import word_marks
from deliberation.errors import RuleError
from deliberation.moderation import EXCLUDED_FROM_ANALYSIS, ReasonCode

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
    form = forms.DecideForm()
    words = form.find(dialogue) or abort(404)
    with form.catching(), transaction():
        decision, reason = form.wanted()
        made = acts.decide(dialogue, words, decision, reason, by=by_staff(), seen=form.state_seen)
    if form.is_refused:
        return _desk_page(dialogue, form, at=words), 409
    return _onwards(dialogue, made, after=words)


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
            return _bulk_page(dialogue, form, [words for words, _seen in chosen])
        with transaction():
            made = acts.decide_many(dialogue, chosen, decision, reason, by=by_staff())
    return (_desk_page(dialogue, form), 409) if form.is_refused else _onwards(dialogue, made[0])


@bp.post("/d/<uuid:dialogue_id>/moderation/undo")
@requires(Action.MODERATE)
def undo(dialogue: Dialogue) -> ResponseReturnValue:
    """Puts words back to what they were before a decision, and goes back to them."""
    form = forms.UndoForm()
    row = items.find_decision(dialogue, forms.id_of(form.decision.data) or abort(404)) or abort(404)
    with form.catching(), transaction():
        acts.undo(dialogue, row, by=by_staff())
    if form.is_refused:
        return _desk_page(dialogue, form), 409
    return _onwards(dialogue, row, at=items.words_of(dialogue, row))


@bp.post("/d/<uuid:dialogue_id>/moderation/flag")
@requires(Action.MODERATE)
def flag(dialogue: Dialogue) -> ResponseReturnValue:
    """Flags words to come back to, or takes the flag away."""
    form = forms.AboutWords()
    words = form.find(dialogue) or abort(404)
    with transaction():
        word_marks.set_flag(dialogue, words, on=request.form.get("on") == "yes", by=by_staff())
    return _onwards(dialogue, None, at=words)


@bp.post("/d/<uuid:dialogue_id>/moderation/look")
@requires(Action.MODERATE)
def look(dialogue: Dialogue) -> ResponseReturnValue:
    """Says to the others for two minutes that somebody is looking at these words."""
    form = forms.AboutWords()
    words = form.find(dialogue) or abort(404)
    with transaction():
        word_marks.claim(dialogue, words, by=by_staff())
    return _onwards(dialogue, None, at=words)


def _desk_page(dialogue: Dialogue, form: Form | None = None, *, at: Words | None = None) -> str:
    """The desk as the address (or the form that was refused) asks for it."""
    sent, reader = request.values, by_staff()
    chosen = forms.filters_in(dialogue, sent)
    is_list = sent.get("view") == "list"
    place = queue.Place(at.created_at, at.public_id) if at is not None else forms.place_in(sent, "at")
    page = queue.queue(
        dialogue,
        chosen,
        after=forms.place_in(sent, "after"),
        before=forms.place_in(sent, "before"),
        at=place,
        size=queue.PAGE if is_list else 1,
    )
    shown = items.items_of(page.entries, utcnow(), reader)
    counts = queue.counts(dialogue, chosen)
    last = items.find_decision(dialogue, forms.id_of(session.get(LAST)) or dialogue.public_id)
    return render_template(
        "moderation/desk.html",
        labels=labels,
        page=page,
        items=shown,
        counts=counts,
        chosen=chosen,
        is_list=is_list,
        similar=[] if is_list or not shown else items.similar_shown(dialogue, shown[0].words, shown[0].text),
        stages=queue.stages_named(set(counts.stages)),
        kinds=list(KINDS.values()),
        states=forms.STATES,
        marks=list(queue.Mark),
        reasons=list(ReasonCode),
        excluded=EXCLUDED_FROM_ANALYSIS,
        last=last,
        last_words=items.words_of(dialogue, last) if last is not None else None,
        last_kind=KINDS.get(last.kind) if last is not None else None,
        together=len(items.in_batch(dialogue, last.batch)) if last is not None and last.batch else 1,
        decided=items.decisions_of(dialogue),
        by_key=KINDS,
        query=_carried(dialogue),
        address=lambda **changes: _address(dialogue, **changes),
        bulk=form if isinstance(form, forms.BulkForm) else forms.BulkForm(formdata=None),
        form=form,
    )


def _bulk_page(dialogue: Dialogue, form: forms.BulkForm, chosen: list[Words]) -> str:
    """What is about to be decided, read out once."""
    return render_template(
        "moderation/bulk.html",
        labels=labels,
        form=form,
        ticked=request.form.getlist("words"),
        items=items.items_of([queue.entry_of(words) for words in chosen], utcnow()),
        query=_carried(dialogue),
    )


def _carried(dialogue: Dialogue) -> dict[str, Any]:
    """The filters and the view, as links and forms of the desk carry them on."""
    view = "list" if request.values.get("view") == "list" else ""
    return forms.query_of(forms.filters_in(dialogue, request.values), view=view)


def _address(dialogue: Dialogue, **changes: Any) -> str:
    """The desk's address with these filters changed; an empty value takes one away."""
    query = {name: value for name, value in {**_carried(dialogue), **changes}.items() if value}
    return url_for("moderation.desk", dialogue_id=dialogue.public_id, **query)


def _onwards(
    dialogue: Dialogue,
    made: ModerationDecision | None,
    *,
    after: Words | None = None,
    at: Words | None = None,
) -> ResponseReturnValue:
    """To the words that follow, or to certain words, with the same filters; the bar says what was decided."""
    if made is not None:
        session[LAST] = str(made.public_id)
    where = {name: str(queue.entry_of(words).place) for name, words in (("after", after), ("at", at)) if words}
    return redirect(_address(dialogue, **where), 303)
