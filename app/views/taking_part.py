"""Taking part: what is next, one stage at a time, and the closing page."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, public, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("taking_part", __name__)


@bp.get("/me")
@public
def home() -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/next")
@requires(Action.TAKE_PART)
def next_page(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/start")
@requires(Action.READ_MATERIAL)
def start(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>")
@requires(Action.READ_MATERIAL)
def stage(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/finish")
@requires(Action.READ_MATERIAL)
def finish(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)
