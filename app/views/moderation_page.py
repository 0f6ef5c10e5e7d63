"""The page of the moderation desk, for every view that comes back to it."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.access import by_staff
from app.db import utcnow
from app.forms import labels
from app.forms import moderation as forms
from app.forms.base import Form
from app.models.dialogues import Dialogue
from app.models.moderation import ModerationDecision
from app.queries import moderation as queue
from app.queries import moderation_items as items
from app.queries.moderation_around import around
from app.queries.policy import current_policy
from app.queries.welfare import is_lead
from app.queries.word_kinds import KINDS, Words
from app.services.moderation import NOTE_LIMIT
from deliberation.moderation import EXCLUDED_FROM_ANALYSIS, ReasonCode

LAST = "decided"
"""In the cookie: public id of the decision made last, for the bar with Undo."""


def desk_page(dialogue: Dialogue, form: Form | None = None, *, at: Words | None = None) -> str:
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
    in_focus = None if is_list or not shown else shown[0]
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
        policy=current_policy(dialogue),
        around=around(dialogue, in_focus, reader) if in_focus is not None else None,
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
        decided=items.decisions_of(dialogue, 5),
        by_key=KINDS,
        note_limit=NOTE_LIMIT,
        is_lead=is_lead(dialogue, reader),
        query=_carried(dialogue),
        address=lambda **changes: _address(dialogue, **changes),
        bulk=form if isinstance(form, forms.BulkForm) else forms.BulkForm(formdata=None),
        form=form,
    )


def bulk_page(dialogue: Dialogue, form: forms.BulkForm, chosen: list[Words]) -> str:
    """What is about to be decided, read out once."""
    return render_template(
        "moderation/bulk.html",
        labels=labels,
        form=form,
        ticked=request.form.getlist("words"),
        policy=current_policy(dialogue),
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


def onwards(
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
