"""Materials and glossary words as staff read them."""

import uuid

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.learning import GlossaryTerm, Material


def find_material(dialogue: Dialogue, public_id: uuid.UUID) -> Material | None:
    """A material of this dialogue."""
    return db.session.scalar(
        select(Material).where(Material.public_id == public_id, Material.dialogue_id == dialogue.id)
    )


def materials_of_dialogue(dialogue: Dialogue) -> list[Material]:
    """Every material of the dialogue, in order."""
    found = select(Material).where(Material.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(Material.place, Material.id)))


def find_term(dialogue: Dialogue, public_id: uuid.UUID) -> GlossaryTerm | None:
    """A glossary word of this dialogue."""
    return db.session.scalar(
        select(GlossaryTerm).where(GlossaryTerm.public_id == public_id, GlossaryTerm.dialogue_id == dialogue.id)
    )


def terms_of_dialogue(dialogue: Dialogue) -> list[GlossaryTerm]:
    """Every glossary word of the dialogue, by the alphabet."""
    found = list(db.session.scalars(select(GlossaryTerm).where(GlossaryTerm.dialogue_id == dialogue.id)))
    return sorted(found, key=lambda term: (term.lang, term.term.casefold()))


def transparency_texts(dialogue: Dialogue) -> list[Material]:
    """Texts about the platform's own programs, in order; empty when the dialogue has none."""
    return list(
        db.session.scalars(
            select(Material)
            .where(Material.dialogue_id == dialogue.id, Material.kind == "transparency")
            .order_by(Material.place)
        )
    )
