"""Materials as staff look after them: how hard each version reads, what changed, how many saw and read it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.learning import Material, MaterialReading, MaterialShowing, MaterialVersion
from app.queries.gates import ItemRow, gate_rows
from app.queries.held_back import held_back
from app.queries.learning import materials_of_dialogue
from app.queries.oversight import group_of
from deliberation.changes import Line, changed_lines
from deliberation.readability import Score, score


@dataclass(frozen=True)
class MaterialRow:
    """A material in the list. `score` is None where there is no formula for its language. Readers are counted only."""

    material: Material
    score: Score | None
    items: tuple[ItemRow, ...]
    is_held: bool
    shown: int
    read: int


@dataclass(frozen=True)
class VersionRow:
    """One version, what changed in it, and how many people were shown and read exactly this one."""

    version: MaterialVersion
    score: Score | None
    lines: tuple[Line, ...]
    shown: int
    read: int


def material_rows(dialogue: Dialogue) -> list[MaterialRow]:
    """Every material that has words, in order."""
    found = [one for one in materials_of_dialogue(dialogue) if one.versions]
    group = group_of(dialogue)
    gates = gate_rows(dialogue, group) if group is not None else []
    items = [row for gate in gates for row in gate.items]
    held = held_back([one.id for one in found])
    counts = _counts([version.id for one in found for version in one.versions])
    return [_row(one, [row for row in items if row.item.material_id == one.id], held, counts) for one in found]


def material_row(dialogue: Dialogue, material: Material) -> MaterialRow:
    """One material."""
    counts = _counts([version.id for version in material.versions])
    return _row(material, [], held_back([material.id]), counts)


def version_rows(material: Material) -> list[VersionRow]:
    """Every version, the newest first, each against the one before it."""
    shown, read = _counts([one.id for one in material.versions])
    rows, before = [], None
    for version in material.versions:
        lines = changed_lines(_words(before) if before is not None else None, _words(version))
        rows.append(
            VersionRow(version, score_of(version), lines, shown.get(version.id, 0), read.get(version.id, 0))
        )
        before = version
    return rows[::-1]


def score_of(version: MaterialVersion) -> Score | None:
    """How hard it reads; the formula is for English."""
    return score(version.body) if version.lang.startswith("en") else None


def _row(
    material: Material, items: list[ItemRow], held: Collection[int], counts: tuple[dict[int, int], dict[int, int]]
) -> MaterialRow:
    shown, read = counts
    ids = [version.id for version in material.versions]
    return MaterialRow(
        material,
        score_of(material.current),
        tuple(items),
        material.id in held,
        sum(shown.get(one, 0) for one in ids[-1:]),
        sum(read.get(one, 0) for one in ids[-1:]),
    )


def _words(version: MaterialVersion) -> str:
    return f"# {version.title}\n\n{version.body}"


def _counts(versions: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Version -> people who were shown it; version -> people who said that they had read it."""
    found = []
    for table in (MaterialShowing, MaterialReading):
        rows = db.session.execute(
            select(table.version_id, func.count()).where(table.version_id.in_(versions)).group_by(table.version_id)
        )
        found.append({version_id: count for version_id, count in rows})  # noqa: C416 - a Row is no pair to mypy
    return found[0], found[1]
