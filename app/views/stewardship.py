"""Model cards as staff edit them."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.sessions import ShiftForm
from app.forms.stewardship import CardForm, source_choice
from app.models.dialogues import Dialogue
from app.models.stewardship import StewardshipModel
from app.queries.points import point_counts
from app.queries.stewardship import find_model, models_of_dialogue
from app.services import stewardship as acts

bp = Blueprint("stewardship", __name__)


@bp.get("/d/<uuid:dialogue_id>/models")
@requires(Action.GATHER_WORDS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every card in order, with its approaches, its rungs and how much of it is not known."""
    names = {row["key"]: row["name"] for row in dialogue.approaches}
    found = models_of_dialogue(dialogue)
    return render_template(
        "stewardship/index.html",
        labels=labels,
        models=found,
        approach_names=names,
        from_people=point_counts(dialogue),
    )


@bp.get("/d/<uuid:dialogue_id>/models/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """An empty card."""
    return _page(None, _offer(CardForm(), dialogue))


@bp.post("/d/<uuid:dialogue_id>/models/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds it after the last one."""
    form = _offer(CardForm(), dialogue)
    if form.validate():
        with form.catching(), transaction():
            acts.add_model(dialogue, acts.CardContent(**form.values()), by=by_staff())
        if not form.is_refused:
            return _back(dialogue)
    return _page(None, form), 422


@bp.get("/d/<uuid:dialogue_id>/models/<uuid:model_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """A card's facts, each with its source."""
    model = find_model(dialogue, model_id) or abort(404)
    return _page(model, _offer(CardForm(formdata=None, data=_present(model)), dialogue))


@bp.post("/d/<uuid:dialogue_id>/models/<uuid:model_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """Saves the card."""
    model = find_model(dialogue, model_id) or abort(404)
    form = _offer(CardForm(), dialogue)
    if form.validate():
        with form.catching(), transaction():
            acts.edit_model(model, acts.CardContent(**form.values()), by=by_staff())
        if not form.is_refused:
            flash(gettext("Saved: “%(model)s”.", model=model.name))
            return _back(dialogue)
    return _page(model, form), 422


@bp.post("/d/<uuid:dialogue_id>/models/<uuid:model_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, model_id: uuid.UUID) -> ResponseReturnValue:
    """One place up or down."""
    model = find_model(dialogue, model_id) or abort(404)
    with transaction():
        acts.shift_model(dialogue, model, ShiftForm().wanted(), by=by_staff())
    return _back(dialogue)


def _back(dialogue: Dialogue) -> ResponseReturnValue:
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _offer(form: CardForm, dialogue: Dialogue) -> CardForm:
    return form.offer(dialogue.approaches, dialogue.sources)


def _page(model: StewardshipModel | None, form: CardForm) -> str:
    return render_template("stewardship/edit.html", form=form, model=model, labels=labels)


def _present(model: StewardshipModel) -> dict[str, object]:
    """What the form shows to begin with."""
    present: dict[str, object] = {
        "name": model.name,
        "plain": model.plain,
        "approaches": model.approaches,
        "is_current": model.is_current,
        "points_for": "\n".join(model.points_for),
        "points_against": "\n".join(model.points_against),
        "asked": model.asked or "",
        "rung_claimed": model.rung_claimed.value if model.rung_claimed else "",
        "rung_evidenced": model.rung_evidenced.value if model.rung_evidenced else "",
    }
    for name, fact in model.facts.items():
        present[f"fact_{name}"] = fact.get("text", "")
        present[f"source_{name}"] = source_choice(fact)
    return present
