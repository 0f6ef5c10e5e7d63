"""Stages: their facts, what is in them, their order, and opening and closing them."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue, Stage

bp = Blueprint("stages", __name__)


@bp.get("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/stages/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/stages/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/contents")
@requires(Action.EDIT_DIALOGUE)
def contents(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/contents")
@requires(Action.EDIT_DIALOGUE)
def save_contents(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/delete")
@requires(Action.EDIT_DIALOGUE)
def delete(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/move")
@requires(Action.RUN_SESSION)
def move(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Soon."""
    abort(404)
