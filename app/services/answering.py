"""Saving the answers of one page of a questionnaire, and completing it."""

from collections.abc import Mapping
from typing import Any

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.questionnaires import Questionnaire, Response
from app.queries.answering import response_in
from app.services.recording import check_stage_act, record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Action
from surveys import Page, check, parse


class AnswersRefused(RuleError):
    """Answers of one page that cannot be kept: name of the question -> its refusal."""

    def __init__(self, errors: Mapping[str, RuleError]) -> None:
        super().__init__("answers_refused")
        self.errors = dict(errors)


def save_page(stage: Stage, asked: Questionnaire, page: Page, sent: Mapping[str, Any], *, by: Participant) -> Response:
    """Keeps the answers of one page beside those of the others; an answer left out is a question skipped.

    Raises:
        NotAllowed: `stage_not_open`.
        AnswersRefused: an answer that is too long, no number, or not among the choices.
    """
    check_stage_act(stage, Action.ANSWER_QUESTIONNAIRE)
    response = response_in(stage, by)
    here = {name for question in page.questions for name in (question.name, question.comment_name)}
    merged = {name: value for name, value in (response.answers if response else {}).items() if name not in here}
    merged |= {name: value for name, value in sent.items() if name in here}
    checked = check(parse(asked.definition), merged, page=page)
    # every question may be skipped, also one that its author marked as required
    wrong = {name: refusal for name, refusal in checked.errors.items() if refusal.code != "answer_required"}
    if wrong:
        raise AnswersRefused(wrong)
    if response is None:
        response = Response(
            participant_id=by.id, questionnaire_id=asked.id, stage_id=stage.id, lang=by.lang, answers={}
        )
        db.session.add(response)
    response.answers = dict(checked.answers)
    response.saved_at = utcnow()
    db.session.flush()
    facts = {"page": page.name, "count": len(checked.answers)}
    record(EventKind.RESPONSE_SAVED, by=by, dialogue_id=by.dialogue_id, about=response, facts=facts)
    return response


def complete(stage: Stage, asked: Questionnaire, *, by: Participant) -> Response:
    """Marks the response as complete, also when every question was skipped."""
    check_stage_act(stage, Action.ANSWER_QUESTIONNAIRE)
    response = response_in(stage, by)
    if response is None:
        response = Response(
            participant_id=by.id, questionnaire_id=asked.id, stage_id=stage.id, lang=by.lang, answers={}
        )
        db.session.add(response)
    response.completed_at = utcnow()
    response.saved_at = response.completed_at
    db.session.flush()
    facts = {"state": "completed", "count": len(response.answers)}
    record(EventKind.RESPONSE_SAVED, by=by, dialogue_id=by.dialogue_id, about=response, facts=facts)
    return response
