"""The process record: what happened, newest first, without identities and without positions."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access import Action, requires
from app.forms.event_words import ACTORS, EVENTS
from app.models.dialogues import Dialogue
from app.queries import record as reads
from deliberation.events import EventKind

bp = Blueprint("record", __name__)


@bp.get("/d/<uuid:dialogue_id>/record")
@requires(Action.SEE_PROCESS_RECORD)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """A page of the record, of all kinds or one."""
    known = {kind.value: kind for kind in EventKind}
    chosen = known.get(request.args.get("kind", ""))
    typed = request.args.get("page", "1")
    page = max(1, int(typed)) if typed.isdecimal() and len(typed) < 8 else 1
    entries, total = reads.entries(dialogue, chosen, page)
    return render_template(
        "record/index.html",
        entries=entries,
        total=total,
        page=page,
        pages=max(1, -(-total // reads.PAGE)),
        chosen=chosen,
        kinds=reads.kinds_of(dialogue),
        order=list(EventKind),
        words=EVENTS,
        actors=ACTORS,
    )
