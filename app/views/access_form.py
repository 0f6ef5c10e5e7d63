"""The form of an application in Five Safes order, and its team with the pen."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff
from app.db import transaction
from app.forms.access_applications import ApplicationForm, PersonForm, application_data
from app.forms.base import Form
from app.models.access_applications import AccessApplication, ApplicationPerson
from app.queries.access_applications import find_person
from app.services import access_applications as acts
from app.views.access_guard import here, page_of, requires_application
from app.views.access_pages import frame
from deliberation.access_applications import Route, Safe, details_of
from deliberation.assessment import Part

bp = Blueprint("access_form", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/form")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def edit(application: AccessApplication) -> ResponseReturnValue:
    """The form as it stands; whoever does not hold the pen reads it."""
    return _page(application, ApplicationForm(formdata=None, data=application_data(application)))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/form")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def save(application: AccessApplication) -> ResponseReturnValue:
    """Saves it; another route shows other questions afterwards."""
    form, before = ApplicationForm(), application.route
    if form.validate():
        with form.catching(), transaction():
            acts.edit(application, **form.values(), by=by_staff())
        if not form.is_refused:
            changed = application.route is not before
            flash(gettext("Saved. The form now asks what this route needs.") if changed else gettext("Saved."))
            return redirect(url_for(".edit", **here(application)), 303)
    return _page(application, form), 409 if form.form_errors else 422


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/team")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def team(application: AccessApplication) -> ResponseReturnValue:
    """Who is on the team, and who holds the pen."""
    return _team_page(application, PersonForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/team")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def add_person(application: AccessApplication) -> ResponseReturnValue:
    """Takes somebody in."""
    form = PersonForm()
    if form.validate():
        with form.catching(), transaction():
            acts.add_person(application, form.email.data or "", Part(form.part.data), by=by_staff())
        if not form.is_refused:
            flash(gettext("Added."))
            return redirect(url_for(".team", **here(application)), 303)
    return _team_page(application, form), 422


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/team/<uuid:person_id>/remove")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def remove_person(application: AccessApplication, person_id: uuid.UUID) -> ResponseReturnValue:
    """Takes somebody out."""
    person, form = _person(application, person_id), Form()
    with form.catching(), transaction():
        acts.remove_person(application, person, by=by_staff())
    return _after(application, form)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/team/<uuid:person_id>/pen")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def hand_pen(application: AccessApplication, person_id: uuid.UUID) -> ResponseReturnValue:
    """Hands the pen over: one button."""
    person, form = _person(application, person_id), Form()
    with form.catching(), transaction():
        acts.hand_pen(application, person, by=by_staff())
    return _after(application, form)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/again")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def begin_again(application: AccessApplication) -> ResponseReturnValue:
    """A new application from what was written in one that has ended."""
    form = Form()
    with form.catching(), transaction():
        made = acts.begin_again(application, by=by_staff())
        address = page_of(made)
    if form.is_refused:
        flash(" ".join(str(words) for words in form.form_errors), "error")
        return redirect(page_of(application), 303)
    flash(gettext("A new application is begun with the words, harms and team of the old one."))
    return redirect(address, 303)


def _person(application: AccessApplication, person_id: uuid.UUID) -> ApplicationPerson:
    return find_person(application, person_id) or abort(404)


def _after(application: AccessApplication, form: Form) -> ResponseReturnValue:
    if form.is_refused:
        shown = PersonForm(formdata=None)
        shown.form_errors.extend(form.form_errors)
        return _team_page(application, shown), 409
    return redirect(url_for(".team", **here(application)), 303)


def _page(application: AccessApplication, form: ApplicationForm) -> str:
    route = Route(form.route.data) if form.route.data in set(Route) else application.route
    parts = [(safe, [form[detail.value] for detail in details_of(route, safe)]) for safe in Safe]
    return render_template("access_applications/form.html", **frame(application), form=form, parts=parts)


def _team_page(application: AccessApplication, form: PersonForm) -> str:
    return render_template("access_applications/team.html", **frame(application), form=form)
