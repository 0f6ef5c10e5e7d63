"""After a decision, for the committee and whoever runs the steps: publishing, conditions, access, lessons."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import committee_labels
from app.forms.base import Form
from app.forms.register import AccessForm, CheckForm, CloseForm, LessonForm
from app.models.access_applications import AccessApplication
from app.models.committee import AccessDecision
from app.models.dialogues import Dialogue
from app.queries import committee as reads
from app.queries import register as register_reads
from app.queries.assessment_facts import facts_of
from app.queries.committee_record import process_of
from app.queries.register_record import record_of
from app.services import register as acts
from app.views.committee_guard import for_committee, for_judges
from deliberation.assessment import ApplicationState
from deliberation.assessment_guards import refusal
from deliberation.register import AccessMove, ConditionStanding, next_review, planned, possible_moves, years_after

bp = Blueprint("access_watch", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/publication")
@requires(Action.PUBLISH_RECORD)
def publication(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The record as it would be published, and what stands in the way."""
    return publication_page(for_committee(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/publication")
@requires(Action.PUBLISH_RECORD)
def publish(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Publishes the record."""
    application, form = for_committee(dialogue, application_id), Form()
    if form.validate():
        with form.catching(), transaction():
            acts.publish(application, by=by_staff(), now=utcnow())
    if form.is_refused:
        return publication_page(application, form), 422
    flash(gettext("The record is in the public register."), "good")
    return redirect(url_for(".publication", dialogue_id=dialogue.public_id, application_id=application_id), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/publication/private")
@requires(Action.PUBLISH_RECORD)
def keep_private(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """What was not granted stays unpublished."""
    application, form = for_committee(dialogue, application_id), Form()
    if form.validate():
        with form.catching(), transaction():
            acts.keep_private(application, by=by_staff(), now=utcnow())
    if form.is_refused:
        return publication_page(application, form), 422
    flash(gettext("It stays unpublished."), "good")
    return redirect(url_for(".publication", dialogue_id=dialogue.public_id, application_id=application_id), 303)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/conditions")
@requires(Action.WATCH_ACCESS)
def conditions(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Conditions with their checks, how access stands, what comes due."""
    return _watch_page(for_judges(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/conditions/<uuid:condition_id>")
@requires(Action.WATCH_ACCESS)
def check(dialogue: Dialogue, application_id: uuid.UUID, condition_id: uuid.UUID) -> ResponseReturnValue:
    """What a check found."""
    application = for_judges(dialogue, application_id)
    form = CheckForm(prefix=f"c{condition_id.hex}-")
    if form.validate():
        with form.catching(), transaction():
            condition = register_reads.find_condition(application, condition_id) or abort(404)
            standing = ConditionStanding(form.standing.data)
            acts.check_condition(
                condition, standing=standing, evidence=form.evidence.data or "", by=by_staff(), now=utcnow()
            )
    if form.is_refused:
        return _watch_page(application, checks={condition_id: form}), 422
    flash(gettext("The check is kept. The register shows it."), "good")
    return redirect(url_for(".conditions", dialogue_id=dialogue.public_id, application_id=application_id), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/conditions/access")
@requires(Action.WATCH_ACCESS)
def change_access(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Suspends, restores or revokes access."""
    application = for_judges(dialogue, application_id)
    form = _access_form(application, AccessForm(prefix="access-"))
    if form.validate():
        with form.catching(), transaction():
            about = uuid.UUID(form.condition.data) if form.condition.data else None
            acts.change_access(
                application, AccessMove(form.move.data), reason=form.reason.data or "", condition=about,
                by=by_staff(), now=utcnow(),
            )  # fmt: skip
    if form.is_refused:
        return _watch_page(application, access_form=form), 422
    flash(gettext("The register shows it now, with the reason."), "good")
    return redirect(url_for(".conditions", dialogue_id=dialogue.public_id, application_id=application_id), 303)


@bp.get("/d/<uuid:dialogue_id>/committee/lessons")
@requires(Action.WATCH_ACCESS)
def lessons(dialogue: Dialogue) -> ResponseReturnValue:
    """Published lessons, and a box for a new one."""
    return _lessons_page(dialogue, LessonForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/committee/lessons")
@requires(Action.WATCH_ACCESS)
def publish_lesson(dialogue: Dialogue) -> ResponseReturnValue:
    """Publishes a lesson that names nobody."""
    form = LessonForm()
    if form.validate():
        with form.catching(), transaction():
            acts.publish_lesson(dialogue, words=form.words.data or "", by=by_staff(), now=utcnow())
    if form.is_refused:
        return _lessons_page(dialogue, form), 422
    flash(gettext("Published beside the register. Nothing leads back to an application."), "good")
    return redirect(url_for(".lessons", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/record")
@requires(Action.SEE_COMMITTEE_RECORD)
def process(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """How the committee worked, in counts and days: no names, no scores, no drafts."""
    application = for_committee(dialogue, application_id)
    return render_template(
        "committee/record.html",
        application=application,
        process=process_of(application),
        committee_labels=committee_labels,
    )


def _access_form(application: AccessApplication, form: AccessForm) -> AccessForm:
    watched = register_reads.conditions_of(reads.newest_decision(application))
    return form.offer(possible_moves(register_reads.access_state(application)), watched)


def publication_page(
    application: AccessApplication, form: Form | None = None, close_form: CloseForm | None = None
) -> str:
    """The page of publication; a refused form is shown again."""
    now, account = utcnow(), by_staff()
    decision = reads.newest_decision(application)
    facts = facts_of(application, account, now)
    entry = register_reads.entry_of(application)
    return render_template(
        "committee/publication.html",
        application=application,
        decision=decision,
        record=entry.record if entry else _draft(application, decision),
        entry=entry,
        until=facts.response_until,
        blocks={
            to: refusal(facts, to, now) for to in (ApplicationState.PUBLISHED, ApplicationState.UNPUBLISHED_BY_CHOICE)
        },
        is_waiting=application.state is ApplicationState.RESPONSE_WINDOW,
        states=ApplicationState,
        may_close=refusal(facts, ApplicationState.CLOSED, now) is None,
        close_form=close_form or CloseForm(prefix="close-", formdata=None),
        refused=form or close_form,
        committee_labels=committee_labels,
    )


def _draft(application: AccessApplication, decision: AccessDecision | None) -> dict[str, object] | None:
    return record_of(application, decision, utcnow()) if decision else None


def _watch_page(
    application: AccessApplication,
    *,
    checks: dict[uuid.UUID, CheckForm] | None = None,
    access_form: AccessForm | None = None,
) -> str:
    decision, today = reads.newest_decision(application), utcnow().date()
    watched = register_reads.conditions_of(decision)
    facts = register_reads.review_facts(application)
    boxes = {
        one.condition.public_id: (checks or {}).get(one.condition.public_id)
        or CheckForm(prefix=f"c{one.condition.public_id.hex}-", formdata=None)
        for one in watched
    }
    return render_template(
        "committee/conditions.html",
        application=application,
        decision=decision,
        watched=watched,
        boxes=boxes,
        access=register_reads.access_state(application),
        access_form=access_form or _access_form(application, AccessForm(prefix="access-", formdata=None)),
        changes=register_reads.changes_of(application),
        plan=planned(facts, until=years_after(today, 3)) if facts else [],
        next_review=next_review(facts) if facts else None,
        entry=register_reads.entry_of(application),
        today=today,
        refused=access_form or next(iter((checks or {}).values()), None),
        committee_labels=committee_labels,
    )


def _lessons_page(dialogue: Dialogue, form: LessonForm) -> str:
    return render_template("committee/lessons.html", form=form, lessons=register_reads.lessons_of(dialogue))
