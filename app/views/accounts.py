"""Accounts of staff: the administrator adds them, changes what they may, and disables them."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, staff

bp = Blueprint("accounts", __name__)


@bp.get("/accounts")
@staff(Action.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/accounts")
@staff(Action.MANAGE_ACCOUNTS)
def add() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/accounts/<uuid:account_id>/change")
@staff(Action.MANAGE_ACCOUNTS)
def change(account_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/accounts/<uuid:account_id>/new-password")
@staff(Action.MANAGE_ACCOUNTS)
def new_password(account_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
