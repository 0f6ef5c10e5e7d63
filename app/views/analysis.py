"""Analysis: snapshots, the report of one, a statement in it, and checking it again."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("analysis", __name__)


@bp.get("/d/<uuid:dialogue_id>/analysis")
@requires(Action.SEE_ANALYSIS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/analysis", endpoint="request")
@requires(Action.RUN_ANALYSIS)
def request_snapshot(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/analysis/progress")
@requires(Action.SEE_ANALYSIS)
def progress(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>")
@requires(Action.SEE_ANALYSIS)
def report(dialogue: Dialogue, snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>/statement/<uuid:statement_id>")
@requires(Action.SEE_PUBLISHED_TERMS)
def statement(dialogue: Dialogue, snapshot_id: uuid.UUID, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>/verify")
@requires(Action.RUN_ANALYSIS)
def verify(dialogue: Dialogue, snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
