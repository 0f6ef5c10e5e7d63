"""Change of mind: what people who voted twice changed between two moments, as a page and as a file."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import Action, requires
from app.db import utcnow
from app.exports.sanitise import when
from app.exports.shift_csv import change_csv
from app.forms.shift import NOW, TYPED, ChangeForm
from app.models.dialogues import Dialogue
from app.queries import shift as queries
from app.queries.analysis import words_of
from app.queries.results import hidden_in
from deliberation.sessions import DialogueMode

bp = Blueprint("shift", __name__)

PAGE = 20
SENT = frozenset({"from", "from_at", "to", "to_at", "who"})


@bp.get("/d/<uuid:dialogue_id>/analysis/change")
@requires(Action.RUN_ANALYSIS)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """The form, and below it each statement, the largest net movement first."""
    form, chosen = _asked(dialogue)
    change = queries.change_between(dialogue, *chosen, recast=form.recast) if chosen else None
    typed = request.args.get("page", "1")
    pages = max(1, -(-len(change.lines) // PAGE)) if change else 1
    page = min(pages, max(1, int(typed)) if typed.isdecimal() and len(typed) < 8 else 1)
    return render_template(
        "shift/show.html",
        form=form,
        chosen=chosen,
        change=change,
        shown=change.lines[(page - 1) * PAGE : page * PAGE] if change else (),
        page=page,
        pages=pages,
        query=_query(),
        span=queries.voting_span(dialogue),
        by_tables=dialogue.mode is DialogueMode.PANEL,
        words_of=words_of,
        hidden=hidden_in(dialogue),
    )


@bp.get("/d/<uuid:dialogue_id>/analysis/change.csv")
@requires(Action.RUN_ANALYSIS)
def download(dialogue: Dialogue) -> ResponseReturnValue:
    """The same figures as a file; moments that cannot be used lead to the page, which says why."""
    form, chosen = _asked(dialogue)
    if chosen is None:
        return redirect(url_for("shift.show", dialogue_id=dialogue.public_id, **_query()), 303)
    change = queries.change_between(dialogue, *chosen, recast=form.recast)
    name = "synthetic-change-of-mind.csv" if dialogue.is_synthetic else "change-of-mind.csv"
    return Response(
        change_csv(change, *chosen, is_synthetic=dialogue.is_synthetic),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _query() -> dict[str, Any]:
    """What was asked, and nothing else that an address may carry into another."""
    return {name: value for name, value in request.args.items() if name in SENT}


def _asked(dialogue: Dialogue) -> tuple[ChangeForm, tuple[datetime, datetime] | None]:
    """The form as it was sent, else from the end of the first session with votes until now."""
    now = utcnow()
    ended = queries.moments(dialogue, now)
    start = next((one.key for one in ended if one.had_votes and not one.stage), TYPED)
    sent = request.args if SENT & set(request.args) else None
    form = ChangeForm(sent, data={"first": start, "second": NOW})
    form.offer(_groups(dialogue, ended), {NOW: now, **{one.key: one.at for one in ended}})
    if sent is None and start == TYPED:
        return form, None
    return form, form.moments(dialogue.timezone)


def _groups(dialogue: Dialogue, ended: list[queries.Ended]) -> dict[str, list[tuple[str, str]]]:
    """Heading -> (key, words) of the moments to choose from."""
    groups = {str(_("Any time")): [(NOW, str(_("Now"))), (TYPED, str(_("Another time, typed below")))]}
    for one in ended:
        facts = {"number": one.number, "stage": one.stage, "at": when(one.at, dialogue.timezone, "d MMM y, HH:mm")}
        after = _("%(at)s, after “%(stage)s”", **facts)
        words = after if one.stage else _("%(at)s, end of session %(number)s", **facts)
        heading = str(_("Session %(number)s: %(title)s", number=one.number, title=one.session))
        groups.setdefault(heading, []).append((one.key, str(words)))
    return groups
