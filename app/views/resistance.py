"""The analyst's desk: votes that look copied, hurried or sent together, and the counts with and without them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.models.dialogues import Dialogue
from app.queries.analysis import newest_snapshot
from app.queries.resistance import noticed_in
from app.queries.results import hidden_in

bp = Blueprint("resistance", __name__)


@bp.get("/d/<uuid:dialogue_id>/analysis/resistance")
@requires(Action.RUN_ANALYSIS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """What was noticed. For analysts alone, for it names pseudonyms; nothing is removed or written."""
    snapshot = newest_snapshot(dialogue)
    hidden = hidden_in(dialogue)
    return render_template("resistance/index.html", noticed=noticed_in(dialogue), snapshot=snapshot, hidden=hidden)
