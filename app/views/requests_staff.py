"""Invented requests as staff write them, their numbers, and what people said at their stops."""

import uuid

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.exports.requests_csv import judgements_csv
from app.forms import request_words as words
from app.forms.combinations import mix_phrase
from app.forms.requests import AssumptionsForm, RequestForm
from app.forms.sessions import ShiftForm
from app.models.dialogues import Dialogue
from app.models.requests import DataRequest
from app.queries.requests import Way, assumption_rows, assumptions_of, find_request, requests_of
from app.queries.requests_said import people_by_request, said_on
from app.services import requests as acts
from deliberation.requests import RequestFact, RequestKind
from deliberation.requests_burden import NAMES

bp = Blueprint("requests_staff", __name__)


@bp.get("/d/<uuid:dialogue_id>/requests")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every request in order, and the numbers that everybody starts from."""
    return _index(dialogue, _numbers(dialogue))


@bp.post("/d/<uuid:dialogue_id>/requests/numbers")
@requires(Action.EDIT_DIALOGUE)
def numbers(dialogue: Dialogue) -> ResponseReturnValue:
    """Saves the numbers that everybody starts from."""
    form = AssumptionsForm()
    if form.validate():
        with form.catching(), transaction():
            acts.change_assumptions(dialogue, form.values(), by=by_staff())
        if not form.is_refused:
            flash(gettext("Saved. Everybody starts from these numbers."))
            return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)
    return _index(dialogue, form), 422


@bp.get("/d/<uuid:dialogue_id>/requests/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """An empty request."""
    return _page(None, RequestForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/requests/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds it after the last one."""
    return _save(dialogue, None)


@bp.get("/d/<uuid:dialogue_id>/requests/<uuid:request_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, request_id: uuid.UUID) -> ResponseReturnValue:
    """What a request says."""
    row = find_request(dialogue, request_id) or abort(404)
    present = {fact.value: getattr(row, fact.value) for fact in RequestFact}
    return _page(row, RequestForm(formdata=None, data={**present, "title": row.title, "kind": row.kind.value}))


@bp.post("/d/<uuid:dialogue_id>/requests/<uuid:request_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, request_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    return _save(dialogue, find_request(dialogue, request_id) or abort(404))


@bp.post("/d/<uuid:dialogue_id>/requests/<uuid:request_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, request_id: uuid.UUID) -> ResponseReturnValue:
    """One place up or down."""
    row = find_request(dialogue, request_id) or abort(404)
    with transaction():
        acts.shift_request(dialogue, row, ShiftForm().wanted(), by=by_staff())
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/requests/said")
@requires(Action.SEE_ANALYSIS)
def first_said(dialogue: Dialogue) -> ResponseReturnValue:
    """What people said along the first request."""
    rows = requests_of(dialogue)
    return _said(dialogue, rows[0] if rows else None)


@bp.get("/d/<uuid:dialogue_id>/requests/<uuid:request_id>/said")
@requires(Action.SEE_ANALYSIS)
def said(dialogue: Dialogue, request_id: uuid.UUID) -> ResponseReturnValue:
    """How many said what at each stop, way by way, and what "only if" depends on."""
    return _said(dialogue, find_request(dialogue, request_id) or abort(404))


@bp.get("/d/<uuid:dialogue_id>/requests/said.csv")
@requires(Action.RUN_ANALYSIS)
def download(dialogue: Dialogue) -> ResponseReturnValue:
    """Every judgement under its pseudonym, for analysts."""
    name = "synthetic-requests.csv" if dialogue.is_synthetic else "requests.csv"
    return Response(
        judgements_csv(dialogue),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _said(dialogue: Dialogue, row: DataRequest | None) -> str:
    is_exact = may_here(Action.RUN_ANALYSIS)
    return render_template(
        "requests/said.html",
        request_=row,
        requests=requests_of(dialogue),
        ways=said_on(dialogue, row, is_exact=is_exact) if row else [],
        way_name=_way_name,
        is_exact=is_exact,
        words=words,
    )


def _save(dialogue: Dialogue, row: DataRequest | None) -> ResponseReturnValue:
    form = RequestForm()
    if form.validate():
        with form.catching(), transaction():
            acts.save_request(
                dialogue,
                row,
                title=form.title.data or "",
                kind=RequestKind(form.kind.data),
                facts=form.facts(),
                by=by_staff(),
            )
        if not form.is_refused:
            flash(gettext("Saved: “%(request)s”.", request=form.title.data))
            return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)
    return _page(row, form), 422


def _index(dialogue: Dialogue, form: AssumptionsForm) -> str:
    return render_template(
        "requests/manage.html",
        requests=requests_of(dialogue),
        people=people_by_request(dialogue),
        form=form,
        given=assumption_rows(dialogue),
        sources={one["key"]: one for one in dialogue.sources},
        words=words,
    )


def _numbers(dialogue: Dialogue) -> AssumptionsForm:
    assumed = assumptions_of(dialogue)
    return AssumptionsForm(formdata=None, data={name: getattr(assumed, name) for name in NAMES})


def _page(row: DataRequest | None, form: RequestForm) -> str:
    return render_template("requests/edit.html", request_=row, form=form)


def _way_name(way: Way) -> str:
    return way.model.name if way.model else gettext("A mix: %(mix)s", mix=mix_phrase(way.answers))
