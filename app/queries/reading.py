"""What a participant reads in a stage: materials and model cards, what they have read, the words explained."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.learning import GlossaryTerm, Material, MaterialReading, MaterialVersion, ModelReading
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.queries.held_back import held_back
from app.queries.stages import materials_of, models_of

MODEL_MINUTES = 2
"""Minutes to read one model card, for "about 6 minutes"."""


@dataclass(frozen=True)
class Reading:
    """One thing to read in a stage; `thing` is a material or a model. `is_held`: not shown now, still being checked."""

    thing: Material | StewardshipModel
    is_read: bool
    is_held: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do with it now."""
        return self.is_read or self.is_held

    @property
    def is_model(self) -> bool:
        """Whether it is a model card."""
        return isinstance(self.thing, StewardshipModel)

    @property
    def title(self) -> str:
        """What people read first."""
        return self.thing.name if isinstance(self.thing, StewardshipModel) else self.thing.current.title

    @property
    def lang(self) -> str:
        """The language of its words."""
        return self.thing.lang if isinstance(self.thing, StewardshipModel) else self.thing.current.lang

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return MODEL_MINUTES if isinstance(self.thing, StewardshipModel) else self.thing.minutes


def readings_of(stage: Stage, reader: Participant | None) -> list[Reading]:
    """Everything to read in the stage: "How it works today" first, then materials, then models in their order."""
    models = sorted(models_of(stage), key=lambda model: not model.is_current)
    things: list[Material | StewardshipModel] = [m for m in materials_of(stage) if m.versions]
    held = held_back([thing.id for thing in things])
    things = [*things, *models]
    if reader is None:
        return [Reading(thing, False, _is_held(thing, held)) for thing in things]
    read_versions = set(
        db.session.scalars(
            select(MaterialVersion.material_id)
            .join(MaterialReading, MaterialReading.version_id == MaterialVersion.id)
            .where(MaterialReading.participant_id == reader.id)
        )
    )
    read_models = set(db.session.scalars(select(ModelReading.model_id).where(ModelReading.participant_id == reader.id)))
    return [
        Reading(
            thing,
            thing.id in (read_models if isinstance(thing, StewardshipModel) else read_versions),
            _is_held(thing, held),
        )
        for thing in things
    ]


def _is_held(thing: Material | StewardshipModel, held: frozenset[int]) -> bool:
    return isinstance(thing, Material) and thing.id in held


def find_placed_material(stage: Stage, public_id: uuid.UUID) -> Material | None:
    """A material placed in this stage."""
    return next((one for one in materials_of(stage) if one.public_id == public_id and one.versions), None)


def find_placed_model(stage: Stage, public_id: uuid.UUID) -> StewardshipModel | None:
    """A model placed in this stage."""
    return next((one for one in models_of(stage) if one.public_id == public_id), None)


def glossary_of(dialogue: Dialogue, lang: str) -> list[GlossaryTerm]:
    """Words explained, in the page's language or else the dialogue's; longer ones first, so that they win."""
    found = list(db.session.scalars(select(GlossaryTerm).where(GlossaryTerm.dialogue_id == dialogue.id)))
    wanted = [term for term in found if term.lang == lang] or [term for term in found if term.lang == dialogue.lang]
    return sorted(wanted, key=lambda term: -len(term.term))


def terms_in(terms: Iterable[GlossaryTerm], text: str) -> list[GlossaryTerm]:
    """The words of the glossary that stand in the text, by the alphabet."""
    low = f" {text.casefold()} "
    for mark in ".,;:!?()\"“”'’\n\r\t/*-":
        low = low.replace(mark, " ")
    found = [
        term for term in terms if any(f" {_plain(form)} " in low for form in (term.term, *term.also) if form.strip())
    ]
    return sorted(found, key=lambda term: term.term.casefold())


def sources_of(dialogue: Dialogue, keys: Iterable[str]) -> list[Mapping[str, str]]:
    """The dialogue's sources with these keys ({key, title, url, ...}), each once, in the order of first use."""
    known = {str(one.get("key")): one for one in dialogue.sources}
    return [known[key] for key in dict.fromkeys(keys) if key in known]


def _plain(form: str) -> str:
    low = form.casefold()
    for mark in "'’-/":
        low = low.replace(mark, " ")
    return low
