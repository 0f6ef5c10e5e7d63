"""Materials in versions, and the glossary, as staff edit them."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("learning", __name__)


@bp.get("/d/<uuid:dialogue_id>/materials")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/materials/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/materials/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/materials/<uuid:material_id>")
@requires(Action.EDIT_DIALOGUE)
def show(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/materials/<uuid:material_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/materials/<uuid:material_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/materials/<uuid:material_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/glossary")
@requires(Action.EDIT_DIALOGUE)
def glossary(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/glossary")
@requires(Action.EDIT_DIALOGUE)
def add_term(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/glossary/<uuid:term_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit_term(dialogue: Dialogue, term_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/glossary/<uuid:term_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save_term(dialogue: Dialogue, term_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/glossary/<uuid:term_id>/remove")
@requires(Action.EDIT_DIALOGUE)
def remove_term(dialogue: Dialogue, term_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
