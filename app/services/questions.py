"""A participant's part in the question log: asking, and "I wanted to know this too"."""

from sqlalchemy import delete, or_, select

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.learning import MaterialVersion
from app.models.people import Participant
from app.models.questions import Question, QuestionJoin
from app.models.stewardship import StewardshipModel
from app.queries.questions import Target, table_now
from app.services.recording import record
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.questions import check_join, check_question


def ask(
    dialogue: Dialogue,
    text: str,
    *,
    about: Target | None = None,
    stage: Stage | None = None,
    is_of_table: bool = False,
    by: Participant,
) -> Question:
    """Keeps a question; the same words sent twice are kept once.

    Args:
        about: the exact version of a material, a model or a statement.
        stage: where it was asked, if it was in a stage.
        is_of_table: the table agreed on it; only for somebody who sits at one.

    Raises:
        RuleError: `words_empty`, `words_too_long`.
    """
    words = check_question(text)
    before = _same_before(dialogue, words, by)
    if before is not None:
        return before
    table = table_now(dialogue, by, stage)
    question = Question(
        dialogue_id=dialogue.id,
        author_id=by.id,
        text=words,
        lang=by.lang,
        state=WordState.WAITING if dialogue.moderates_first else WordState.APPROVED,
        is_of_table=is_of_table and table is not None,
        stage_id=stage.id if stage else None,
        session_id=stage.session_id if stage else None,
        table_id=table,
        **_target(about),
    )
    db.session.add(question)
    db.session.flush()
    facts = {"about": about.__tablename__ if about else "", "table": question.is_of_table}
    record(EventKind.QUESTION_ASKED, by=by, dialogue_id=dialogue.id, about=question, facts=facts)
    return question


def join(question: Question, *, by: Participant) -> None:
    """ "I wanted to know this too": counted once, for the question it was put together with if it was.

    Raises:
        RuleError: `own_question`, `question_not_shown`.
    """
    head = db.session.get_one(Question, question.merged_into_id) if question.merged_into_id else question
    check_join(is_own=head.author_id == by.id, words=head.state)
    if _join_of(head, by) is not None:
        return
    db.session.add(QuestionJoin(question_id=head.id, participant_id=by.id))
    db.session.flush()
    record(EventKind.QUESTION_JOINED, by=by, dialogue_id=by.dialogue_id, about=head)


def take_back_join(question: Question, *, by: Participant) -> None:
    """Takes "I wanted to know this too" back, for all that was put together here; without one nothing happens."""
    together = select(Question.id).where(or_(Question.id == question.id, Question.merged_into_id == question.id))
    mine = (QuestionJoin.question_id.in_(together), QuestionJoin.participant_id == by.id)
    if db.session.scalar(select(QuestionJoin.id).where(*mine).limit(1)) is not None:
        db.session.execute(delete(QuestionJoin).where(*mine))
        facts = {"taken_back": True}
        record(EventKind.QUESTION_JOINED, by=by, dialogue_id=by.dialogue_id, about=question, facts=facts)


def _join_of(question: Question, by: Participant) -> QuestionJoin | None:
    return db.session.scalar(
        select(QuestionJoin).where(QuestionJoin.question_id == question.id, QuestionJoin.participant_id == by.id)
    )


def _same_before(dialogue: Dialogue, words: str, by: Participant) -> Question | None:
    return db.session.scalar(
        select(Question).where(
            Question.dialogue_id == dialogue.id,
            Question.author_id == by.id,
            Question.text == words,
            Question.state != WordState.WITHDRAWN,
        )
    )


def _target(about: Target | None) -> dict[str, int]:
    if about is None:
        return {}
    if isinstance(about, MaterialVersion):
        return {"material_version_id": about.id}
    return {"model_id" if isinstance(about, StewardshipModel) else "statement_id": about.id}
