"""Model cards as staff edit them."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("stewardship", __name__)


@bp.get("/d/<uuid:dialogue_id>/models")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/models/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/models/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/models/<uuid:model_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/models/<uuid:model_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/models/<uuid:model_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
