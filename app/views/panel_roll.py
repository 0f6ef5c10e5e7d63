"""Recruiting a panel: how mixed it is, in numbers, and what is arranged for each seat of the roll."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import panel_labels
from app.forms.workshops import BandForm, SeatForm
from app.models.dialogues import Dialogue
from app.models.workshops import AssessmentWorkshop
from app.queries.roll import find_seat
from app.queries.workshops import arranged_for, find_quota, quotas_of, size_warning, workshop_of
from app.services import panel_roll as acts
from deliberation.panel import Axis

bp = Blueprint("panel_roll", __name__, url_prefix="/d/<uuid:dialogue_id>/panel-roll")


@bp.get("")
@requires(Action.RECRUIT_PANEL)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Targets and counts by axis, and the seats."""
    return _page(dialogue, BandForm(formdata=None))


@bp.post("/bands")
@requires(Action.RECRUIT_PANEL)
def set_band(dialogue: Dialogue) -> ResponseReturnValue:
    """Numbers of one group."""
    workshop, form = _hall(dialogue), BandForm()
    if form.validate():
        with form.catching(), transaction():
            axis, band = Axis(form.axis.data), form.band.data or ""
            acts.set_band(workshop, axis, band, form.target.data or 0, form.recruited.data or 0, by=by_staff())
    if form.is_refused:
        return _page(dialogue, form), 422
    return _back(dialogue)


@bp.post("/bands/<uuid:quota_id>/remove")
@requires(Action.RECRUIT_PANEL)
def remove_band(dialogue: Dialogue, quota_id: uuid.UUID) -> ResponseReturnValue:
    """One group less."""
    workshop = _hall(dialogue)
    quota = find_quota(workshop, quota_id) or abort(404)
    with transaction():
        acts.remove_band(workshop, quota, by=by_staff())
    return _back(dialogue)


@bp.post("/seats/<uuid:seat_id>")
@requires(Action.RECRUIT_PANEL)
def arrange(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """Induction, support and fee of one seat."""
    workshop, form = _hall(dialogue), SeatForm()
    seat = find_seat(dialogue, seat_id) or abort(404)
    if not form.validate():
        abort(400)
    with transaction():
        acts.arrange_seat(
            workshop, seat, is_inducted=form.is_inducted.data, support=form.support.data or "",
            is_fee_confirmed=form.is_fee_confirmed.data, by=by_staff(),
        )  # fmt: skip
    return _back(dialogue)


def _hall(dialogue: Dialogue) -> AssessmentWorkshop:
    return workshop_of(dialogue) or abort(404)


def _back(dialogue: Dialogue) -> ResponseReturnValue:
    flash(gettext("Saved."))
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _page(dialogue: Dialogue, form: BandForm) -> str:
    workshop = _hall(dialogue)
    seats = arranged_for(workshop)
    return render_template(
        "panel_roll/index.html",
        dialogue=dialogue,
        workshop=workshop,
        form=form,
        quotas=quotas_of(workshop),
        seats=seats,
        odd_size=size_warning(len(seats)),
        panel_words=panel_labels,
    )
