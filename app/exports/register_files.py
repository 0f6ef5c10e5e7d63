"""The register as JSON and as CSV: what the pages show, nothing more; cells that no spreadsheet computes."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from app.exports.cells import plain_cell
from app.queries.register import Entry

SYNTHETIC = "SYNTHETIC: no real person said this"
HEADER = (
    "id", "note", "title", "organisation", "route", "data", "summary", "version", "outcome", "decided_on",
    "published_on", "reasons", "dissent", "purpose", "starts_on", "ends_on", "access", "conditions", "checks",
    "workshop_on", "panel", "changed_after_workshop", "response", "contact_name", "contact_email", "next_review",
    "result", "earlier_versions", "superseded_by",
)  # fmt: skip


def register_json(entries: Iterable[Entry]) -> str:
    """{"register": [...]}: each the published record and what is read live beside it."""
    return json.dumps({"register": [_whole(one) for one in entries]}, ensure_ascii=False, indent=1) + "\n"


def register_csv(entries: Iterable[Entry]) -> str:
    """One row a record; lists are joined with " | "."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for one in entries:
        writer.writerow(["" if cell is None else plain_cell(str(cell)) for cell in _row(one)])
    return out.getvalue()


def _whole(one: Entry) -> dict[str, Any]:
    return {
        "id": str(one.row.public_id),
        "note": SYNTHETIC if one.row.record.get("is_synthetic") else "",
        **one.row.record,
        "access": one.access.value if one.is_granted else "",
        "checks": [
            {
                "place": watched.condition.place,
                "standing": check.standing.value,
                "evidence": check.evidence,
                "checked_on": check.checked_at.date().isoformat(),
            }
            for watched in one.conditions
            for check in watched.condition.checks
        ],
        "changes": [
            {
                "what": change.move.value if change.move else f"declared:{change.change_of}",
                "reason": change.reason,
                "on": change.changed_at.date().isoformat(),
            }
            for change in one.changes
        ],
        "next_review": one.next_review.isoformat() if one.next_review else "",
        "result": {"words": one.result.words, "link": one.result.link} if one.result else None,
        "earlier_versions": [str(row.public_id) for row in one.earlier],
        "superseded_by": str(one.superseded_by.public_id) if one.superseded_by else "",
    }


def _row(one: Entry) -> list[Any]:
    record = one.row.record
    panel = [
        f"{axis['axis']}: "
        + ", ".join(f"{band['band']} {_shown(band['count'])}" for band in axis["bands"])
        for axis in record["panel"]
    ]
    checks = [
        f"{watched.condition.place}: {check.standing.value}, {check.checked_at.date().isoformat()}, {check.evidence}"
        for watched in one.conditions
        for check in watched.condition.checks
    ]
    return [
        one.row.public_id, SYNTHETIC if record.get("is_synthetic") else "", record["title"], record["organisation"],
        record["route"], record["data"], record["summary"], record["version"], record["outcome"],
        record["decided_on"], record["published_on"], record["reasons"],
        " | ".join(f"{row['by'] or 'one member'}: {row['words']}" for row in record["dissent"]),
        record["purpose"], record["starts_on"], record["ends_on"], one.access.value if one.is_granted else "",
        " | ".join(f"{row['place']}. {row['words']} ({row['owner']}, {row['due_on']})" for row in record["conditions"]),
        " | ".join(checks), record["workshop_on"], " | ".join(panel),
        " | ".join(f"P{row['number']} {row['change']}: {row['applicant']}" for row in record["points"]),
        record["response"], record["contact_name"], record["contact_email"],
        one.next_review.isoformat() if one.next_review else "", one.result.words if one.result else "",
        " ".join(str(row.public_id) for row in one.earlier),
        str(one.superseded_by.public_id) if one.superseded_by else "",
    ]  # fmt: skip


def _shown(count: int | None) -> str:
    return "not shown" if count is None else str(count)
