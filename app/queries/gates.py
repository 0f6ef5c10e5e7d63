"""Review gates as they stand: each item with what was sent, what it says now, and whether it changed since."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.models.advice import PackItem, ReviewPack
from app.models.dialogues import Dialogue
from app.models.learning import Material
from app.models.oversight import OversightGroup, ReviewGate, ReviewItem, ReviewVersion
from app.queries.learning import materials_of_dialogue
from app.queries.oversight import group_of
from app.queries.review_contents import text_of
from deliberation.oversight import WHOLE, GateKind, ItemKind, Standing, digest_of, standing


@dataclass(frozen=True)
class ItemRow:
    """An item of a gate. `sent`: what was put before the group last; `text`: its canonical text now, None when gone."""

    item: ReviewItem
    sent: ReviewVersion | None
    text: str | None
    standing: Standing

    @property
    def is_changed(self) -> bool:
        """Whether it has changed since review."""
        return self.standing is Standing.CHANGED


@dataclass(frozen=True)
class GateRow:
    """A gate with its items."""

    gate: ReviewGate
    items: tuple[ItemRow, ...]

    @property
    def changed(self) -> tuple[ItemRow, ...]:
        """Items that changed since review."""
        return tuple(row for row in self.items if row.is_changed)

    @property
    def sent(self) -> int:
        """How many of its items have been before the group."""
        return sum(row.sent is not None for row in self.items)


def find_gate(group: OversightGroup, public_id: uuid.UUID) -> ReviewGate | None:
    """A gate of this group."""
    found = select(ReviewGate).where(ReviewGate.public_id == public_id, ReviewGate.group_id == group.id)
    return db.session.scalar(found)


def find_item(group: OversightGroup, public_id: uuid.UUID) -> ReviewItem | None:
    """An item of a gate of this group."""
    found = select(ReviewItem).join(ReviewGate).where(ReviewGate.group_id == group.id)
    return db.session.scalar(found.where(ReviewItem.public_id == public_id))


def gates_of(group: OversightGroup) -> list[ReviewGate]:
    """Every gate in order, with items."""
    found = select(ReviewGate).where(ReviewGate.group_id == group.id).order_by(ReviewGate.place, ReviewGate.id)
    return list(db.session.scalars(found.options(selectinload(ReviewGate.items).joinedload(ReviewItem.material))))


def gate_rows(dialogue: Dialogue, group: OversightGroup) -> list[GateRow]:
    """Every gate with how each of its items stands now."""
    sent = newest_sent(group)
    return [gate_row(dialogue, gate, sent) for gate in gates_of(group)]


def gate_row(dialogue: Dialogue, gate: ReviewGate, sent: dict[int, ReviewVersion]) -> GateRow:
    """One gate with how each of its items stands now."""
    return GateRow(gate, tuple(item_row(dialogue, item, sent.get(item.id)) for item in gate.items))


def item_row(dialogue: Dialogue, item: ReviewItem, sent: ReviewVersion | None) -> ItemRow:
    """One item against what was put before the group last."""
    text = text_of(item, dialogue)
    now = digest_of(text) if text is not None else None
    is_closed = item.gate.closed_at is not None
    return ItemRow(item, sent, text, standing(sent.digest if sent else None, now, is_closed=is_closed))


def newest_sent(group: OversightGroup) -> dict[int, ReviewVersion]:
    """Item -> the version that went out with a pack last."""
    rows = db.session.scalars(
        select(ReviewVersion)
        .join(PackItem, PackItem.version_id == ReviewVersion.id)
        .join(ReviewPack, ReviewPack.id == PackItem.pack_id)
        .where(ReviewPack.group_id == group.id, ReviewPack.sent_at.is_not(None))
        .order_by(ReviewVersion.number)
    )
    return {version.item_id: version for version in rows}


def changed_since_review(dialogue: Dialogue) -> list[ItemRow]:
    """Items that were before the group and read otherwise now; none without a group."""
    group = group_of(dialogue)
    if group is None:
        return []
    return [row for gate in gate_rows(dialogue, group) for row in gate.changed]


def rows_of_material(dialogue: Dialogue, material: Material) -> list[ItemRow]:
    """The material at each gate that looks at it."""
    group = group_of(dialogue)
    if group is None:
        return []
    sent = newest_sent(group)
    found = select(ReviewItem).join(ReviewGate).where(ReviewGate.group_id == group.id)
    items = db.session.scalars(found.where(ReviewItem.material_id == material.id).order_by(ReviewGate.place))
    return [item_row(dialogue, item, sent.get(item.id)) for item in items]


@dataclass(frozen=True)
class Choice:
    """Something that could be an item of a gate. `value` names it in forms."""

    value: str
    kind: ItemKind
    title: str
    material_id: int | None = None
    session_id: int | None = None


def choices_for(dialogue: Dialogue, kind: GateKind, whole_title: str) -> list[Choice]:
    """What a gate of this kind may look at: the one thing of its kind, each text, and each session's plan."""
    whole = WHOLE.get(kind)
    found = [Choice(whole.value, whole, whole_title)] if whole is not None else []
    found += [
        Choice(f"session:{one.public_id}", ItemKind.STAGE_PLAN, f"{one.number}. {one.title}", session_id=one.id)
        for one in dialogue.sessions
    ]
    found += [
        Choice(f"material:{one.public_id}", ItemKind.MATERIAL, one.current.title, material_id=one.id)
        for one in materials_of_dialogue(dialogue)
        if one.versions
    ]
    return found
