"""The pipeline of research questions as a CSV file: one row a question, nobody named."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC

from app.exports.cells import plain_cell
from app.queries.research_questions import ResearchLine

SYNTHETIC = "SYNTHETIC: no real person said this"
HEADER = (
    "number", "note", "state", "words", "verbatim", "origin", "origin_note", "about", "raised_at", "wanted_by",
    "put_together", "merged_into", "is_known", "in_remit", "is_fundable", "priority_rank", "priority_approvals",
    "priority_note", "outcome_reason", "wordings", "steps", "clauses",
)  # fmt: skip


def research_csv(rows: Iterable[tuple[ResearchLine, Sequence[str]]], *, is_synthetic: bool) -> str:
    """`rows`: each with the numbers of the clauses that name it. Steps read "from>to date: reason", newest last."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for line, clauses in rows:
        cells = _row(line, clauses, is_synthetic)
        writer.writerow(["" if cell is None else plain_cell(str(cell)) for cell in cells])
    return out.getvalue()


def _row(line: ResearchLine, clauses: Sequence[str], is_synthetic: bool) -> list[object]:
    row = line.row
    judged = (row.is_known, row.in_remit, row.is_fundable)
    steps = [
        f"{one.state_before.value}>{one.state_after.value} {one.taken_at.astimezone(UTC):%Y-%m-%d}"
        + (f": {one.reason}" if one.reason else "")
        for one in row.steps
    ]
    return [
        row.number, SYNTHETIC if is_synthetic else "", row.state.value, line.words, line.verbatim, row.origin.value,
        row.origin_note, line.about, row.raised_at.astimezone(UTC).isoformat(timespec="seconds"),
        line.wanted.others, " | ".join(words for _, words, _ in line.merged if words),
        line.into.number if line.into else None, *(one.value if one else None for one in judged), row.priority_rank,
        row.priority_approvals, row.priority_note, row.outcome_reason, len(row.wordings), " | ".join(steps),
        " ".join(clauses),
    ]  # fmt: skip
