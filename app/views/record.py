"""The process record: what happened, newest first, without identities and without positions."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("record", __name__)


@bp.get("/d/<uuid:dialogue_id>/record")
@requires(Action.SEE_PROCESS_RECORD)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)
