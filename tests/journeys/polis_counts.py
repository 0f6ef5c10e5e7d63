"""Votes of a Polis export counted cell by cell, without any code of ours: the yardstick of the journeys."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    """How many agreed, disagreed and passed on one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        """Everybody who answered."""
        return self.agree + self.disagree + self.passed


def final_counts(folder: Path) -> dict[str, Counts]:
    """comment-id -> its counts over the columns of participants-votes.csv."""
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    statements = [name for name in rows[0] if name.lstrip("-").isdecimal()]
    columns = {name: [row[name] for row in rows if row[name]] for name in statements}
    return {
        name: Counts(cells.count("1"), cells.count("-1"), cells.count("0"))
        for name, cells in columns.items()
    }  # fmt: skip


def written_counts(file: Path) -> dict[str, Counts]:
    """The same from the statements.csv that `folkmoot analyse --out` writes."""
    with file.open(encoding="utf-8", newline="") as opened:
        return {
            row["source_id"]: Counts(int(row["agree"]), int(row["disagree"]), int(row["pass"]))
            for row in csv.DictReader(opened)
        }


def comments_of(folder: Path) -> dict[str, dict[str, str]]:
    """comment-id -> its row of comments.csv."""
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        return {row["comment-id"]: row for row in csv.DictReader(file)}
