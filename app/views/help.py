"""Pages that explain: help, accessibility, and a pause."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access import current_participant, public
from app.db import db
from app.models.dialogues import Dialogue

bp = Blueprint("help", __name__)


@bp.get("/help")
@public
def index() -> ResponseReturnValue:
    """How things work, for participants and for staff."""
    return render_template("help/index.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("help/accessibility.html")


@bp.get("/pause")
@public
def pause() -> ResponseReturnValue:
    """Take a break or talk to someone: private, and nothing is recorded."""
    participant = current_participant()
    found = db.session.get(Dialogue, participant.dialogue_id) if participant else None
    return render_template("help/pause.html", talk_to=found)
