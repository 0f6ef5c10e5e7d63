"""Dialogues: the list, making one, its home page, and its words."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires, staff
from app.models.dialogues import Dialogue

bp = Blueprint("dialogues", __name__)


@bp.get("/dialogues")
@staff()
def index() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/dialogues/new")
@staff(Action.CREATE_DIALOGUE)
def new() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/dialogues/new")
@staff(Action.CREATE_DIALOGUE)
def create() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>")
@requires(Action.SEE_DIALOGUE)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)
