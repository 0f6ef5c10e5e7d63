"""The route for concerns: the list, raising one, one with its answers, and what can be done with it."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, actor_in, by_staff, requires
from app.db import transaction
from app.forms import meeting_labels
from app.forms.base import Form
from app.forms.concerns import ConcernWordsForm, RaiseForm
from app.models.concerns import OversightConcern
from app.models.dialogues import Dialogue
from app.queries import concerns as reads
from app.queries.oversight import group_of
from app.services import concerns as acts
from app.views.oversight_here import group_here, today_in
from deliberation.concerns import ANSWER_WITHIN, CONCERN_LIMIT, ConcernState, Reader

bp = Blueprint("concerns", __name__)
_AT = "/d/<uuid:dialogue_id>/oversight/concerns"


@bp.get(_AT)
@requires(Action.SEE_CONCERNS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every concern as far as one may read it, and the way to raise one."""
    return _list_page(dialogue, RaiseForm(formdata=None, data={"due_on": today_in(dialogue) + ANSWER_WITHIN}))


@bp.post(_AT)
@requires(Action.RAISE_CONCERN)
def add(dialogue: Dialogue) -> ResponseReturnValue:
    """Raises one."""
    group, form = group_here(dialogue), RaiseForm()
    if form.validate():
        with form.catching(), transaction():
            acts.raise_concern(
                group, form.text.data or "", due_on=form.due_on.data, today=today_in(dialogue), by=by_staff()
            )
    if form.is_refused:
        return _list_page(dialogue, form), 422
    flash(gettext("Your concern is with the chair and the lead. Nobody else reads it."), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


@bp.get(f"{_AT}/<uuid:oversight_concern_id>")
@requires(Action.SEE_CONCERNS)
def show(dialogue: Dialogue, oversight_concern_id: uuid.UUID) -> ResponseReturnValue:
    """One concern, for those who may read it; 404 for everybody else."""
    return _page(dialogue, _row(dialogue, oversight_concern_id))


@bp.post(f"{_AT}/<uuid:oversight_concern_id>/answer")
@requires(Action.ANSWER_CONCERN)
def answer(dialogue: Dialogue, oversight_concern_id: uuid.UUID) -> ResponseReturnValue:
    """The chair's or the lead's answer."""
    return _act(dialogue, oversight_concern_id, acts.answer_concern, gettext("The answer is there."))


@bp.post(f"{_AT}/<uuid:oversight_concern_id>/escalate")
@requires(Action.RAISE_CONCERN)
def escalate(dialogue: Dialogue, oversight_concern_id: uuid.UUID) -> ResponseReturnValue:
    """To the commissioner."""
    said = gettext("The commissioner reads it from now on.")
    return _act(dialogue, oversight_concern_id, acts.escalate, said, today=today_in(dialogue))


@bp.post(f"{_AT}/<uuid:oversight_concern_id>/decide")
@requires(Action.ANSWER_CONCERN)
def decide(dialogue: Dialogue, oversight_concern_id: uuid.UUID) -> ResponseReturnValue:
    """The commissioner's answer."""
    return _act(dialogue, oversight_concern_id, acts.decide, gettext("Your answer is there."))


@bp.post(f"{_AT}/<uuid:oversight_concern_id>/publish")
@requires(Action.ANSWER_CONCERN)
def publish(dialogue: Dialogue, oversight_concern_id: uuid.UUID) -> ResponseReturnValue:
    """The concern and its answers, without who raised it."""
    row, form = _row(dialogue, oversight_concern_id), Form()
    with form.catching(), transaction():
        acts.publish_concern(row, roles=actor_in(dialogue).roles, by=by_staff())
    return _done(dialogue, row, form, gettext("The concern and its answer are published."))


def _act(
    dialogue: Dialogue, public_id: uuid.UUID, act: Callable[..., None], said: str, **more: Any
) -> ResponseReturnValue:
    row, form = _row(dialogue, public_id), ConcernWordsForm()
    if form.validate():
        with form.catching(), transaction():
            act(row, form.words.data or "", roles=actor_in(dialogue).roles, by=by_staff(), **more)
    return _done(dialogue, row, form, said)


def _row(dialogue: Dialogue, public_id: uuid.UUID) -> OversightConcern:
    """A concern that whoever is here may read."""
    row = reads.find_concern(group_of(dialogue), public_id) or abort(404)
    if not reads.row_for(row, by_staff(), actor_in(dialogue).roles, today_in(dialogue)).is_readable:
        abort(404)
    return row


def _allowed(line: reads.ConcernRow) -> dict[str, bool]:
    """Which parts of the page whoever is here gets; the rule asks again when something is sent."""
    row, readers = line.row, line.readers
    answering = bool({Reader.CHAIR, Reader.LEAD} & readers) and Reader.RAISER not in readers
    is_late = line.state in {ConcernState.ANSWERED, ConcernState.OVERDUE}
    return {
        "knows_raiser": bool({Reader.CHAIR, Reader.LEAD, Reader.RAISER} & readers),
        "may_answer": answering and row.answered_at is None and row.escalated_at is None,
        "may_decide": Reader.COMMISSIONER in readers and line.state is ConcernState.ESCALATED,
        "may_escalate": bool({Reader.RAISER, Reader.CHAIR} & readers) and is_late,
        "may_publish": Reader.LEAD in readers and row.published_at is None and bool(row.answer or row.decision),
    }


def _done(dialogue: Dialogue, row: OversightConcern, form: Form, said: str) -> ResponseReturnValue:
    if form.is_refused:
        return _page(dialogue, row, form), 422
    flash(said, "good")
    address = url_for(".show", dialogue_id=dialogue.public_id, oversight_concern_id=row.public_id)
    return redirect(address, 303)


def _list_page(dialogue: Dialogue, form: RaiseForm) -> str:
    group = group_of(dialogue)
    roles, today = actor_in(dialogue).roles, today_in(dialogue)
    return render_template(
        "concerns/index.html",
        group=group,
        rows=reads.concern_rows(group, by_staff(), roles, today) if group else [],
        form=form,
        labels=meeting_labels,
        limit=CONCERN_LIMIT,
    )


def _page(dialogue: Dialogue, row: OversightConcern, refused: Form | None = None) -> str:
    line = reads.row_for(row, by_staff(), actor_in(dialogue).roles, today_in(dialogue))
    return render_template(
        "concerns/show.html",
        line=line,
        row=row,
        **_allowed(line),
        refused=refused,
        form=refused if isinstance(refused, ConcernWordsForm) else ConcernWordsForm(formdata=None),
        labels=meeting_labels,
        limit=CONCERN_LIMIT,
    )
