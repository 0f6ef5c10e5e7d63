"""Model cards: adding, editing and ordering; every fact has a source or says that it is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.stewardship import StewardshipModel
from app.queries.stewardship import models_of_dialogue
from app.services.learning import free_key
from app.services.order import swap
from app.services.recording import record
from deliberation.cards import check_facts, check_points
from deliberation.comments import check_words
from deliberation.events import EventKind
from deliberation.requests import Asked
from deliberation.stewardship import Rung


@dataclass(frozen=True)
class CardContent:
    """What a card says. `facts`: field -> {text, source, not_known, by_definition}."""

    name: str
    plain: str
    approaches: Sequence[str] = ()
    is_current: bool = False
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    points_for: Sequence[str] = ()
    points_against: Sequence[str] = ()
    asked: Asked | None = None
    rung_claimed: Rung | None = None
    rung_evidenced: Rung | None = None


def add_model(dialogue: Dialogue, content: CardContent, *, by: Account) -> StewardshipModel:
    """A card after the last one.

    Raises:
        RuleError: `fact_unsourced`, `points_unequal`, `words_empty`, `words_too_long`.
    """
    others = models_of_dialogue(dialogue)
    model = StewardshipModel(
        dialogue_id=dialogue.id,
        key=free_key(content.name, {other.key for other in others}),
        place=max((other.place for other in others), default=0) + 1,
        lang=dialogue.lang,
    )
    _write(model, content)
    db.session.add(model)
    db.session.flush()
    _edited(model, by, "added")
    return model


def edit_model(model: StewardshipModel, content: CardContent, *, by: Account) -> None:
    """Changes a card; raises as `add_model` does."""
    _write(model, content)
    db.session.flush()
    _edited(model, by, "edited")


def shift_model(dialogue: Dialogue, model: StewardshipModel, step: int, *, by: Account) -> None:
    """Moves a card one place up (-1) or down (+1)."""
    if swap(models_of_dialogue(dialogue), model, step, "place"):
        _edited(model, by, "put in another order")


def _write(model: StewardshipModel, content: CardContent) -> None:
    check_points(content.points_for, content.points_against)
    model.facts = check_facts(content.facts)
    model.name = check_words(content.name, limit=200)
    model.plain = check_words(content.plain, limit=2000)
    model.approaches = list(content.approaches)
    model.is_current = content.is_current
    model.points_for = list(content.points_for)
    model.points_against = list(content.points_against)
    model.asked = content.asked
    model.rung_claimed = content.rung_claimed
    model.rung_evidenced = content.rung_evidenced


def _edited(model: StewardshipModel, by: Account, how: str) -> None:
    facts = {"key": model.key, "how": how}
    record(EventKind.MODEL_EDITED, by=by, dialogue_id=model.dialogue_id, about=model, facts=facts)
