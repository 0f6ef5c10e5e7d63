"""Accounts of staff: the administrator adds them, changes what they may, and disables them."""

import secrets
import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, staff
from app.db import transaction
from app.forms.accounts import AccountForm
from app.forms.base import Form
from app.queries.accounts import all_accounts, find_account
from app.services import accounts

bp = Blueprint("accounts", __name__)

CHANGES = {
    "disable": {"disabled": True},
    "enable": {"disabled": False},
    "allow_creating": {"creates": True},
    "stop_creating": {"creates": False},
    "make_administrator": {"administrator": True},
    "end_administrator": {"administrator": False},
}
"""What the buttons of a row do."""


@bp.get("/accounts")
@staff(Action.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """Every account, and a form for one more."""
    return render_template("accounts/index.html", accounts=all_accounts(), form=AccountForm())


@bp.post("/accounts")
@staff(Action.MANAGE_ACCOUNTS)
def add() -> ResponseReturnValue:
    """One more account; its first password is shown once."""
    form = AccountForm()
    password = secrets.token_urlsafe(12)
    if form.validate_on_submit():
        with form.catching(), transaction():
            accounts.add_account(
                form.email.data or "",
                form.display_name.data or "",
                password,
                administrator=bool(form.administrator.data),
                creates=bool(form.creates.data),
                by=by_staff(),
            )
        if not form.is_refused:
            return render_template("accounts/password.html", email=form.email.data, password=password, is_new=True)
    return render_template("accounts/index.html", accounts=all_accounts(), form=form), 422


@bp.post("/accounts/<uuid:account_id>/change")
@staff(Action.MANAGE_ACCOUNTS)
def change(account_id: uuid.UUID) -> ResponseReturnValue:
    """One button of a row: see `CHANGES`."""
    account = find_account(account_id) or abort(404)
    wanted = CHANGES.get(request.form.get("what", "")) or abort(400)
    form = Form()
    with form.catching(), transaction():
        now = {
            "disabled": account.disabled_at is not None,
            "administrator": account.is_administrator,
            "creates": account.may_create_dialogues,
        }
        accounts.change_account(account, **{**now, **wanted}, by=by_staff())
    if form.form_errors:
        flash(" ".join(str(words) for words in form.form_errors), "error")
    else:
        flash(gettext("%(name)s is changed.", name=account.display_name))
    return redirect(url_for("accounts.index"), 303)


@bp.post("/accounts/<uuid:account_id>/new-password")
@staff(Action.MANAGE_ACCOUNTS)
def new_password(account_id: uuid.UUID) -> ResponseReturnValue:
    """A new password, shown once; the account is signed out everywhere."""
    account = find_account(account_id) or abort(404)
    with transaction():
        password = accounts.issue_password(account, by=by_staff())
    return render_template("accounts/password.html", email=account.email, password=password, is_new=False)
