"""Statements as staff see them: the list, one statement, adding, rewording, placing."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("statements", __name__)


@bp.get("/d/<uuid:dialogue_id>/statements")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/statements/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/statements/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>")
@requires(Action.PREVIEW)
def show(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>/place")
@requires(Action.EDIT_DIALOGUE)
def place(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
