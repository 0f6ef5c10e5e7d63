"""A participant's part in research questions: raising one, and "I want this found out too"."""

from sqlalchemy import ColumnElement, delete, func, or_, select

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account, Participant
from app.models.questions import Question
from app.models.research_questions import ResearchQuestion, ResearchQuestionSupport
from app.queries.questions import table_now
from app.services.recording import record
from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.questions import check_join
from deliberation.research_questions import QUESTION_LIMIT, ResearchOrigin

Source = Question | Comment | Prompt


def raise_question(
    dialogue: Dialogue,
    text: str,
    *,
    question: Question | None = None,
    stage: Stage | None = None,
    by: Participant,
) -> ResearchQuestion:
    """What somebody should find out, in the person's own words; the same words sent twice are kept once.

    Args:
        question: of the question log, to which nobody knows the answer; with no words of the person's own
            it is passed on as it stands.
        stage: where it was raised, if it was in a stage.

    Raises:
        RuleError: `words_empty`, `words_too_long`.
    """
    words = tidy(text) if question is not None and not text.strip() else check_words(text, limit=QUESTION_LIMIT)
    before = _same_before(dialogue, words, question, by)
    if before is not None:
        return before
    row = _new(dialogue, words, question)
    row.author_id, row.lang = by.id, by.lang
    row.origin = ResearchOrigin.QUESTION if question is not None else ResearchOrigin.PARTICIPANT
    row.stage_id, row.table_id = stage.id if stage else None, table_now(dialogue, by, stage)
    # words that everyone can see already were checked when they were first sent
    is_checked = not words or not dialogue.moderates_first
    row.words_state = WordState.APPROVED if is_checked else WordState.WAITING
    return _added(row, by)


def raise_for(
    dialogue: Dialogue,
    text: str,
    *,
    origin: ResearchOrigin,
    note: str = "",
    source: Source | None = None,
    by: Account,
) -> ResearchQuestion:
    """Raised by staff, who name where it comes from; nobody has to check it.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `origin_missing` where neither a source nor a note names it.
    """
    has_words = isinstance(source, Question | Comment)
    words = tidy(text) if has_words and not text.strip() else check_words(text, limit=QUESTION_LIMIT)
    if source is None and not note.strip():
        raise RuleError("origin_missing")
    row = _new(dialogue, words, source)
    row.raised_by_id, row.lang, row.origin, row.origin_note = by.id, dialogue.lang, origin, tidy(note)
    row.words_state = WordState.APPROVED
    return _added(row, by)


def support(row: ResearchQuestion, *, by: Participant) -> None:
    """ "I want this found out too", counted once.

    Raises:
        RuleError: `own_question`, `question_not_shown`.
    """
    head = db.session.get_one(ResearchQuestion, row.merged_into_id) if row.merged_into_id else row
    is_shown = head.words_state is WordState.APPROVED or bool(head.wordings)
    check_join(is_own=head.author_id == by.id, words=WordState.APPROVED if is_shown else head.words_state)
    mine = _supports(head, by)
    if db.session.scalar(select(ResearchQuestionSupport.id).where(*mine).limit(1)) is not None:
        return
    db.session.add(ResearchQuestionSupport(research_question_id=head.id, participant_id=by.id))
    db.session.flush()
    record(EventKind.QUESTION_JOINED, by=by, dialogue_id=by.dialogue_id, about=head)


def take_back_support(row: ResearchQuestion, *, by: Participant) -> None:
    """Takes that back; without one nothing happens."""
    mine = _supports(row, by)
    if db.session.scalar(select(ResearchQuestionSupport.id).where(*mine).limit(1)) is None:
        return
    db.session.execute(delete(ResearchQuestionSupport).where(*mine))
    facts = {"taken_back": True}
    record(EventKind.QUESTION_JOINED, by=by, dialogue_id=by.dialogue_id, about=row, facts=facts)


def _supports(row: ResearchQuestion, by: Participant) -> tuple[ColumnElement[bool], ...]:
    together = select(ResearchQuestion.id).where(
        or_(ResearchQuestion.id == row.id, ResearchQuestion.merged_into_id == row.id)
    )
    return (
        ResearchQuestionSupport.research_question_id.in_(together),
        ResearchQuestionSupport.participant_id == by.id,
    )


def _new(dialogue: Dialogue, words: str, source: Source | None) -> ResearchQuestion:
    last = db.session.scalar(
        select(func.max(ResearchQuestion.number)).where(ResearchQuestion.dialogue_id == dialogue.id)
    )
    return ResearchQuestion(
        dialogue_id=dialogue.id,
        number=(last or 0) + 1,
        text=words,
        question_id=source.id if isinstance(source, Question) else None,
        comment_id=source.id if isinstance(source, Comment) else None,
        prompt_id=source.id if isinstance(source, Prompt) else None,
    )


def _added(row: ResearchQuestion, by: Account | Participant) -> ResearchQuestion:
    db.session.add(row)
    db.session.flush()
    facts = {"number": row.number, "origin": row.origin.value}
    record(EventKind.RESEARCH_QUESTION_RAISED, by=by, dialogue_id=row.dialogue_id, about=row, facts=facts)
    return row


def _same_before(
    dialogue: Dialogue, words: str, question: Question | None, by: Participant
) -> ResearchQuestion | None:
    return db.session.scalar(
        select(ResearchQuestion).where(
            ResearchQuestion.dialogue_id == dialogue.id,
            ResearchQuestion.author_id == by.id,
            ResearchQuestion.text == words,
            ResearchQuestion.question_id == question.id if question else ResearchQuestion.question_id.is_(None),
            ResearchQuestion.words_state != WordState.WITHDRAWN,
        )
    )
