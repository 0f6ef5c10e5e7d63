"""The log of moderation decisions as a CSV file that no spreadsheet takes for formulas. It holds no words."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from app.exports.cells import plain_cell
from app.queries.ledger import Decided

HEADER = (
    "decided_at", "decided_by", "kind", "words_id", "decision", "reason", "state_before", "reason_before",
    "together", "second_opinions", "undone_at", "undone_by", "note",
)  # fmt: skip
SYNTHETIC = "SYNTHETIC: no real person said this"


def log_csv(decisions: Iterable[Decided], *, is_synthetic: bool) -> str:
    """One row a decision, in the order in which they were made; times in UTC."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for one in decisions:
        row = one.row
        writer.writerow([
            _time(row.decided_at), plain_cell(one.decided_by), row.kind, row.words_ref, row.decision.value,
            row.reason.value if row.reason else "", row.state_before.value,
            row.reason_before.value if row.reason_before else "", row.batch or "", one.opinions,
            _time(row.undone_at), plain_cell(one.undone_by), SYNTHETIC if is_synthetic else "",
        ])  # fmt: skip
    return out.getvalue()


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment is not None else ""
