"""What the public dialogue said about a purpose: chosen by staff, shown to the panel; and what became of it."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import committee_labels
from app.forms.register import ChooseForm
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.models.workshops import AssessmentWorkshop
from app.queries import committee_material as reads
from app.queries import register as register_reads
from app.queries.terms import number_of, words_now
from app.queries.workshops import workshop_of
from app.services.public_findings import choose as choose_one
from app.services.public_findings import take_out
from app.views.committee_guard import for_committee

bp = Blueprint("public_findings", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/public-dialogue")
@requires(Action.CHOOSE_PUBLIC_FINDINGS)
def index(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """What is shown to the panel and the committee, and a box to choose more."""
    return _page(for_committee(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/public-dialogue")
@requires(Action.CHOOSE_PUBLIC_FINDINGS)
def choose(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Shows one more."""
    application = for_committee(dialogue, application_id)
    form = _form(application, ChooseForm())
    if form.validate():
        with form.catching(), transaction():
            choose_one(application, form.what.data, why=form.why.data or "", by=by_staff())
    if form.is_refused:
        return _page(application, form), 422
    flash(gettext("The panel and the committee see it now."), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id, application_id=application_id), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/public-dialogue/<uuid:shown_id>/remove")
@requires(Action.CHOOSE_PUBLIC_FINDINGS)
def remove(dialogue: Dialogue, application_id: uuid.UUID, shown_id: uuid.UUID) -> ResponseReturnValue:
    """Shows one no longer."""
    application = for_committee(dialogue, application_id)
    with transaction():
        take_out(application, shown_id, by=by_staff())
    return redirect(url_for(".index", dialogue_id=dialogue.public_id, application_id=application_id), 303)


@bp.get("/d/<uuid:dialogue_id>/panel/public-dialogue")
@requires(Action.SEE_PUBLIC_IN_PANEL)
def for_panel(dialogue: Dialogue) -> ResponseReturnValue:
    """In the workshop's own dialogue: what the public said about this purpose."""
    workshop = _workshop(dialogue)
    return render_template(
        "panel/public_dialogue.html",
        application=workshop.application,
        chosen=reads.findings_for(workshop.application),
        source=workshop.application.asset.dialogue,
        number_of=number_of,
        words_now=words_now,
    )


@bp.get("/d/<uuid:dialogue_id>/panel/what-became-of-it")
@requires(Action.SEE_PUBLIC_IN_PANEL)
def became(dialogue: Dialogue) -> ResponseReturnValue:
    """In the workshop's own dialogue: the published decision, and the result in plain words."""
    workshop = _workshop(dialogue)
    entry = register_reads.entry_of(workshop.application)
    return render_template(
        "panel/what_became_of_it.html",
        application=workshop.application,
        entry=register_reads.live(entry, utcnow().date()) if entry else None,
        committee_labels=committee_labels,
    )


def _workshop(dialogue: Dialogue) -> AssessmentWorkshop:
    return workshop_of(dialogue) or abort(404)


def _form(application: AccessApplication, form: ChooseForm) -> ChooseForm:
    return form.offer(reads.choosable_findings(application), reads.choosable_clauses(application))


def _page(application: AccessApplication, form: ChooseForm | None = None) -> str:
    return render_template(
        "committee/public_dialogue.html",
        application=application,
        chosen=reads.findings_for(application),
        form=form or _form(application, ChooseForm(formdata=None)),
        number_of=number_of,
        words_now=words_now,
    )
