"""Your contributions: what one person gave, and taking words back."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms import panel_labels, request_words, task_labels
from app.forms.combinations import combination_sentence, combination_words
from app.forms.contributions import WithdrawForm
from app.forms.preferences import said_in_words
from app.forms.tradeoffs import approach_names
from app.models.dialogues import Dialogue
from app.queries import contributions as found
from app.queries.comparing import ratings_by
from app.queries.drafting import suggestions_by
from app.queries.fates import fates_of
from app.queries.on_behalf import entered_for
from app.queries.own_reasons import weighing_by
from app.queries.panel_tasks import said_by
from app.queries.policy import current_policy
from app.queries.preferences import preferences_by
from app.queries.questions import questions_by
from app.queries.requests import steps_by
from app.queries.research_questions import raised_by
from app.queries.vote_reasons import reasons_by
from app.services.contributions import withdraw as take_back
from app.views.stage_pages import shell

bp = Blueprint("contributions", __name__)


@bp.get("/d/<uuid:dialogue_id>/mine")
@requires(Action.SEE_OWN_CONTRIBUTIONS, own=True)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Everything the person gave, and where each thing went."""
    by = by_participant()
    return render_template(
        "contributions/index.html",
        **shell(dialogue, None, by, is_preview=False),
        given=found.given_by(by),
        statements=found.statements_by(by),
        comments=found.written_comments(dialogue, by),
        conditions=found.conditions_by(by),
        questions=questions_by(by),
        reasons=reasons_by(by),
        raised=raised_by(by),
        votes=found.votes_by(by),
        ratings=ratings_by(by),
        entered=entered_for(by),
        suggestions=suggestions_by(by),
        panel_said=said_by(by),
        panel_words=panel_labels,
        preferences=[(one, said_in_words(one.question, one.answer)) for one in preferences_by(by)],
        steps=steps_by(by),
        words=request_words,
        weighing=weighing_by(dialogue, by),
        own_mix=combination_sentence,
        words_of_mix=combination_words,
        task_labels=task_labels,
        approach_names=approach_names(dialogue.approaches),
        policy=current_policy(dialogue),
        fates=fates_of(by),
        published=found.terms_are_published(dialogue),
    )


@bp.post("/d/<uuid:dialogue_id>/mine/withdraw")
@requires(Action.WITHDRAW_OWN_WORDS, own=True)
def withdraw(dialogue: Dialogue) -> ResponseReturnValue:
    """Takes back one's own words."""
    form, by = WithdrawForm(), by_participant()
    if not form.validate_on_submit() or form.words_id.data is None:
        abort(400)
    words = found.find_own(by, form.kind.data or "", form.words_id.data) or abort(404)
    with transaction():
        take_back(words, by=by)
    flash(gettext("You have taken these words back. Nobody sees them any more."), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)
