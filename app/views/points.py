"""Points from people: what they said of a model, taken into its card's for or against."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import task_labels
from app.forms.base import Form
from app.forms.points import PointForm
from app.models.dialogues import Dialogue
from app.models.stewardship import StewardshipModel
from app.queries.points import comment_on, comments_on, find_point, points_told
from app.queries.stewardship import find_model
from app.services import points as acts
from deliberation.points import POINT_LIMIT, PointSide

bp = Blueprint("points", __name__)


@bp.get("/d/<uuid:dialogue_id>/models/<uuid:model_id>/points")
@requires(Action.GATHER_WORDS)
def desk(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """Points on the card with where they come from, and comments to take from."""
    return _desk(dialogue, find_model(dialogue, model_id) or abort(404))


@bp.post("/d/<uuid:dialogue_id>/models/<uuid:model_id>/points")
@requires(Action.GATHER_WORDS)
def take(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a comment, or a part of it."""
    model, form = find_model(dialogue, model_id) or abort(404), PointForm()
    comment = comment_on(dialogue, model, form.comment.data) if form.comment.data else None
    if form.validate() and comment is not None:
        with form.catching(), transaction():
            acts.take_point(model, comment, PointSide(form.side.data), form.words.data or "", by=by_staff())
    if form.is_refused or comment is None:
        return _desk(dialogue, model, form), 422
    return _back(dialogue, model)


@bp.post("/d/<uuid:dialogue_id>/models/<uuid:model_id>/points/<uuid:point_id>/remove")
@requires(Action.GATHER_WORDS)
def remove(dialogue: Dialogue, model_id: uuid.UUID, point_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a point off the card."""
    model, form = find_model(dialogue, model_id) or abort(404), Form()
    point = find_point(model, point_id) or abort(404)
    with form.catching(), transaction():
        acts.remove_point(model, point, by=by_staff())
    return _back(dialogue, model)


def _desk(dialogue: Dialogue, model: StewardshipModel, form: PointForm | None = None) -> str:
    page = request.values.get("page", "1")
    return render_template(
        "stewardship/points.html",
        model=model,
        told=points_told(model),
        found=comments_on(dialogue, model, int(page) if page.isdecimal() and len(page) < 6 else 1),
        form=form,
        limit=POINT_LIMIT,
        sides=list(PointSide),
        task_labels=task_labels,
    )


def _back(dialogue: Dialogue, model: StewardshipModel) -> ResponseReturnValue:
    page = request.values.get("page") or None
    address = url_for(".desk", dialogue_id=dialogue.public_id, model_id=model.public_id, page=page)
    return redirect(address, 303)
