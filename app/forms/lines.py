"""Lists that people type one item a line, and lists of fields parted by a bar."""

from collections.abc import Iterable, Sequence


def lines_of(text: str | None) -> list[str]:
    """The lines that are not blank, each without blanks at its ends."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def rows_of(text: str | None, names: Sequence[str]) -> list[dict[str, str]]:
    """Each line's parts between bars, by name; parts that are left out are empty."""
    rows = []
    for line in lines_of(text):
        parts = [part.strip() for part in line.split("|", len(names) - 1)]
        rows.append(dict(zip(names, parts + [""] * len(names), strict=False)))
    return rows


def text_of(rows: Iterable[dict[str, str]], names: Sequence[str]) -> str:
    """The text that `rows_of` would read back."""
    return "\n".join(" | ".join(str(row.get(name, "")) for name in names) for row in rows)
