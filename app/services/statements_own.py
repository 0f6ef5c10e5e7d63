"""A participant's own statement: it waits to be checked, and then everyone can vote on it."""

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.voting import StageStatement, Statement
from app.queries.statements import next_number
from app.queries.taking_part import table_of
from app.services.recording import check_stage_act, record
from app.services.similar import ask_for_vectors
from deliberation.comments import check_statement
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Action
from deliberation.voting import Origin


def add_own_statement(stage: Stage, text: str, *, by: Participant) -> Statement:
    """Keeps the statement; sending the same words twice keeps them once.

    It is put to the vote once it has been checked (at once where the dialogue does not check first).

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `words_empty`, `words_too_long`.
    """
    return keep_own_statement(stage, text, is_late=check_stage_act(stage, Action.ADD_STATEMENT), by=by)


def keep_own_statement(stage: Stage, text: str, *, is_late: bool, by: Participant) -> Statement:
    """Keeps the statement without asking whether the stage is open; errors of the words as above."""
    words = check_statement(text)
    dialogue = stage.session.dialogue
    # numbers go up by one: who adds at the same moment waits here (SQLite has one writer anyway)
    db.session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    before = db.session.scalar(
        select(Statement).where(
            Statement.author_id == by.id,
            Statement.stage_id == stage.id,
            Statement.text == words,
            Statement.state != WordState.WITHDRAWN,
        )
    )
    if before is not None:
        return before
    statement = Statement(
        dialogue_id=dialogue.id,
        number=next_number(dialogue.id),
        text=words,
        lang=by.lang,
        origin=Origin.PARTICIPANT,
        author_id=by.id,
        state=WordState.WAITING if dialogue.moderates_first else WordState.APPROVED,
        is_late=is_late,
        stage_id=stage.id,
        table_id=table_of(stage, by),
    )
    db.session.add(statement)
    db.session.flush()
    ask_for_vectors(dialogue.id)
    if statement.state is WordState.APPROVED:
        last = db.session.scalar(select(func.max(StageStatement.place)).where(StageStatement.stage_id == stage.id))
        db.session.add(StageStatement(stage_id=stage.id, statement_id=statement.id, place=(last or 0) + 1))
        db.session.flush()
    facts = {"number": statement.number, "origin": statement.origin.value, "late": is_late}
    record(EventKind.STATEMENT_ADDED, by=by, dialogue_id=dialogue.id, about=statement, facts=facts)
    return statement
