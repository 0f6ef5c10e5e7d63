"""Support and dissent: other people's combinations one at a time, and what everybody said of each for staff."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms import task_labels
from app.forms.combinations import combination_words
from app.forms.support import SupportForm
from app.models.dialogues import Dialogue, Stage
from app.queries.support import find_gathered, people_who_weighed, weighed
from app.queries.tasks import stages_with
from app.services import support as acts
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.task_pages import mix_page, needed
from deliberation.support import Support
from deliberation.tasks import Task

bp = Blueprint("support", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/mixes")
@requires(Action.READ_MATERIAL)
def next_mix(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The combination to look at next, or what everybody said once the stage has closed."""
    needed(stage, Task.WEIGH_COMBINATIONS)
    return mix_page(dialogue, stage, by_participant(), goes_on="more" in request.args)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/mixes/<uuid:gathered_id>")
@requires(Action.READ_MATERIAL)
def mix(dialogue: Dialogue, stage: Stage, gathered_id: uuid.UUID) -> ResponseReturnValue:
    """One combination again, to change what was said."""
    needed(stage, Task.WEIGH_COMBINATIONS)
    gathered = find_gathered(dialogue, gathered_id) or abort(404)
    return mix_page(dialogue, stage, by_participant(), gathered=gathered)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/mixes/<uuid:gathered_id>")
@requires(Action.WEIGH_COMBINATIONS)
def weigh(dialogue: Dialogue, stage: Stage, gathered_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps what is said of it; then comes the next one."""
    task, form, by = needed(stage, Task.WEIGH_COMBINATIONS), SupportForm(), by_participant()
    gathered = find_gathered(dialogue, gathered_id) or abort(404)
    if not form.validate_on_submit() or form.warnings():
        return mix_page(dialogue, stage, by, gathered=gathered, form=form), 422
    with form.catching(), transaction():
        start_stage(stage, by=by)
        acts.weigh(stage, task, gathered, Support(form.support.data), why=form.words, by=by)
    if form.is_refused:
        return mix_page(dialogue, stage, by, gathered=gathered, form=form), 422
    return redirect(url_for(".next_mix", **here(dialogue, stage)), 303)


@bp.get("/d/<uuid:dialogue_id>/combinations")
@requires(Action.SEE_ANALYSIS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every combination with its support, its dissent and the reasons."""
    return render_template(
        "stewardship/combinations.html",
        results=weighed(dialogue),
        people=people_who_weighed(dialogue),
        stages=stages_with(dialogue, Task.WEIGH_COMBINATIONS),
        supports=list(Support),
        task_labels=task_labels,
        words_of_mix=combination_words,
    )
