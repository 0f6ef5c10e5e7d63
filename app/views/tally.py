"""What people said in a vote stage: totals in whole numbers, for participants."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, requires
from app.models.dialogues import Dialogue, Stage
from app.queries.tally import tally_of
from app.views.stage_pages import shell

bp = Blueprint("tally", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/totals")
@requires(Action.READ_MATERIAL)
def show(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Totals, once they may be seen; until then, when that will be."""
    by = by_participant()
    values = shell(dialogue, stage, by, is_preview=False)
    return render_template("tally/page.html", **values, tally=tally_of(stage, by))
