"""Writing an assessment: one row a question, saved by whoever holds the pen and never over another's words."""

from app.db import db, utcnow
from app.models.access_applications import AccessApplication
from app.models.assessment import AssessmentAnswer, AssessmentSuggestion
from app.models.people import Account
from app.queries.assessment import answers_of
from app.queries.assessment_facts import person_of
from app.services.access_applications import check_writes
from app.services.recording import record
from deliberation.assessment import EDITABLE
from deliberation.assessment_template import ANSWER_LIMIT, AssessmentQuestion
from deliberation.comments import check_words
from deliberation.drafting import SuggestionState
from deliberation.errors import RuleError
from deliberation.events import EventKind


def save_answer(
    application: AccessApplication, question: AssessmentQuestion, text: str, *, based_on: int, by: Account
) -> AssessmentAnswer | None:
    """Saves one answer; None where nothing was there and nothing is said. The same words again change nothing.

    Args:
        based_on: the version of the answer that the writer saw; 0 for none.

    Raises:
        RuleError: `application_fixed`, `pen_elsewhere`, `answer_too_long` (limit), or `answer_changed` where somebody
            saved other words meanwhile: nothing is overwritten.
    """
    check_writes(application, by)
    words = text.replace("\r\n", "\n").strip()
    if len(words) > ANSWER_LIMIT:
        raise RuleError("answer_too_long", limit=ANSWER_LIMIT, over=len(words) - ANSWER_LIMIT)
    row = answers_of(application).get(question)
    if row is None:
        if not words:
            return None
        row = AssessmentAnswer(application_id=application.id, question=question.value, version=0)
        db.session.add(row)
    elif row.text == words:
        return row
    if row.version != based_on:
        raise RuleError("answer_changed", newest=row.version)
    row.text, row.version, row.edited_by_id, row.edited_at = words, row.version + 1, by.id, utcnow()
    db.session.flush()
    _edited(application, question, "saved", by)
    return row


def suggest(application: AccessApplication, question: AssessmentQuestion, text: str, *, by: Account) -> None:
    """Words from somebody of the team who does not hold the pen.

    Raises:
        RuleError: `application_fixed`, `not_your_team`, `words_empty`, `words_too_long`.
    """
    if application.state not in EDITABLE:
        raise RuleError("application_fixed", state=application.state.value)
    if person_of(application, by) is None:
        raise RuleError("not_your_team")
    words = check_words(text, limit=ANSWER_LIMIT)
    row = AssessmentSuggestion(
        application_id=application.id, question=question.value, text=words, suggested_by_id=by.id
    )
    db.session.add(row)
    db.session.flush()
    _edited(application, question, "suggested", by)


def answer_suggestion(
    application: AccessApplication, row: AssessmentSuggestion, state: SuggestionState, *, by: Account
) -> None:
    """Takes the suggested words in, after those that stand there, or leaves them out.

    Raises:
        RuleError: `application_fixed`, `pen_elsewhere`, `suggestion_answered`, `unknown_answer`, `answer_too_long`.
    """
    check_writes(application, by)
    if row.state is not SuggestionState.OPEN:
        raise RuleError("suggestion_answered")
    if state not in {SuggestionState.TAKEN, SuggestionState.NOT_TAKEN}:
        raise RuleError("unknown_answer")
    question = AssessmentQuestion(row.question)
    if state is SuggestionState.TAKEN:
        standing = answers_of(application).get(question)
        before, version = (standing.text, standing.version) if standing else ("", 0)
        save_answer(application, question, f"{before}\n\n{row.text}".strip(), based_on=version, by=by)
    row.state, row.answered_at = state, utcnow()
    db.session.flush()
    _edited(application, question, state.value, by)


def _edited(application: AccessApplication, question: AssessmentQuestion, what: str, by: Account) -> None:
    facts = {"key": question.value, "what": what}
    record(
        EventKind.ASSESSMENT_EDITED, by=by, dialogue_id=application.asset.dialogue_id, about=application, facts=facts
    )
