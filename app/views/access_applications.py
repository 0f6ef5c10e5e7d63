"""Access to data: what can be applied for, the applications one may see, and the timeline of each."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.forms import access_labels
from app.forms.access_applications import AssetForm, StartForm, StepForm, step_data
from app.forms.assessment_template_words import SECTIONS
from app.models.access_applications import AccessApplication, DataAsset
from app.models.dialogues import Dialogue
from app.queries import access_applications as reads
from app.queries.assessment import versions_of
from app.services import access_applications as acts
from app.views.access_guard import page_of, requires_application
from app.views.access_pages import frame
from deliberation.access_applications import Route
from deliberation.assessment import BEFORE_DECISION, FINAL
from deliberation.assessment_steps import STEP_KEYS, holder_of, step_at

bp = Blueprint("access_applications", __name__)


@bp.get("/d/<uuid:dialogue_id>/access")
@requires(Action.SEE_ACCESS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Data assets, and the applications that one may see; counts alone for the administrator."""
    found = reads.applications_for(dialogue, by_staff()) if may_here(Action.SEE_APPLICATION) else []
    return render_template(
        "access_applications/index.html",
        assets=reads.assets_of(dialogue),
        rows=[(one, holder_of(one.state)) for one in found],
        counts=reads.counts_by_state(dialogue),
        words=access_labels,
        example=reads.example_of(dialogue),
    )


@bp.get("/d/<uuid:dialogue_id>/access/assets/new")
@requires(Action.MANAGE_DATA_ASSETS)
def new_asset(dialogue: Dialogue) -> ResponseReturnValue:
    """A form for one more data asset."""
    return _asset_page(AssetForm(formdata=None).offer(reads.committee_of(dialogue)), None)


@bp.post("/d/<uuid:dialogue_id>/access/assets/new")
@requires(Action.MANAGE_DATA_ASSETS)
def add_asset(dialogue: Dialogue) -> ResponseReturnValue:
    """Enters it."""
    return _save_asset(dialogue, None)


@bp.get("/d/<uuid:dialogue_id>/access/assets/<uuid:asset_id>")
@requires(Action.MANAGE_DATA_ASSETS)
def edit_asset(dialogue: Dialogue, asset_id: uuid.UUID) -> ResponseReturnValue:
    """A data asset as it stands."""
    asset = _asset(dialogue, asset_id)
    chair = str(asset.chair.public_id) if asset.chair else ""
    data = {"chair": chair, "harm_points": str(asset.harm_points)}
    form = AssetForm(formdata=None, obj=asset, data=data)
    form.chair.data, form.harm_points.data = chair, data["harm_points"]
    return _asset_page(form.offer(reads.committee_of(dialogue)), asset)


@bp.post("/d/<uuid:dialogue_id>/access/assets/<uuid:asset_id>")
@requires(Action.MANAGE_DATA_ASSETS)
def save_asset(dialogue: Dialogue, asset_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    return _save_asset(dialogue, _asset(dialogue, asset_id))


@bp.get("/d/<uuid:dialogue_id>/access/assets/<uuid:asset_id>/apply")
@requires(Action.APPLY_FOR_ACCESS)
def apply(dialogue: Dialogue, asset_id: uuid.UUID) -> ResponseReturnValue:
    """The first lines of an application."""
    return _start_page(_asset(dialogue, asset_id), StartForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/access/assets/<uuid:asset_id>/apply")
@requires(Action.APPLY_FOR_ACCESS)
def start(dialogue: Dialogue, asset_id: uuid.UUID) -> ResponseReturnValue:
    """Begins it; whoever does leads the team and holds the pen."""
    asset, form = _asset(dialogue, asset_id), StartForm()
    if form.validate():
        with form.catching(), transaction():
            made = acts.start(
                asset, title=form.title.data or "", organisation=form.organisation.data or "",
                route=Route(form.route.data), by=by_staff(),
            )  # fmt: skip
            address = page_of(made)
        if not form.is_refused:
            flash(gettext("Your application is begun. You hold the pen."))
            return redirect(address, 303)
    return _start_page(asset, form), 422


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>")
@requires_application(Action.SEE_APPLICATION)
def show(application: AccessApplication) -> ResponseReturnValue:
    """Its timeline, what to do next, the people, and every version."""
    return _timeline(application)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/steps")
@requires_application(Action.PLAN_STEPS)
def set_step(application: AccessApplication) -> ResponseReturnValue:
    """Deadline and hours of a step: the facilitator sets all, the team the hours that it took."""
    form = StepForm()
    if not form.validate():
        return _timeline(application, step_form=form), 422
    names = ["actual_minutes"]
    if may_here(Action.RUN_SESSION):
        names += ["due_on", "planned_minutes"]
    with form.catching(), transaction():
        acts.set_step(application, form.step.data or "", form.changes(names), by=by_staff())
    if form.is_refused:
        return _timeline(application, step_form=form), 422
    return redirect(f"{page_of(application)}#step-{form.step.data}", 303)


def _timeline(application: AccessApplication, *, step_form: StepForm | None = None) -> str:
    rows = reads.steps_of(application)
    chosen = request.args.get("step", "")
    key = (step_form.step.data if step_form else chosen) or ""
    if step_form is None and key in STEP_KEYS and may_here(Action.PLAN_STEPS):
        step_form = StepForm(formdata=None, data=step_data(key, rows.get(key)))
    return render_template(
        "access_applications/show.html",
        **frame(application),
        versions=versions_of(application),
        step_form=step_form,
        step_key=key,
        section_words=SECTIONS,
        current_key=step_at(application.state).key,
        has_ended=application.state in FINAL,
        can_withdraw=application.state in BEFORE_DECISION,
    )


def _asset(dialogue: Dialogue, asset_id: uuid.UUID) -> DataAsset:
    return reads.find_asset(dialogue, asset_id) or abort(404)


def _save_asset(dialogue: Dialogue, asset: DataAsset | None) -> ResponseReturnValue:
    committee = reads.committee_of(dialogue)
    form = AssetForm().offer(committee)
    if form.validate():
        chair = next((one for one in committee if str(one.public_id) == form.chair.data), None)
        with form.catching(), transaction():
            acts.save_asset(dialogue, form.words(), chair=chair, asset=asset, by=by_staff())
        if not form.is_refused:
            flash(gettext("Saved."))
            return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)
    return _asset_page(form, asset), 422


def _asset_page(form: AssetForm, asset: DataAsset | None) -> str:
    return render_template("access_applications/asset.html", form=form, asset=asset)


def _start_page(asset: DataAsset, form: StartForm) -> str:
    return render_template("access_applications/start.html", form=form, asset=asset)
