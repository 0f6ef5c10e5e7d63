"""The register of harms as a CSV file: one row a harm, no total and no product of ratings."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from app.exports.cells import plain_cell

SYNTHETIC = "SYNTHETIC: invented for this example"
HEADER = (
    "number", "note", "harm", "who_bears_it", "scenario", "importance", "urgency", "difficulty", "detectability",
    "rated_by", "mitigation", "owner", "due_on",
)  # fmt: skip
_KEYS = (
    "text", "stakeholder", "scenario", "importance", "urgency", "difficulty", "detectability", "rated_by",
    "mitigation", "owner", "due_on",
)  # fmt: skip


def harms_csv(harms: Sequence[Mapping[str, Any]], *, is_synthetic: bool) -> str:
    """`harms`: as a version keeps them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for number, harm in enumerate(harms, 1):
        cells = [number, SYNTHETIC if is_synthetic else "", *(harm.get(key) for key in _KEYS)]
        writer.writerow(["" if cell is None else plain_cell(str(cell)) for cell in cells])
    return out.getvalue()
