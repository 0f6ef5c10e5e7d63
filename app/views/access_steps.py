"""Two steps that have no page of their own: the synthesis begins, and an application is closed."""

import uuid

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms.register import CloseForm
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.services.assessment_moves import move
from app.views.access_guard import page_of, requires_application
from app.views.access_watch import publication_page
from app.views.committee_guard import for_committee
from deliberation.assessment import ApplicationState

bp = Blueprint("access_steps", __name__)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/synthesis")
@requires_application(Action.PLAN_STEPS)
def synthesis(application: AccessApplication) -> ResponseReturnValue:
    """The panel has checked its record; the team may change the assessment and answer the points."""
    with transaction():
        move(application, ApplicationState.SYNTHESIS, by=by_staff(), now=utcnow())
    flash(gettext("The team can now change the assessment and answer the points."), "good")
    return redirect(page_of(application), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/close")
@requires(Action.PUBLISH_RECORD)
def close(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Closes an application whose access has ended, or that was not granted; with why."""
    application, form = for_committee(dialogue, application_id), CloseForm(prefix="close-")
    if form.validate():
        with form.catching(), transaction():
            move(application, ApplicationState.CLOSED, by=by_staff(), why=form.why.data or "", now=utcnow())
    if form.is_refused:
        return publication_page(application, close_form=form), 422
    flash(gettext("It is closed. What was published stays in the register."), "good")
    return redirect(page_of(application), 303)
