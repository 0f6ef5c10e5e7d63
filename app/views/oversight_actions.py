"""Actions of the Oversight Group: the list, adding one outside a meeting, changing one."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.exports import oversight_words
from app.forms.meetings import ActionForm
from app.forms.moderation import id_of
from app.models.dialogues import Dialogue
from app.models.meetings import OversightAction
from app.models.oversight import OversightGroup
from app.queries.meetings import actions_of, find_action
from app.queries.oversight import find_member, group_of, members_here
from app.services import oversight_actions as acts
from app.views.oversight_here import group_here, today_in
from deliberation.meetings import is_overdue

bp = Blueprint("oversight_actions", __name__)


@bp.get("/d/<uuid:dialogue_id>/oversight/actions")
@requires(Action.SEE_MEETINGS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every action of the group, open ones first."""
    group = group_of(dialogue)
    return _page(dialogue, group, ActionForm(formdata=None).offer(members_here(group) if group else []))


@bp.post("/d/<uuid:dialogue_id>/oversight/actions")
@requires(Action.RUN_MEETINGS)
def add(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds one outside a meeting."""
    group = group_here(dialogue)
    form = ActionForm().offer(members_here(group))
    if form.validate():
        with form.catching(), transaction():
            acts.add_action(group, by=by_staff(), **_values(group, form))
    if form.is_refused:
        return _page(dialogue, group, form), 422
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/oversight/actions/<uuid:oversight_action_id>")
@requires(Action.RUN_MEETINGS)
def edit(dialogue: Dialogue, oversight_action_id: uuid.UUID) -> ResponseReturnValue:
    """One action, to be changed."""
    row = _row(dialogue, oversight_action_id)
    present = {
        "text": row.text, "owner": row.owner, "due_on": row.due_on, "outcome": row.outcome,
        "is_done": row.done_at is not None, "member": str(row.member.public_id) if row.member else "",
    }  # fmt: skip
    return _edit_page(row, ActionForm(formdata=None, data=present).offer(row.group.members))


@bp.post("/d/<uuid:dialogue_id>/oversight/actions/<uuid:oversight_action_id>")
@requires(Action.RUN_MEETINGS)
def save(dialogue: Dialogue, oversight_action_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it: who, by when, whether it is done, what came of it."""
    row = _row(dialogue, oversight_action_id)
    form = ActionForm().offer(row.group.members)
    if form.validate():
        with form.catching(), transaction():
            acts.edit_action(
                row, by=by_staff(), is_done=bool(form.is_done.data), outcome=form.outcome.data or "",
                **_values(row.group, form),
            )  # fmt: skip
    if form.is_refused:
        return _edit_page(row, form), 422
    flash(gettext("Saved."))
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _row(dialogue: Dialogue, oversight_action_id: uuid.UUID) -> OversightAction:
    return find_action(group_of(dialogue), oversight_action_id) or abort(404)


def _values(group: OversightGroup, form: ActionForm) -> dict[str, Any]:
    member_id = id_of(form.member.data)
    return {
        "text": form.text.data or "",
        "member": find_member(group, member_id) if member_id else None,
        "owner": form.owner.data or "",
        "due_on": form.due_on.data,
    }


def _page(dialogue: Dialogue, group: OversightGroup | None, form: ActionForm) -> str:
    return render_template(
        "meetings/actions.html",
        group=group,
        rows=actions_of(group) if group else [],
        form=form,
        words=oversight_words,
        today=today_in(dialogue),
        is_overdue=is_overdue,
    )


def _edit_page(row: OversightAction, form: ActionForm) -> str:
    return render_template("meetings/action.html", row=row, form=form)
