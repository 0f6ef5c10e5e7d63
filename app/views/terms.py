"""Terms of Reference: writing clauses, linking evidence, publishing."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("terms", __name__)


@bp.get("/d/<uuid:dialogue_id>/terms")
@requires(Action.SEE_DRAFT_TERMS)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/terms/section/<uuid:section_id>/clause")
@requires(Action.WRITE_CLAUSE)
def add_clause(dialogue: Dialogue, section_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>")
@requires(Action.SEE_DRAFT_TERMS)
def clause(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/reword")
@requires(Action.WRITE_CLAUSE)
def reword(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/remove")
@requires(Action.WRITE_CLAUSE)
def remove(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/move")
@requires(Action.WRITE_CLAUSE)
def move(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/link")
@requires(Action.WRITE_CLAUSE)
def link(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/unlink/<uuid:link_id>")
@requires(Action.WRITE_CLAUSE)
def unlink(dialogue: Dialogue, clause_id: uuid.UUID, link_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/walk-back")
@requires(Action.SEE_PUBLISHED_TERMS)
def walk_back(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/statement/<uuid:statement_id>/where-it-went")
@requires(Action.SEE_PUBLISHED_TERMS)
def reverse(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/terms/coverage")
@requires(Action.SEE_DRAFT_TERMS)
def coverage(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/terms/publish")
@requires(Action.PUBLISH_TERMS)
def publish(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/terms/published")
@requires(Action.SEE_PUBLISHED_TERMS)
def public(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/terms/export.docx")
@requires(Action.SEE_DRAFT_TERMS)
def export_docx(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/terms/export.html")
@requires(Action.SEE_DRAFT_TERMS)
def export_html(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)
