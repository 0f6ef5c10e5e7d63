"""Answering a questionnaire, page by page."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.words import sentence
from app.models.dialogues import Dialogue, Stage
from app.queries.answering import response_in
from app.queries.stages import questionnaire_of
from app.services import answering as acts
from app.services.taking_part import finish_stage
from app.views.addresses import here
from app.views.stage_pages import questions_page
from surveys import parse, visible_pages

bp = Blueprint("answering", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/questions/<int:number>")
@requires(Action.READ_MATERIAL)
def page(dialogue: Dialogue, stage: Stage, number: int) -> ResponseReturnValue:
    """One page of questions with what was answered before."""
    return questions_page(dialogue, stage, number, by_participant()) or abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/questions/<int:number>")
@requires(Action.ANSWER_QUESTIONNAIRE)
def save(dialogue: Dialogue, stage: Stage, number: int) -> ResponseReturnValue:
    """Keeps one page; after the last one the stage is done."""
    row = questionnaire_of(stage) or abort(404)
    by = by_participant()
    stored = response_in(stage, by)
    pages = visible_pages(parse(row.definition), stored.answers if stored else {})
    if not 1 <= number <= len(pages):
        abort(404)
    sent = {name: request.form.getlist(name) for name in request.form if name != "csrf_token"}
    try:
        with transaction():
            response = acts.save_page(stage, row, pages[number - 1], sent, by=by)
            is_last = number >= len(visible_pages(parse(row.definition), response.answers))
            if is_last:
                acts.complete(stage, row, by=by)
                finish_stage(stage, by=by)
    except acts.AnswersRefused as refused:
        answers = {**(stored.answers if stored else {}), **sent}
        errors = {name: sentence(refusal) for name, refusal in refused.errors.items()}
        return questions_page(dialogue, stage, number, by, answers=answers, errors=errors) or abort(404), 422
    if is_last:
        flash(gettext("Thank you. Your answers are in."), "good")
        return redirect(url_for("taking_part.next_page", dialogue_id=dialogue.public_id), 303)
    return redirect(url_for(".page", number=number + 1, **here(dialogue, stage)), 303)
