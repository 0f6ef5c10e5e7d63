"""Which materials participants are not shown now, and which are shown in spite of advice, with the reason."""

from collections.abc import Collection

from sqlalchemy import select

from app.db import db
from app.models.advice import Advice
from app.models.dialogues import Stage
from app.models.learning import Material, StageMaterial
from app.models.oversight import ReviewItem
from deliberation.oversight import Severity

_STANDS = (Advice.severity == Severity.MUST_FIX, Advice.closed_at.is_(None), Advice.withdrawn_at.is_(None))
"""The same rule as `deliberation.advice.keeps_back`, for the database; a test holds them together."""


def held_back(materials: Collection[int]) -> frozenset[int]:
    """Ids of those materials on which a must-fix stands open that nobody has overridden."""
    if not materials:
        return frozenset()
    found = select(ReviewItem.material_id).join(Advice, Advice.item_id == ReviewItem.id)
    found = found.where(ReviewItem.material_id.in_(materials), *_STANDS, Advice.overridden_at.is_(None))
    return frozenset(one for one in db.session.scalars(found) if one is not None)


def is_held_back(material: Material) -> bool:
    """Whether participants are not shown this material now."""
    return material.id in held_back([material.id])


def held_back_in(stages: Collection[int]) -> list[Material]:
    """Materials placed in these stages that participants are not shown now, in order, each once."""
    placed = select(Material).join(StageMaterial).where(StageMaterial.stage_id.in_(stages))
    found = list(db.session.scalars(placed.order_by(Material.place, Material.id).distinct()))
    held = held_back([one.id for one in found])
    return [one for one in found if one.id in held]


def held_back_at(stage: Stage) -> list[Material]:
    """Materials of one stage that participants are not shown now."""
    return held_back_in([stage.id])


def overrides_on(material: Material) -> list[Advice]:
    """Must-fix advice that stands open and was overridden: the reasons are shown with the text."""
    found = select(Advice).join(ReviewItem, ReviewItem.id == Advice.item_id)
    found = found.where(ReviewItem.material_id == material.id, *_STANDS, Advice.overridden_at.is_not(None))
    return list(db.session.scalars(found.order_by(Advice.number)))
