"""The whole record of the Oversight Group as JSON, and as a CSV file of one row a fact."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.exports.cells import plain_cell
from app.exports.oversight_words import SYNTHETIC

HEADER = ("part", "of", "field", "value", "note")


def record_json(record: Mapping[str, Any]) -> str:
    """The record, readable by people too."""
    marked = {"note": SYNTHETIC, **record} if record["dialogue"]["synthetic"] else dict(record)
    return json.dumps(marked, ensure_ascii=False, indent=2) + "\n"


def record_csv(record: Mapping[str, Any]) -> str:
    """One row a fact: part ("meetings"), which one (number, code or name), field ("agenda.2.note"), value."""
    note = SYNTHETIC if record["dialogue"]["synthetic"] else ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for part, value in record.items():
        if part in {"format", "written_at"} or value is None:
            continue
        for which, one in enumerate(value, 1) if isinstance(value, list) else ((1, value),):
            name = next((str(one[key]) for key in ("code", "number", "check", "name") if key in one), str(which))
            for field, cell in _facts(one):
                writer.writerow([plain_cell(text) for text in (part, name, field, cell, note)])
    return out.getvalue()


def _facts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, words) of everything that is not empty."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _facts(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _facts(inner, f"{path}.{number}")
    elif value not in (None, ""):
        yield path, ("yes" if value else "no") if isinstance(value, bool) else str(value)
