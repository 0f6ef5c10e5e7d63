"""Preferences: giving dots, putting options in order, and what came out once the part has closed."""

import uuid
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.preferences import AcceptForm, DotsForm, OrderForm, read_acceptance, read_places, read_press
from app.models.dialogues import Dialogue, Stage
from app.models.preferences import PreferenceQuestion
from app.queries.preference_results import results_of
from app.queries.preferences import find_asked, option_pages
from app.services import preferences as acts
from app.services.recording import new_client_key, stage_thing
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.preference_pages import accept_page, ballot_page, page_number
from app.views.stage_pages import shell
from deliberation.preferences import PreferenceKind, results_show

bp = Blueprint("preferences", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prefer/<uuid:preference_id>")
@requires(Action.READ_MATERIAL)
def ballot(dialogue: Dialogue, stage: Stage, preference_id: uuid.UUID) -> ResponseReturnValue:
    """One question with the person's own answer."""
    return ballot_page(dialogue, stage, _found(stage, preference_id), by_participant())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prefer/<uuid:preference_id>/dots")
@requires(Action.STATE_PREFERENCE)
def give_dots(dialogue: Dialogue, stage: Stage, preference_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the dots of this page; too many are refused, and the ticks stay on the page."""
    question, by = _found(stage, preference_id, PreferenceKind.APPROVAL), by_participant()
    pages, number = option_pages(question, by), page_number(question)
    form = DotsForm().offer(question, pages[number - 1])
    if form.validate():
        with form.catching(), transaction():
            start_stage(stage, by=by)
            acts.give_dots(
                question,
                form.dots.data or [],
                shown=[one.key for one in pages[number - 1]],
                is_none=form.none.data,
                no_access=form.no_access.data,
                client_key=form.client_key.data or abort(400),
                by=by,
            )
    if form.is_refused:
        form.client_key.data = new_client_key()
        return ballot_page(dialogue, stage, question, by, form=form), 422
    if request.form.get("go") == "stay" or number < len(pages):
        following = number if request.form.get("go") == "stay" else number + 1
        return redirect(_at(".ballot", dialogue, stage, question, page=following), 303)
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prefer/<uuid:preference_id>/order")
@requires(Action.STATE_PREFERENCE)
def put_in_order(dialogue: Dialogue, stage: Stage, preference_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the order; a press of up or down comes back to the same option on the same page."""
    question, by, form = _found(stage, preference_id, PreferenceKind.RANKING), by_participant(), OrderForm()
    places, press = read_places(question.options, request.form), read_press(request.form)
    if form.validate():
        with form.catching(), transaction():
            start_stage(stage, by=by)
            acts.put_in_order(
                question,
                places,
                press=press,
                is_none=form.none.data,
                no_access=form.no_access.data,
                client_key=form.client_key.data or abort(400),
                by=by,
            )
    if form.is_refused:
        form.client_key.data = new_client_key()
        return ballot_page(dialogue, stage, question, by, form=form, places=places), 422
    if press:
        return redirect(_at(".ballot", dialogue, stage, question, _anchor=f"o-{press[0]}"), 303)
    if question.asks_acceptance:
        return redirect(_at(".acceptance", dialogue, stage, question), 303)
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prefer/<uuid:preference_id>/accept")
@requires(Action.READ_MATERIAL)
def acceptance(dialogue: Dialogue, stage: Stage, preference_id: uuid.UUID) -> ResponseReturnValue:
    """ "If others chose it, could you accept it?" of each option."""
    question = _found(stage, preference_id)
    return accept_page(dialogue, stage, question, by_participant()) if question.asks_acceptance else abort(404)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prefer/<uuid:preference_id>/accept")
@requires(Action.STATE_PREFERENCE)
def say_acceptance(dialogue: Dialogue, stage: Stage, preference_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps what was said; leaving any of it out is fine."""
    question, by, form = _found(stage, preference_id), by_participant(), AcceptForm()
    if not question.asks_acceptance:
        abort(404)
    if form.validate():
        with form.catching(), transaction():
            start_stage(stage, by=by)
            said, key = read_acceptance(question.options, request.form), form.client_key.data or abort(400)
            acts.say_acceptance(question, said, client_key=key, by=by)
    if form.is_refused:
        form.client_key.data = new_client_key()
        return accept_page(dialogue, stage, question, by, form), 422
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prefer/<uuid:preference_id>/results")
@requires(Action.READ_MATERIAL)
def results(dialogue: Dialogue, stage: Stage, preference_id: uuid.UUID) -> ResponseReturnValue:
    """What came out, once the part has closed; before that, only when it will be here."""
    question = _found(stage, preference_id)
    is_there = results_show(stage_thing(stage).stage_state)
    return render_template(
        "preferences/results.html",
        **shell(dialogue, stage, by_participant(), is_preview=False),
        question=question,
        results=results_of(question) if is_there else None,
    )


def _found(stage: Stage, preference_id: uuid.UUID, kind: PreferenceKind | None = None) -> PreferenceQuestion:
    question = find_asked(stage, preference_id)
    return question if question and kind in {None, question.kind} else abort(404)


def _at(endpoint: str, dialogue: Dialogue, stage: Stage, question: PreferenceQuestion, **more: Any) -> str:
    return url_for(endpoint, preference_id=question.public_id, **here(dialogue, stage), **more)
