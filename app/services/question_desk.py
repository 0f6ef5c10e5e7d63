"""Running the question log: checking words, giving a question to a specialist, putting together, answering."""

from sqlalchemy import update

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.questions import Answer, AnswerVersion, Question, Specialist
from app.queries.questions import line_of
from app.services import moderation
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.questions import AnswerKind, check_answer, check_merge, check_publish


def decide_words(question: Question, decision: Decision, reason: ReasonCode | None = None, *, by: Account) -> None:
    """The same decision as at the moderation desk: shown to everyone, or not with a reason that its author reads.

    Raises:
        RuleError: `already_withdrawn`, `reason_missing` or `already_decided`.
    """
    moderation.decide(db.session.get_one(Dialogue, question.dialogue_id), question, decision, reason, by=by)


def assign(question: Question, specialist: Specialist | None, *, by: Account) -> None:
    """Gives the question to a specialist, or to nobody again."""
    _check_there(question)
    question.specialist_id = specialist.id if specialist else None
    db.session.flush()
    _record(EventKind.QUESTION_ASSIGNED, question, by, specialist=str(specialist.public_id) if specialist else "")


def merge(question: Question, into: Question | None, *, by: Account) -> None:
    """Puts a question together with another, which keeps counting all who asked either; None parts it again.

    Raises:
        RuleError: `merge_with_itself`, `merge_target_gone`, `already_answered`, `already_withdrawn`.
    """
    _check_there(question)
    if into is not None:
        check_merge(
            question.id,
            into.id,
            into_is_merged=into.merged_into_id is not None,
            into_words=into.state,
            is_answered=bool(line_of(question).answers),
        )
        db.session.execute(
            update(Question).where(Question.merged_into_id == question.id).values(merged_into_id=into.id)
        )
    question.merged_into_id = into.id if into else None
    db.session.flush()
    _record(EventKind.QUESTION_JOINED, question, by, put_together_with=str(into.public_id) if into else "")


def answer(
    question: Question, specialist: Specialist, *, kind: AnswerKind, text: str, publish: bool, by: Account
) -> Answer:
    """Writes down a specialist's answer, as a draft or for everyone. A question may have several.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `question_not_shown`, `already_withdrawn`.
    """
    _check_there(question)
    words = _checked(question, kind, text, publish)
    made = Answer(question_id=question.id, specialist_id=specialist.id)
    question.answers.append(made)
    db.session.flush()
    _add_version(made, kind, words, publish, by)
    return made


def edit_answer(
    row: Answer, *, kind: AnswerKind, text: str, publish: bool, specialist: Specialist, by: Account
) -> AnswerVersion:
    """A new version of an answer; the same words again only publish the draft that holds them.

    Raises:
        RuleError: as `answer`, and `unchanged`.
    """
    question = row.question
    _check_there(question)
    words = _checked(question, kind, text, publish)
    newest, is_same_person = row.newest, row.specialist_id == specialist.id
    row.specialist_id = specialist.id
    if (newest.kind, newest.text) != (kind, words):
        return _add_version(row, kind, words, publish, by)
    is_news = publish and (newest.published_at is None or row.taken_out_at is not None)
    if is_same_person and not is_news:
        raise RuleError("unchanged")
    if is_news:
        newest.published_at, row.taken_out_at = utcnow(), None
    db.session.flush()
    _record(EventKind.QUESTION_ANSWERED, question, by, version=newest.number, published=publish)
    return newest


def take_out_answer(row: Answer, *, by: Account) -> None:
    """The answer is no longer shown; its versions stay in the record."""
    row.taken_out_at = utcnow()
    db.session.flush()
    _record(EventKind.QUESTION_ANSWERED, row.question, by, version=row.newest.number, taken_out=True)


def _checked(question: Question, kind: AnswerKind, text: str, publish: bool) -> str:
    if publish:
        check_publish(question.state)
    return check_answer(kind, text)


def _add_version(row: Answer, kind: AnswerKind, words: str, publish: bool, by: Account) -> AnswerVersion:
    version = AnswerVersion(
        number=len(row.versions) + 1,
        kind=kind,
        text=words,
        lang=row.question.lang,
        written_by_id=by.id,
        published_at=utcnow() if publish else None,
    )
    row.versions.append(version)
    if publish:
        row.taken_out_at = None
    db.session.flush()
    facts = {"version": version.number, "published": publish, "kind": kind.value}
    _record(EventKind.QUESTION_ANSWERED, row.question, by, **facts)
    return version


def _check_there(question: Question) -> None:
    if question.state is WordState.WITHDRAWN:
        raise RuleError("already_withdrawn")


def _record(event: EventKind, question: Question, by: Account, /, **facts: object) -> None:
    record(event, by=by, dialogue_id=question.dialogue_id, about=question, facts=facts)
