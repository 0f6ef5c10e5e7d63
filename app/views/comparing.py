"""Comparing: one model a page, then a combination by four plain questions."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.comparing import CombinationForm, DifferenceForm, RatingForm
from app.models.dialogues import Dialogue, Stage
from app.models.stewardship import StewardshipModel
from app.queries.comparing import compared, rating_before, rating_in
from app.queries.reading import find_placed_model
from app.services import comparing as acts
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.stage_pages import combination_page, rating_page, shell
from deliberation.stewardship import Acceptance, Movement, Rating, movement

bp = Blueprint("comparing", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/compare/<uuid:model_id>")
@requires(Action.READ_MATERIAL)
def model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """One model with five words."""
    found = find_placed_model(stage, model_id) or abort(404)
    return rating_page(dialogue, stage, found, by_participant())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/compare/<uuid:model_id>")
@requires(Action.RATE_MODEL)
def rate(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the rating; a second one is asked about, then comes the next model."""
    found = find_placed_model(stage, model_id) or abort(404)
    form, by = RatingForm(), by_participant()
    if form.validate_on_submit():
        with form.catching(), transaction():
            start_stage(stage, by=by)
            acts.rate_model(
                stage,
                found,
                Rating(form.rating.data),
                acceptance=Acceptance(form.acceptance.data) if form.acceptance.data else None,
                reason=form.reason.data or "",
                by=by,
            )
    if form.is_refused:
        return rating_page(dialogue, stage, found, by, form=form), 422
    if rating_before(stage, found, by) is not None:
        return redirect(url_for(".difference", model_id=model_id, **here(dialogue, stage)), 303)
    return redirect(_after(dialogue, stage, found), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/compare/<uuid:model_id>/difference")
@requires(Action.READ_MATERIAL)
def difference(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """ "You moved. What made the difference?" or "Same view: what confirmed it?" """
    found = find_placed_model(stage, model_id) or abort(404)
    row = rating_in(stage, found, by_participant()) or abort(404)
    return _difference_page(dialogue, stage, found, DifferenceForm(formdata=None, data={"difference": row.difference}))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/compare/<uuid:model_id>/difference")
@requires(Action.RATE_MODEL)
def tell_difference(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps what made the difference; leaving it out is fine."""
    found = find_placed_model(stage, model_id) or abort(404)
    form = DifferenceForm()
    if form.validate_on_submit():
        with form.catching(), transaction():
            acts.tell_difference(stage, found, form.difference.data or "", by=by_participant())
    if form.is_refused:
        return _difference_page(dialogue, stage, found, form), 422
    return redirect(_after(dialogue, stage, found), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/combination")
@requires(Action.READ_MATERIAL)
def combination(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Four plain questions."""
    return combination_page(dialogue, stage, by_participant())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/combination")
@requires(Action.COMBINE_MODELS)
def combine(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Keeps the four answers; the stage's page reads them back as one sentence."""
    form, by = CombinationForm(), by_participant()
    if form.validate_on_submit():
        with form.catching(), transaction():
            start_stage(stage, by=by)
            acts.combine_models(stage, form.answers, reason=form.reason.data or "", by=by)
    if form.is_refused:
        return combination_page(dialogue, stage, by, form=form), 422
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


def _after(dialogue: Dialogue, stage: Stage, rated: StewardshipModel) -> str:
    """The next model that has no rating yet, after this one first; then the combination."""
    rows = compared(stage, by_participant())
    place = [row.model.id for row in rows].index(rated.id)
    for row in [*rows[place + 1 :], *rows[:place]]:
        if row.rating is None:
            return url_for(".model", model_id=row.model.public_id, **here(dialogue, stage))
    return url_for(".combination", **here(dialogue, stage))


def _difference_page(dialogue: Dialogue, stage: Stage, model: StewardshipModel, form: DifferenceForm) -> str:
    by = by_participant()
    row, before = rating_in(stage, model, by), rating_before(stage, model, by)
    if row is None or before is None:
        abort(404)
    return render_template(
        "comparing/difference.html",
        **shell(dialogue, stage, by, is_preview=False),
        model=model,
        form=form,
        before=before.rating,
        now=row.rating,
        has_moved=movement(before.rating, row.rating) is Movement.MOVED,
        after=_after(dialogue, stage, model),
    )
