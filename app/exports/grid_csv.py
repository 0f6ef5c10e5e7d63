"""The counts of the trade-off grid as a CSV file for analysts: no person and no table is in it."""

import csv
import io
from collections.abc import Sequence

from app.exports.cells import plain_cell
from app.queries.tradeoffs import Grid
from deliberation.tradeoffs import APPROACHES, Mark

SYNTHETIC = "SYNTHETIC: no real person said this"
HEADER = ("session", "stage", "criterion", "approach", "said_by", "base", *(mark.value for mark in Mark), "note")


def grid_csv(grids: Sequence[Grid], *, is_synthetic: bool) -> str:
    """One row for each criterion, approach, and tables or persons; `base` is how many filled in anything."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    note = SYNTHETIC if is_synthetic else ""
    for grid in grids:
        for criterion in grid.criteria:
            for approach in APPROACHES:
                for name, tally in (("tables", grid.tables), ("people", grid.people)):
                    counts = [tally.count(criterion, approach, mark) for mark in Mark]
                    stage = (grid.stage.session.number, plain_cell(grid.stage.title))
                    writer.writerow(
                        [*stage, plain_cell(criterion.text), approach.value, name, tally.fillers, *counts, note]
                    )
    return out.getvalue()
