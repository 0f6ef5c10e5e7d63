"""The workshop of an application: planning it, who is there, held, deadlines, the release, the addendum."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here
from app.db import transaction, utcnow
from app.forms import panel_labels
from app.forms.base import Form
from app.forms.times import to_local, to_utc
from app.forms.workshops import AddendumForm, DueForm, FactsForm, PersonForm, PlanForm, PressForm
from app.models.access_applications import AccessApplication
from app.models.workshops import AssessmentWorkshop
from app.queries.panel import point_rows, released_points, report_row
from app.queries.panel_answers import newest_addendum, newest_notes, review_counts, reviewers
from app.queries.workshops import (
    agenda_of,
    find_person,
    make_up,
    material_body,
    panel_size,
    seats_on_roll,
    size_warning,
    workshop_for,
)
from app.services import panel_answers, panel_record
from app.services import workshops as acts
from app.services.workshops import Plan
from app.views.access_guard import here, requires_application
from app.views.access_pages import frame
from deliberation.assessment import ApplicationState
from deliberation.panel import is_review_over, missing_parts

bp = Blueprint("workshops", __name__, url_prefix="/d/<uuid:dialogue_id>/access/<uuid:application_id>/workshop")


@bp.get("")
@requires_application(Action.SEE_WORKSHOP)
def show(application: AccessApplication) -> ResponseReturnValue:
    """The workshop as whoever asks may see it."""
    return _page(application)


@bp.get("/plan")
@requires_application(Action.PLAN_WORKSHOP)
def plan(application: AccessApplication) -> ResponseReturnValue:
    """A new workshop, or the facts of the one that is planned."""
    workshop = workshop_for(application)
    if workshop is None:
        return _plan_page(application, PlanForm(formdata=None))
    present = {"starts_at": to_local(workshop.starts_at, workshop.dialogue.timezone)}
    return _plan_page(application, FactsForm(formdata=None, obj=workshop, data=present), workshop)


@bp.post("/plan")
@requires_application(Action.PLAN_WORKSHOP)
def save(application: AccessApplication) -> ResponseReturnValue:
    """Plans it, or changes its facts."""
    workshop = workshop_for(application)
    form = PlanForm() if workshop is None else FactsForm()
    if form.validate():
        with form.catching(), transaction():
            if isinstance(form, PlanForm):
                acts.plan_workshop(application, _plan_of(application, form), by=by_staff())
            elif workshop is not None:
                acts.edit_workshop(workshop, **_facts_of(application, form), by=by_staff())
    if form.is_refused:
        return _plan_page(application, form, workshop), 422
    flash(gettext("Saved."))
    return redirect(url_for(".show", **here(application)), 303)


@bp.post("/people")
@requires_application(Action.PLAN_WORKSHOP)
def add_person(application: AccessApplication) -> ResponseReturnValue:
    """A critical friend or a developer."""
    workshop, form = _hall(application), PersonForm()
    if form.validate():
        with form.catching(), transaction():
            acts.add_person(
                workshop, panel_labels.WorkshopPart(form.part.data), form.name.data or "",
                form.organisation.data or "", is_from_applicant=form.is_from_applicant.data,
                interest=form.interest.data or "", by=by_staff(),
            )  # fmt: skip
    return _after(application, form, "person")


@bp.post("/people/<uuid:workshop_person_id>/remove")
@requires_application(Action.PLAN_WORKSHOP)
def remove_person(application: AccessApplication, workshop_person_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody does not come."""
    workshop, form = _hall(application), PressForm()
    person = find_person(workshop, workshop_person_id) or abort(404)
    with form.catching(), transaction():
        acts.remove_person(workshop, person, by=by_staff())
    return _after(application, form, "press")


@bp.post("/held")
@requires_application(Action.PLAN_WORKSHOP)
def held(application: AccessApplication) -> ResponseReturnValue:
    """It has taken place; the panel checks until a date."""
    workshop, form = _hall(application), DueForm()
    if form.validate():
        with form.catching(), transaction():
            acts.hold_workshop(workshop, _due(workshop, form), by=by_staff())
    return _after(application, form, "due")


@bp.post("/checks")
@requires_application(Action.PLAN_WORKSHOP)
def checks_due(application: AccessApplication) -> ResponseReturnValue:
    """Another date until which the panel checks."""
    workshop, form = _hall(application), DueForm()
    if form.validate():
        with form.catching(), transaction():
            acts.set_checks_due(workshop, _due(workshop, form), by=by_staff())
    return _after(application, form, "due")


@bp.post("/release")
@requires_application(Action.PLAN_WORKSHOP)
def release(application: AccessApplication) -> ResponseReturnValue:
    """The checked points go to applicant and committee; whoever presses this has not read them."""
    workshop, form = _hall(application), PressForm()
    with form.catching(), transaction():
        panel_record.release_points(workshop, by=by_staff())
    return _after(application, form, "press")


@bp.post("/review")
@requires_application(Action.PLAN_WORKSHOP)
def review(application: AccessApplication) -> ResponseReturnValue:
    """The panel reviews the answers until a date."""
    workshop, form = _hall(application), DueForm()
    if form.validate():
        with form.catching(), transaction():
            acts.open_review(workshop, _due(workshop, form), by=by_staff())
    return _after(application, form, "due")


@bp.post("/addendum")
@requires_application(Action.PLAN_WORKSHOP)
def addendum(application: AccessApplication) -> ResponseReturnValue:
    """Sums up the panel's review and sends the application to the committee."""
    workshop, form = _hall(application), AddendumForm()
    if form.validate():
        with form.catching(), transaction():
            panel_answers.write_addendum(workshop, form.text.data or "", by=by_staff())
    return _after(application, form, "addendum")


def _hall(application: AccessApplication) -> AssessmentWorkshop:
    return workshop_for(application) or abort(404)


def _due(workshop: AssessmentWorkshop, form: DueForm) -> Any:
    return to_utc(form.due.data, workshop.dialogue.timezone)


def _facts_of(application: AccessApplication, form: FactsForm) -> dict[str, Any]:
    return {
        "starts_at": to_utc(form.starts_at.data, application.asset.dialogue.timezone),
        "place": form.place.data or "",
        "access_support": form.access_support.data or "",
        "fee": form.fee.data or "",
    }


def _plan_of(application: AccessApplication, form: PlanForm) -> Plan:
    return Plan(
        facilitator=form.facilitator.data or "",
        rapporteur=form.rapporteur.data or "",
        facilitator_is_from_applicant=form.facilitator_is_from_applicant.data,
        facilitator_interest=form.facilitator_interest.data or "",
        **_facts_of(application, form),
    )


def _after(application: AccessApplication, form: Form, name: str) -> ResponseReturnValue:
    if form.is_refused:
        return _page(application, **{name: form}), 422
    flash(gettext("Saved."))
    return redirect(url_for(".show", **here(application)), 303)


def _plan_page(application: AccessApplication, form: FactsForm, workshop: AssessmentWorkshop | None = None) -> str:
    return render_template("workshops/plan.html", **frame(application), form=form, workshop=workshop)


def _page(application: AccessApplication, **sent: Form) -> str:
    """The page; `sent`: a form that was refused, by its name."""
    workshop, now = workshop_for(application), utcnow()
    values: dict[str, Any] = {
        **frame(application),
        "workshop": workshop,
        "panel_words": panel_labels,
        "runs": may_here(Action.PLAN_WORKSHOP),
        "answers": may_here(Action.ANSWER_PANEL),
        "reads_report": may_here(Action.READ_PANEL_REPORT),
        "refused": next(iter(sent.values()), None),
    }
    if workshop is None:
        return render_template("workshops/none.html", **values)
    size, rows = panel_size(workshop), point_rows(workshop, now)
    heard = reviewers(workshop)
    values |= {
        "agenda": agenda_of(workshop),
        "make_up": make_up(workshop),
        "size": size,
        "seats": seats_on_roll(workshop),
        "odd_size": size_warning(size),
        "checklist": material_body(workshop, "slide-checklist"),
        "missing": missing_parts([one.part for one in workshop.people]),
        "points": len(rows),
        "points_checked": sum(row.is_checked for row in rows),
        "report": report_row(workshop, now),
        "released": released_points(workshop),
        "notes": newest_notes(workshop),
        "reviews": review_counts(workshop),
        "reviewers": heard,
        "review_over": is_review_over(panel=size, reviewers=heard, due=workshop.review_due_at, now=now),
        "addendum": newest_addendum(workshop),
        "state": application.state,
        "states": ApplicationState,
        "person_form": sent.get("person") or PersonForm(formdata=None),
        "due_form": sent.get("due") or DueForm(formdata=None),
        "addendum_form": sent.get("addendum") or AddendumForm(formdata=None),
    }
    return render_template("workshops/show.html", **values)
