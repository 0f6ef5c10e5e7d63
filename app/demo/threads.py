"""What the synthetic panel writes: comments, replies, own statements; and what a moderator does with them."""

from collections.abc import Sequence
from random import Random

from sqlalchemy import func, select

from app.db import db
from app.demo.panel import SyntheticPerson, comment_on
from app.demo.words import REPLIES, STATEMENTS
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, Stage, TableSeat
from app.models.people import Account, Participant
from app.models.voting import StageStatement, Statement
from app.services.moderation import decide
from app.services.recording import record
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.voting import Origin

COMMENTS_TO_A_PROMPT = 8
LEFT_WAITING = 7


def talk(stage: Stage, present: Sequence[tuple[int, SyntheticPerson]], rng: Random) -> None:
    """Some people answer each prompt of the stage; a few are answered in turn."""
    tables = dict(
        db.session.execute(
            select(TableSeat.participant_id, TableSeat.table_id).where(TableSeat.session_id == stage.session_id)
        ).all()
    )
    for prompt in db.session.scalars(select(Prompt).where(Prompt.stage_id == stage.id).order_by(Prompt.place)):
        said: set[str] = set()
        for pid, person in rng.sample(list(present), COMMENTS_TO_A_PROMPT):
            text = comment_on(person, prompt.text, rng)
            if text in said:
                continue
            said.add(text)
            first = _comment(stage, pid, tables.get(pid), text, prompt_id=prompt.id)
            if rng.random() < 0.15:
                other, _ = rng.choice(list(present))
                _comment(stage, other, tables.get(other), rng.choice(REPLIES), parent_id=first.id)


def _comment(stage: Stage, pid: int, table_id: int | None, text: str, **target: int) -> Comment:
    by = db.session.get_one(Participant, pid)
    comment = Comment(
        dialogue_id=by.dialogue_id,
        author_id=pid,
        text=text,
        lang="en",
        stage_id=stage.id,
        session_id=stage.session_id,
        table_id=table_id,
        **target,
    )
    db.session.add(comment)
    db.session.flush()
    record(EventKind.COMMENT_ADDED, by=by, dialogue_id=by.dialogue_id, about=comment)
    return comment


def add_statements(stage: Stage, present: Sequence[int], rng: Random, *, moderator: Account) -> None:
    """Half of the panel's own statements in session 2, half in session 3; approved ones go into the last vote."""
    half = len(STATEMENTS) // 2
    mine = STATEMENTS[:half] if stage.session.number == 2 else STATEMENTS[half:]
    dialogue_id = stage.session.dialogue_id
    for text, fate in mine:
        number = db.session.scalar(select(func.max(Statement.number)).where(Statement.dialogue_id == dialogue_id)) or 0
        by = db.session.get_one(Participant, rng.choice(list(present)))
        statement = Statement(
            dialogue_id=dialogue_id,
            number=number + 1,
            text=text,
            lang="en",
            origin=Origin.PARTICIPANT,
            author_id=by.id,
            stage_id=stage.id,
        )
        db.session.add(statement)
        db.session.flush()
        record(EventKind.STATEMENT_ADDED, by=by, dialogue_id=dialogue_id, about=statement)
        db.session.add(StageStatement(stage_id=_last_vote(stage).id, statement_id=statement.id, place=100 + number))
        db.session.flush()
        if fate == "approve":
            decide(stage.session.dialogue, statement, Decision.APPROVE, by=moderator)
        elif fate != "wait":
            decide(stage.session.dialogue, statement, Decision.REFUSE, ReasonCode(fate), by=moderator)


def _last_vote(stage: Stage) -> Stage:
    votes = [s for session in stage.session.dialogue.sessions for s in session.stages if s.kind is stage.kind]
    return votes[-1]


def moderate_words(dialogue: Dialogue, by: Account, rng: Random) -> None:
    """Decides about comments that wait, by the service; a few are left for the visitor to decide."""
    waiting = db.session.scalars(
        select(Comment)
        .where(Comment.dialogue_id == dialogue.id, Comment.state == WordState.WAITING)
        .order_by(Comment.id)
    ).all()
    for comment in waiting[:-LEFT_WAITING]:
        if rng.random() < 0.03:
            reason = rng.choice([ReasonCode.REPEATED, ReasonCode.UNCLEAR])
            decide(dialogue, comment, Decision.REFUSE, reason, by=by)
        else:
            decide(dialogue, comment, Decision.APPROVE, by=by)
