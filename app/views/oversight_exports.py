"""Files of the Oversight Group for those who work with it: advice, and the whole record. Handing out is recorded."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.exports.advice_csv import advice_csv
from app.exports.oversight_record import record_csv, record_json
from app.models.dialogues import Dialogue
from app.queries.oversight import group_of
from app.queries.oversight_public import all_advice
from app.queries.oversight_record import oversight_record
from app.services.oversight_exports import note_export

bp = Blueprint("oversight_exports", __name__)


@bp.post("/d/<uuid:dialogue_id>/oversight/advice.csv")
@requires(Action.EXPORT_OVERSIGHT)
def advice(dialogue: Dialogue) -> ResponseReturnValue:
    """All advice with its answers."""
    _noted(dialogue, "advice_csv")
    group = group_of(dialogue)
    rows = all_advice(group) if group else []
    return _file(dialogue, "advice.csv", advice_csv(rows, is_synthetic=dialogue.is_synthetic, names=True))


@bp.post("/d/<uuid:dialogue_id>/oversight/record.csv")
@requires(Action.EXPORT_OVERSIGHT)
def table(dialogue: Dialogue) -> ResponseReturnValue:
    """The whole record, one row a fact."""
    _noted(dialogue, "record_csv")
    return _file(dialogue, "oversight-record.csv", record_csv(oversight_record(dialogue, utcnow())))


@bp.post("/d/<uuid:dialogue_id>/oversight/record.json")
@requires(Action.EXPORT_OVERSIGHT)
def tree(dialogue: Dialogue) -> ResponseReturnValue:
    """The whole record as JSON."""
    _noted(dialogue, "record_json")
    text = record_json(oversight_record(dialogue, utcnow()))
    return _file(dialogue, "oversight-record.json", text, "application/json")


def _noted(dialogue: Dialogue, how: str) -> None:
    with transaction():
        note_export(dialogue, how, by=by_staff())


def _file(dialogue: Dialogue, name: str, text: str, kind: str = "text/csv") -> Response:
    marked = f"synthetic-{name}" if dialogue.is_synthetic else name
    headers = {"Content-Disposition": f"attachment; filename={marked}"}
    return Response(text, content_type=f"{kind}; charset=utf-8", headers=headers)
