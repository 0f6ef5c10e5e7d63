"""Themes of a snapshot: drafted by machine, named and finalised by a person."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("themes", __name__)


@bp.get("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>/themes")
@requires(Action.SEE_ANALYSIS)
def index(dialogue: Dialogue, snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/themes/<uuid:theme_id>")
@requires(Action.SEE_FINDINGS)
def show(dialogue: Dialogue, theme_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/themes/<uuid:theme_id>")
@requires(Action.RUN_ANALYSIS)
def edit(dialogue: Dialogue, theme_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
