"""Ratings before and after, for analysts: how words moved, who is missing, and what made the difference."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.forms import labels
from app.models.dialogues import Dialogue
from app.queries.ratings import rating_shifts
from deliberation.stewardship import Acceptance, Rating

bp = Blueprint("ratings", __name__)


@bp.get("/d/<uuid:dialogue_id>/analysis/ratings")
@requires(Action.RUN_ANALYSIS)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """A table for each model, the words kept as words."""
    twice, once = rating_shifts(dialogue)
    return render_template(
        "ratings/show.html",
        twice=twice,
        once=once,
        words=list(Rating),
        acceptances=list(Acceptance),
        labels=labels,
    )
