"""What the applicant's team sees and does after a decision: the reasons, a response, changes, the result."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import committee_labels
from app.forms.base import Form
from app.forms.register import ChangeForm, ResponseForm, ResultForm
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.queries import committee as reads
from app.queries import register as register_reads
from app.queries.assessment_facts import facts_of
from app.queries.committee_material import points_for
from app.services import new_versions, register
from app.services.responses import respond
from app.views.access_pages import frame
from app.views.committee_guard import for_team
from deliberation.assessment import ApplicationState
from deliberation.committee import GRANTS, Outcome
from deliberation.register import ChangeOf

bp = Blueprint("outcomes", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/outcome")
@requires(Action.ANSWER_COMMITTEE)
def show(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The newest decision with its reasons, and what can be done now."""
    return _page(for_team(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/outcome/response")
@requires(Action.ANSWER_COMMITTEE)
def response(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The applicant responds within the fourteen days."""
    application, form = for_team(dialogue, application_id), ResponseForm(prefix="response-")
    if form.validate():
        with form.catching(), transaction():
            respond(
                application, words=form.words.data or "", wants_publication=form.wants_publication, by=by_staff(),
                now=utcnow(),
            )  # fmt: skip
    return _done(application, form, "response", gettext("Your response is kept. Publication need not wait any longer."))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/outcome/change")
@requires(Action.ANSWER_COMMITTEE)
def change(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The applicant declares a change; a new version begins."""
    application, form = for_team(dialogue, application_id), ChangeForm(prefix="change-")
    if form.validate():
        with form.catching(), transaction():
            new_versions.declare_change(
                application, ChangeOf(form.change_of.data), words=form.words.data or "", by=by_staff(), now=utcnow()
            )
    said = gettext("The change is declared, and a new version has begun. It goes the same seven steps.")
    return _done(application, form, "change", said)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/outcome/new-version")
@requires(Action.ANSWER_COMMITTEE)
def new_version(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """A new version because a review is due."""
    application, form = for_team(dialogue, application_id), Form()
    if form.validate():
        with form.catching(), transaction():
            new_versions.begin_version(application, by=by_staff(), now=utcnow())
    return _done(application, form, "new", gettext("A new version has begun. It goes the same seven steps."))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/outcome/result")
@requires(Action.ANSWER_COMMITTEE)
def result(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """What came of the project, in plain words."""
    application, form = for_team(dialogue, application_id), ResultForm(prefix="result-")
    if form.validate():
        with form.catching(), transaction():
            register.write_result(
                application, words=form.words.data or "", link=form.link.data or "", by=by_staff(), now=utcnow()
            )
    said = gettext("Published: in the register, and for the panel that helped.")
    return _done(application, form, "result", said)


def _done(application: AccessApplication, form: Form, name: str, said: str) -> ResponseReturnValue:
    if form.is_refused:
        return _page(application, {name: form}), 422
    flash(said, "good")
    dialogue = application.asset.dialogue
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, application_id=application.public_id), 303)


def _page(application: AccessApplication, sent: dict[str, Form] | None = None) -> str:
    sent, now = sent or {}, utcnow()
    decision = reads.newest_decision(application)
    waits = application.state is ApplicationState.RESPONSE_WINDOW
    entry = register_reads.entry_of(application)
    granted = decision is not None and decision.outcome in GRANTS
    standing = application.state in (ApplicationState.PUBLISHED, ApplicationState.REVIEW_DUE)
    return render_template(
        "outcomes/show.html",
        **frame(application),
        decision=decision,
        today=now.date(),
        dissents=reads.dissents_of(application, decision.number) if decision else [],
        points=points_for(application),
        answers=reads.point_answers(application, decision.number) if decision else {},
        until=facts_of(application, None, now).response_until if waits else None,
        may_respond=waits and decision is not None and decision.responded_at is None,
        asks_publication=decision is not None and decision.outcome is Outcome.DECLINE,
        may_change=granted and standing,
        may_begin=granted and application.state is ApplicationState.REVIEW_DUE,
        may_write_result=granted and entry is not None,
        entry=entry,
        access=register_reads.access_state(application),
        watched=register_reads.conditions_of(decision),
        changes=register_reads.changes_of(application),
        written=register_reads.result_of(application),
        successors=new_versions.successors_of(application),
        response_form=sent.get("response") or ResponseForm(prefix="response-", formdata=None),
        change_form=sent.get("change") or ChangeForm(prefix="change-", formdata=None),
        result_form=sent.get("result") or ResultForm(prefix="result-", formdata=None),
        refused=next(iter(sent.values()), None),
        committee_labels=committee_labels,
    )
