"""CSV files of an export: read whole, checked cell by cell, with one line for each problem."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ID = re.compile(r"\d+")
MOST_ALIKE = 5
_YES, _NO = {"true", "t", "1", "yes"}, {"false", "f", "0", "no", ""}
_LATEST = 4102444800000
"""The year 2100 in milliseconds: later "times" are typing errors."""


@dataclass
class Problems:
    """What is wrong, one line each; of many alike the first five and how many more."""

    _lines: list[tuple[str, str]] = field(default_factory=list)
    _alike: Counter[str] = field(default_factory=Counter)

    def add(self, line: str, kind: str = "") -> None:
        """Remember a line; lines of one `kind` in one file are counted together."""
        key = f"{line.split(':')[0].split(' row ')[0]}/{kind}" if kind else f"{line}/{len(self._lines)}"
        self._alike[key] += 1
        if self._alike[key] <= MOST_ALIKE:
            self._lines.append((key, line))

    @property
    def lines(self) -> list[str]:
        """The lines in the order found, each kind closed by how many more there are."""
        last = {key: place for place, (key, _) in enumerate(self._lines)}
        lines = []
        for place, (key, line) in enumerate(self._lines):
            lines.append(line)
            more = self._alike[key] - MOST_ALIKE
            if more > 0 and last[key] == place:
                lines.append(f"{key.split('/')[0]}: and {more} more like the last line")
        return lines


@dataclass(frozen=True)
class Row:
    """A row of a file; its header is row 1."""

    file: str
    number: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """Where it stands, for people: file and row."""
        return f"{self.file} row {self.number}"

    def get(self, column: str) -> str:
        """The text of a cell, empty where the file has no such column."""
        return self.cells.get(column, "")

    def id(self, column: str, problems: Problems) -> str | None:
        """An id as written, or None with a problem when it is blank."""
        value = self.get(column).strip()
        if not value:
            problems.add(f"{self.place}: {column} is blank", f"id {column}")
            return None
        return value

    def choice(self, column: str, allowed: tuple[int, ...], problems: Problems) -> int | None:
        """One of the allowed whole numbers, or None with a problem."""
        value = self.get(column).strip()
        if value not in {str(one) for one in allowed}:
            words = ", ".join(map(str, allowed))
            problems.add(f"{self.place}: {column} is {value[:40]!r}, not one of {words}", f"choice {column}")
            return None
        return int(value)

    def flag(self, column: str, problems: Problems) -> bool:
        """Yes or no; a file without the column says no."""
        value = self.get(column).strip().lower()
        if value not in _YES | _NO:
            problems.add(f"{self.place}: {column} is {value[:40]!r}, not true or false", f"flag {column}")
        return value in _YES

    def time(self, column: str, problems: Problems) -> int:
        """Milliseconds since 1970; 0 without such a column. A problem when it is no such number."""
        if column not in self.cells:
            return 0
        value = self.get(column).strip()
        if not (value.isascii() and value.isdigit() and int(value) < _LATEST):
            problems.add(f"{self.place}: {column} is {value[:40]!r}, not milliseconds since 1970", f"time {column}")
            return 0
        return int(value)


@dataclass(frozen=True)
class Sheet:
    """A file's columns in order, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path, needed: tuple[str, ...], problems: Problems) -> Sheet | None:
    """The file, or None with every problem of its shape: missing, empty, not UTF-8, columns, ragged rows."""
    records = _records(path, problems)
    if records is None:
        return None
    columns = tuple(name.strip() for name in records[0][1])
    missing = [name for name in needed if name not in columns]
    twice = [name for name, number in Counter(columns).items() if number > 1]
    for name in missing:
        problems.add(f"{path.name}: column {name} is missing")
    for name in twice:
        problems.add(f"{path.name}: column {name[:40]!r} occurs more than once")
    if missing or twice:
        return None
    if len(records) == 1:
        problems.add(f"{path.name}: has a header but no rows")
        return None
    rows = []
    for number, record in records[1:]:
        if len(record) != len(columns):
            problems.add(f"{path.name} row {number}: has {len(record)} cells, the header has {len(columns)}", "ragged")
            continue
        rows.append(Row(path.name, number, dict(zip(columns, record, strict=True))))
    return Sheet(path.name, columns, tuple(rows))


def read_pairs(path: Path, problems: Problems) -> dict[str, str]:
    """A key,value file without a header; empty without such a file. Values may hold commas and lines."""
    if not path.is_file():
        return {}
    records = _records(path, problems) or []
    return {record[0].strip(): ",".join(record[1:]) for _, record in records}


def _records(path: Path, problems: Problems) -> list[tuple[int, list[str]]] | None:
    """Numbered records (not lines: a cell may hold line breaks) that are not blank."""
    if not path.is_file():
        problems.add(f"{path.name} is missing")
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(f"{path.name}: is not UTF-8 (byte {error.start + 1})")
        return None
    except OSError as error:
        problems.add(f"{path.name}: cannot be read ({error.strerror})")
        return None
    try:
        numbered = enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1)
        records = [(number, record) for number, record in numbered if record]
    except csv.Error as error:
        problems.add(f"{path.name}: is not a readable CSV file ({error})")
        return None
    if not records:
        problems.add(f"{path.name}: is empty")
        return None
    return records
