"""Placing materials, models, statements and prompts in a stage."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.dialogues import Stage
from app.models.learning import Material, StageMaterial
from app.models.people import Account
from app.models.stewardship import StageModel, StewardshipModel
from app.models.voting import StageStatement, Statement
from app.queries.stages import prompts_of
from app.services.order import renumber
from app.services.recording import record
from app.services.stages import check_model_count
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.stages import StageKind

PROMPT_LIMIT = 300


def place_materials(stage: Stage, materials: Sequence[Material], *, by: Account) -> None:
    """Exactly these materials, in this order."""
    _place(stage, StageMaterial, "material_id", [m.id for m in materials])
    _edited(stage, by, "materials", len(materials))


def place_models(stage: Stage, models: Sequence[StewardshipModel], *, by: Account) -> None:
    """Exactly these models, in this order; RuleError `too_many_models` on a compare stage."""
    if stage.kind is StageKind.COMPARE:
        check_model_count(len(models))
    _place(stage, StageModel, "model_id", [m.id for m in models])
    _edited(stage, by, "models", len(models))


def place_statements(stage: Stage, placed: Sequence[tuple[Statement, bool]], *, by: Account) -> None:
    """Exactly these statements, in this order.

    Args:
        placed: (statement, whether it is pinned to the front).
    """
    rows = _place(stage, StageStatement, "statement_id", [statement.id for statement, _ in placed])
    for row, (_, pinned) in zip(rows, placed, strict=True):
        row.is_pinned = pinned
    db.session.flush()
    facts = {"count": len(placed), "pinned": sum(pinned for _, pinned in placed)}
    dialogue_id = stage.session.dialogue_id
    record(EventKind.STATEMENT_PLACED, by=by, dialogue_id=dialogue_id, about=stage, facts=facts)


def set_prompts(stage: Stage, texts: Sequence[str], *, by: Account) -> None:
    """Exactly these questions, in this order; a question whose words stay is the same question.

    Raises:
        RuleError: `prompt_answered` when a question that people answered would go; `words_too_long`.
    """
    wanted = [check_words(text, limit=PROMPT_LIMIT) for text in dict.fromkeys(texts)]
    before = {prompt.text: prompt for prompt in prompts_of(stage)}
    for text, prompt in before.items():
        if text in wanted:
            continue
        if db.session.scalar(select(Comment.id).where(Comment.prompt_id == prompt.id).limit(1)) is not None:
            raise RuleError("prompt_answered", prompt=text)
        db.session.delete(prompt)
    db.session.flush()
    lang = stage.session.dialogue.lang
    rows = []
    for number, text in enumerate(wanted, 1):
        row = before.get(text)
        if row is None:
            row = Prompt(stage_id=stage.id, place=-1000 - number, text=text, lang=lang)
            db.session.add(row)
        rows.append(row)
    db.session.flush()
    renumber(rows, "place")
    _edited(stage, by, "prompts", len(rows))


def _place(stage: Stage, row_class: Any, column: str, ids: Sequence[int]) -> list[Any]:
    """Rows of the placement table for exactly these ids, numbered in their order; rows that stay are kept."""
    known = {getattr(row, column): row for row in db.session.scalars(_placed(stage, row_class))}
    for key, row in known.items():
        if key not in ids:
            db.session.delete(row)
    rows = []
    for place, key in enumerate(dict.fromkeys(ids), 1):
        row = known.get(key)
        if row is None:
            row = row_class(stage_id=stage.id, place=place, **{column: key})
            db.session.add(row)
        row.place = place
        rows.append(row)
    db.session.flush()
    return rows


def _placed(stage: Stage, row_class: Any) -> Any:
    return select(row_class).where(row_class.stage_id == stage.id)


def _edited(stage: Stage, by: Account, what: str, count: int) -> None:
    facts = {"kind": stage.kind.value, "how": f"{what} chosen", "count": count}
    record(EventKind.STAGE_EDITED, by=by, dialogue_id=stage.session.dialogue_id, about=stage, facts=facts)
