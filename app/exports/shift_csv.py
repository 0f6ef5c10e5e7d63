"""The figures of a change of mind as a CSV file for analysts."""

import csv
import io
from datetime import UTC, datetime

from app.exports.cells import plain_cell
from app.queries.analysis import words_of
from app.queries.shift import Change, Line

ANSWERS = ("disagree", "pass", "agree")
SYNTHETIC = "SYNTHETIC: no real person said this"
HEADER = (
    "number", "source_id", "text", "note", "first_moment", "second_moment", "compared", "changed", "towards_agree",
    "away_from_agree", *(f"{one}_to_{other}" for one in ANSWERS for other in ANSWERS), "mean_shift", "low_95",
    "high_95", "tables", "effect", "changed_share_low_95", "changed_share_high_95", "mcnemar_p", "mcnemar_q",
    "stuart_maxwell", "df", "stuart_maxwell_p", "stuart_maxwell_q", "voted_before_only", "voted_after_only",
    *(f"not_again_{one}" for one in ANSWERS), *(f"again_{one}" for one in ANSWERS), "not_again_p",
)  # fmt: skip


def change_csv(change: Change, first: datetime, second: datetime, *, is_synthetic: bool) -> str:
    """One row a statement, those without a pair too; figures in full, empty where there is nothing to tell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    moments = [moment.astimezone(UTC).isoformat(timespec="seconds") for moment in (first, second)]
    for line in sorted((*change.lines, *change.uncompared), key=lambda one: one.statement.number):
        writer.writerow(_row(line, moments, is_synthetic))
    return out.getvalue()


def _row(line: Line, moments: list[str], is_synthetic: bool) -> list[object]:
    one, note = line.statement, SYNTHETIC if is_synthetic else ""
    figures = [
        line.mean, line.low, line.high, line.tables or None, line.effect, line.changed_low, line.changed_high,
        line.mcnemar_p, line.mcnemar_q, line.homogeneity, line.df, line.homogeneity_p, line.homogeneity_q,
    ]  # fmt: skip
    return [
        one.number, plain_cell(one.external_id or ""), plain_cell(words_of(one) or ""), note,
        *moments, line.compared, line.changed, line.towards, line.away, *(cell for row in line.table for cell in row),
        *("" if figure is None else figure for figure in figures), line.before_only, line.after_only,
        *line.left_before, *line.stayed_before, "" if line.left_p is None else line.left_p,
    ]  # fmt: skip
