"""Your contributions: what one person gave, and taking words back."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("contributions", __name__)


@bp.get("/d/<uuid:dialogue_id>/mine")
@requires(Action.SEE_OWN_CONTRIBUTIONS, own=True)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/mine/withdraw")
@requires(Action.WITHDRAW_OWN_WORDS, own=True)
def withdraw(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)
