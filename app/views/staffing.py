"""Staff of one dialogue: who holds which role in it."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.base import Form
from app.forms.staffing import RoleForm
from app.models.dialogues import Dialogue
from app.queries.accounts import find_membership, memberships_of
from app.services import staffing
from deliberation.roles import Role

bp = Blueprint("staffing", __name__)


@bp.get("/d/<uuid:dialogue_id>/staff")
@requires(Action.MANAGE_STAFF)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Roles held now, and a form to give one."""
    return _page(dialogue, RoleForm())


@bp.post("/d/<uuid:dialogue_id>/staff")
@requires(Action.MANAGE_STAFF)
def add(dialogue: Dialogue) -> ResponseReturnValue:
    """Gives an existing account a role."""
    form = RoleForm()
    if form.validate_on_submit():
        with form.catching(), transaction():
            staffing.grant_role(dialogue, form.email.data or "", Role(form.role.data), by=by_staff())
        if not form.is_refused:
            flash(gettext("The role is given."))
            return redirect(url_for("staffing.index", dialogue_id=dialogue.public_id), 303)
    return _page(dialogue, form), 422


@bp.post("/d/<uuid:dialogue_id>/staff/<uuid:membership_id>/end")
@requires(Action.MANAGE_STAFF)
def end(dialogue: Dialogue, membership_id: uuid.UUID) -> ResponseReturnValue:
    """Ends a role; the last facilitator stays."""
    membership = find_membership(dialogue, membership_id) or abort(404)
    address = url_for("staffing.index", dialogue_id=dialogue.public_id)
    form = Form()
    with form.catching(), transaction():
        staffing.end_role(dialogue, membership, by=by_staff())
    if form.form_errors:
        flash(" ".join(str(words) for words in form.form_errors), "error")
    else:
        flash(gettext("The role has ended."))
    return redirect(address, 303)


def _page(dialogue: Dialogue, form: RoleForm) -> str:
    return render_template(
        "staffing/index.html", form=form, memberships=memberships_of(dialogue), role_words=labels.ROLES
    )
