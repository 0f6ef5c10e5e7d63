"""Advice of the Oversight Group with its answers as a CSV file that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from app.exports.cells import plain_cell
from app.exports.oversight_words import SYNTHETIC
from app.models.advice import Advice

HEADER = (
    "number", "note", "raised_at", "about", "gate", "version", "anchor", "type", "severity", "from", "text",
    "response", "reason", "changed_in", "answered_at", "contested_at", "contested_why", "closed_at", "closed_why",
    "overridden_at", "overridden_why", "published_at",
)  # fmt: skip


def advice_csv(rows: Iterable[Advice], *, is_synthetic: bool, names: bool) -> str:
    """One row a piece of advice, by number; times in UTC.

    Args:
        names: whether a member who let their name stand is named; otherwise every row is from "the group".
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for one in rows:
        cells = _row(one, SYNTHETIC if is_synthetic else "", names)
        writer.writerow(["" if cell is None else plain_cell(str(cell)) for cell in cells])
    return out.getvalue()


def _row(one: Advice, note: str, names: bool) -> list[object]:
    answer = one.answer
    return [
        one.number, note, _time(one.raised_at), one.item.title, one.item.gate.code, one.version.number, one.anchor,
        one.type.value, one.severity.value, one.member.name if names and one.is_named else "the group", one.text,
        *(
            (answer.response.value, answer.reason, answer.changed_in, _time(answer.answered_at),
             _time(answer.contested_at), answer.contested_why)
            if answer else ("",) * 6
        ),
        _time(one.closed_at), one.closed_why, _time(one.overridden_at), one.overridden_why, _time(one.published_at),
    ]  # fmt: skip


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment is not None else ""
