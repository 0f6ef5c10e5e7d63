"""The committee's screening: complete or not, pass or stop, with reasons."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff
from app.db import transaction, utcnow
from app.forms.access_applications import ScreenForm
from app.models.access_applications import AccessApplication
from app.services.assessment_moves import move
from app.views.access_guard import page_of, requires_application
from app.views.access_pages import frame
from app.views.assessment import template_words
from deliberation.assessment import ApplicationState

bp = Blueprint("screening", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/screening")
@requires_application(Action.SCREEN_APPLICATION)
def show(application: AccessApplication) -> ResponseReturnValue:
    """What was handed in with its gaps, and the form; afterwards, what was said."""
    return _page(application, ScreenForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/screening")
@requires_application(Action.SCREEN_APPLICATION)
def screen(application: AccessApplication) -> ResponseReturnValue:
    """Passes or stops it."""
    form = ScreenForm()
    if form.validate():
        said = {"is_complete": form.is_complete.data == "yes"}
        to = ApplicationState(form.outcome.data)
        with form.catching(), transaction():
            move(application, to, by=by_staff(), why=form.why.data or "", now=utcnow(), said=said)
        if not form.is_refused:
            flash(gettext("The screening is kept, with your reasons."))
            return redirect(page_of(application), 303)
    return _page(application, form), 409 if form.form_errors else 422


def _page(application: AccessApplication, form: ScreenForm) -> str:
    screened = {ApplicationState.SCREENED_IN, ApplicationState.SCREENED_OUT}
    before = [one for one in application.moves if one.state_after in screened]
    return render_template(
        "access_applications/screening.html", **frame(application), form=form, before=before, **template_words()
    )
