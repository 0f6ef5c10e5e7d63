"""Findings: sentences that a person stands behind, with what they cite in one snapshot."""

import uuid

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue

bp = Blueprint("findings", __name__)


@bp.get("/d/<uuid:dialogue_id>/findings")
@requires(Action.SEE_FINDINGS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/findings/new")
@requires(Action.WRITE_FINDING)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/findings/new")
@requires(Action.WRITE_FINDING)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>")
@requires(Action.SEE_FINDINGS)
def show(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.get("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>/edit")
@requires(Action.WRITE_FINDING)
def edit(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>/edit")
@requires(Action.WRITE_FINDING)
def save(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)


@bp.post("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>/withdraw")
@requires(Action.WRITE_FINDING)
def withdraw(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """Soon."""
    abort(404)
