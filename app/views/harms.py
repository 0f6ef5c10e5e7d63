"""The register of harms: a matrix that any column puts in order, one harm to write, and a CSV file."""

import uuid

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff
from app.db import transaction
from app.exports.harms_csv import harms_csv
from app.forms.assessment import HarmForm, harm_data
from app.forms.base import Form
from app.models.access_applications import AccessApplication
from app.models.assessment import Harm
from app.queries.assessment import find_harm
from app.services import harms as acts
from app.views.access_guard import here, requires_application
from app.views.access_pages import frame
from deliberation.harms import COLUMNS, sorted_harms

bp = Blueprint("harms", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/harms")
@requires_application(Action.SEE_APPLICATION)
def index(application: AccessApplication) -> ResponseReturnValue:
    """The matrix: live for the team, as handed in for everybody else."""
    values = frame(application)
    by, down = request.args.get("by", "number"), request.args.get("down") == "1"
    rows = sorted_harms((values["content"] or {}).get("harms", []), by, is_down=down)
    return render_template("harms/index.html", **values, rows=rows, by=by, down=down, columns=COLUMNS)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/harms.csv")
@requires_application(Action.SEE_APPLICATION)
def download(application: AccessApplication) -> ResponseReturnValue:
    """The register as a file."""
    content = frame(application)["content"] or {}
    is_synthetic = application.asset.dialogue.is_synthetic
    name = f"{'synthetic-' if is_synthetic else ''}harms.csv"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    text = harms_csv(content.get("harms", []), is_synthetic=is_synthetic)
    return Response(text, content_type="text/csv; charset=utf-8", headers=headers)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/harms/new")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def new(application: AccessApplication) -> ResponseReturnValue:
    """A form for one more harm."""
    return _page(application, HarmForm(formdata=None), None)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/harms/new")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def add(application: AccessApplication) -> ResponseReturnValue:
    """Enters it."""
    return _save(application, None)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/harms/<uuid:harm_id>")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def edit(application: AccessApplication, harm_id: uuid.UUID) -> ResponseReturnValue:
    """One harm as it stands."""
    harm = _harm(application, harm_id)
    return _page(application, HarmForm(formdata=None, data=harm_data(harm)), harm)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/harms/<uuid:harm_id>")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def save(application: AccessApplication, harm_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    return _save(application, _harm(application, harm_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/harms/<uuid:harm_id>/remove")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def remove(application: AccessApplication, harm_id: uuid.UUID) -> ResponseReturnValue:
    """Takes it out of the register."""
    harm, form = _harm(application, harm_id), Form()
    with form.catching(), transaction():
        acts.remove_harm(application, harm, by=by_staff())
    if form.is_refused:
        shown = HarmForm(formdata=None, data=harm_data(harm))
        shown.form_errors.extend(form.form_errors)
        return _page(application, shown, harm), 409
    flash(gettext("Taken out. Versions that were kept still hold it."))
    return redirect(url_for(".index", **here(application)), 303)


def _save(application: AccessApplication, harm: Harm | None) -> ResponseReturnValue:
    form = HarmForm().offer(application.asset.harm_points)
    if form.validate():
        seen = str(form.based_on.data or "0")
        with form.catching(), transaction():
            acts.save_harm(
                application, form.words(), harm=harm, based_on=int(seen) if seen.isdigit() else 0, by=by_staff()
            )
        if not form.is_refused:
            flash(gettext("Saved."))
            return redirect(url_for(".index", **here(application)), 303)
    return _page(application, form, harm), 409 if form.form_errors else 422


def _harm(application: AccessApplication, harm_id: uuid.UUID) -> Harm:
    return find_harm(application, harm_id) or abort(404)


def _page(application: AccessApplication, form: HarmForm, harm: Harm | None) -> str:
    form.offer(application.asset.harm_points)
    return render_template("harms/edit.html", **frame(application), form=form, harm=harm)
