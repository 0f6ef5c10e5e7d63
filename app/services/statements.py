"""Seed statements: adding, editing while nobody has voted, rewording with lineage, placing in stages."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account
from app.models.voting import StageStatement, Statement
from app.queries.statements import is_fixed, next_number, stages_with, vote_stages
from app.services.recording import record
from app.services.similar import ask_for_vectors, forget
from deliberation.comments import check_statement
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.stages import StageState
from deliberation.stewardship import Approach, Stance
from deliberation.voting import Origin


def add_seeds(
    dialogue: Dialogue,
    texts: Sequence[str],
    *,
    approach: Approach = Approach.GENERAL,
    stance: Stance | None = None,
    by: Account,
) -> list[Statement]:
    """One approved seed statement for each text; none when any text is refused.

    Raises:
        RuleError: `nothing_to_add`, `words_too_long`.
    """
    wanted = [check_statement(text) for text in texts if text.strip()]
    if not wanted:
        raise RuleError("nothing_to_add")
    number = next_number(dialogue.id)
    added = [
        Statement(
            dialogue_id=dialogue.id,
            number=number + place,
            text=text,
            lang=dialogue.lang,
            origin=Origin.SEED,
            approach=approach,
            stance=stance,
            state=WordState.APPROVED,
        )
        for place, text in enumerate(dict.fromkeys(wanted))
    ]
    db.session.add_all(added)
    db.session.flush()
    ask_for_vectors(dialogue.id)
    for statement in added:
        facts = {"number": statement.number, "origin": statement.origin.value}
        record(EventKind.STATEMENT_ADDED, by=by, dialogue_id=dialogue.id, about=statement, facts=facts)
    return added


def edit_statement(
    statement: Statement, *, text: str, approach: Approach, stance: Stance | None, by: Account
) -> None:
    """Changes a statement. Its words only while nobody has voted on it or cited it.

    Raises:
        RuleError: `statement_fixed` when the words differ and have to stay.
    """
    words = check_statement(text)
    if words != statement.text and is_fixed(statement):
        raise RuleError("statement_fixed")
    if words != statement.text:
        forget([statement.id])
        ask_for_vectors(statement.dialogue_id)
    statement.text = words
    statement.approach = approach
    statement.stance = stance
    db.session.flush()
    facts = {"number": statement.number}
    record(EventKind.STATEMENT_EDITED, by=by, dialogue_id=statement.dialogue_id, about=statement, facts=facts)


def reword_statement(
    statement: Statement, *, text: str, approach: Approach, stance: Stance | None, by: Account
) -> Statement:
    """A new statement with other words that remembers which one it came from.

    In stages that have not been opened yet it takes the old one's place; in the others it comes last.

    Raises:
        RuleError: `unchanged`, `words_empty`, `words_too_long`.
    """
    words = check_statement(text)
    if words == statement.text:
        raise RuleError("unchanged")
    derived = Statement(
        dialogue_id=statement.dialogue_id,
        number=next_number(statement.dialogue_id),
        text=words,
        lang=statement.lang,
        origin=Origin.DERIVED,
        approach=approach,
        stance=stance,
        derived_from_id=statement.id,
        state=WordState.APPROVED,
    )
    db.session.add(derived)
    db.session.flush()
    ask_for_vectors(derived.dialogue_id)
    for stage in stages_with(statement):
        if stage.state is StageState.PLANNED:
            old = _placement(stage, statement)
            old.statement_id = derived.id
            db.session.flush()
        else:
            _add_last(stage, derived)
    facts = {"number": derived.number, "origin": derived.origin.value, "reworded_from": statement.number}
    record(EventKind.STATEMENT_ADDED, by=by, dialogue_id=derived.dialogue_id, about=derived, facts=facts)
    return derived


def place_statement(dialogue: Dialogue, statement: Statement, stages: Collection[Stage], *, by: Account) -> None:
    """Places the statement in exactly these vote stages; new ones get it as their last."""
    wanted = {stage.id for stage in stages}
    placed = {stage.id for stage in stages_with(statement)}
    for stage in vote_stages(dialogue):
        if stage.id in wanted - placed:
            _add_last(stage, statement)
        if stage.id in placed - wanted:
            db.session.delete(_placement(stage, statement))
    db.session.flush()
    facts = {"number": statement.number, "stages": len(wanted)}
    record(EventKind.STATEMENT_PLACED, by=by, dialogue_id=dialogue.id, about=statement, facts=facts)


def _placement(stage: Stage, statement: Statement) -> StageStatement:
    return db.session.scalars(
        select(StageStatement).where(
            StageStatement.stage_id == stage.id, StageStatement.statement_id == statement.id
        )
    ).one()


def _add_last(stage: Stage, statement: Statement) -> None:
    last = db.session.scalar(select(func.max(StageStatement.place)).where(StageStatement.stage_id == stage.id))
    db.session.add(StageStatement(stage_id=stage.id, statement_id=statement.id, place=(last or 0) + 1))
    db.session.flush()
