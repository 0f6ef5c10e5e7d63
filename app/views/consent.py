"""The three short screens before a dialogue, and changing permissions later."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("consent", __name__)


@bp.get("/d/<uuid:dialogue_id>/before")
@requires(Action.TAKE_PART, before_consent=True)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/before")
@requires(Action.TAKE_PART, before_consent=True)
def answer(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/permissions")
@requires(Action.CHANGE_OWN_PERMISSIONS, own=True)
def permissions(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/permissions")
@requires(Action.CHANGE_OWN_PERMISSIONS, own=True)
def save_permissions(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)
