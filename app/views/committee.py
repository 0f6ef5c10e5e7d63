"""The committee's pages: what lies before it, one application with its members, declarations, the rubric."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields import SelectChoice

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import committee_labels
from app.forms.committee import AwayForm, InterestForm, RubricForm
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.queries import committee as reads
from app.queries.assessment import versions_of
from app.queries.assessment_facts import person_of
from app.queries.committee_material import findings_for, points_for
from app.services import committee as acts
from app.services.committee_decision import committee_now
from app.views.committee_guard import for_committee
from deliberation.committee import unanswered
from deliberation.rubric import RubricPart

bp = Blueprint("committee", __name__)


@bp.get("/d/<uuid:dialogue_id>/committee")
@requires(Action.SEE_COMMITTEE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every submitted application, and what it waits for from whoever is here."""
    account = by_staff()
    found = [one for one in reads.applications_before(dialogue) if person_of(one, account) is None]
    standing = {one.id: reads.member_at(one, account, reads.round_of(one)) for one in found}
    return render_template("committee/index.html", found=found, standing=standing, sitting=reads.SITTING)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee")
@requires(Action.SEE_COMMITTEE)
def show(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """One application: who takes part, what is there to read, what is next."""
    return _page(for_committee(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/interest")
@requires(Action.JUDGE_APPLICATION)
def declare(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Declares an interest, or that there is none; or stands aside."""
    application, form = for_committee(dialogue, application_id), InterestForm()
    if form.validate():
        with form.catching(), transaction():
            acts.declare_interest(
                application, words=form.words.data or "", is_recused=form.stands.data == "aside", by=by_staff()
            )
    if form.is_refused:
        return _page(application, interest=form), 422
    flash(gettext("Your declaration is kept."), "good")
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, application_id=application.public_id), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/away")
@requires(Action.JUDGE_APPLICATION)
def away(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The chair notes that a member takes no part."""
    application = for_committee(dialogue, application_id)
    form = _away_form(application)
    if form.validate():
        with form.catching(), transaction():
            found = (one for one in reads.committee_of(dialogue) if str(one.public_id) == form.member.data)
            member = next(found, None) or abort(404)
            acts.note_away(application, member, words=form.words.data or "", by=by_staff())
    if form.is_refused:
        return _page(application, away_form=form), 422
    flash(gettext("Noted. The decision does not wait for this member."), "good")
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, application_id=application.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/committee/rubric")
@requires(Action.SEE_COMMITTEE)
def rubric(dialogue: Dialogue) -> ResponseReturnValue:
    """The rubric as it stands, and a box to write a new version."""
    form = RubricForm(formdata=None).fill(reads.criteria_of(reads.newest_rubric(dialogue)))
    return _rubric_page(dialogue, form)


@bp.post("/d/<uuid:dialogue_id>/committee/rubric")
@requires(Action.JUDGE_APPLICATION)
def save_rubric(dialogue: Dialogue) -> ResponseReturnValue:
    """A new version; scores that were given keep theirs."""
    form = RubricForm()
    if form.validate():
        wanted = form.wanted()
        if not form.is_refused:
            with form.catching(), transaction():
                acts.edit_rubric(dialogue, wanted, by=by_staff(), now=utcnow())
    if form.is_refused:
        return _rubric_page(dialogue, form), 422
    flash(gettext("The rubric has a new version. Scores that were given keep theirs."), "good")
    return redirect(url_for(".rubric", dialogue_id=dialogue.public_id), 303)


def _away_form(application: AccessApplication) -> AwayForm:
    form = AwayForm(prefix="away-")
    rows = [
        SelectChoice(str(one.public_id), one.display_name) for one in reads.committee_of(application.asset.dialogue)
    ]
    form.member.choices = rows
    return form


def _page(
    application: AccessApplication, *, interest: InterestForm | None = None, away_form: AwayForm | None = None
) -> str:
    account, number = by_staff(), reads.round_of(application)
    own = reads.newest_interests(application).get(account.id)
    if interest is None:
        stands = {"stands": "aside" if own.is_recused else "yes", "words": own.words} if own and not own.is_away else {}
        interest = InterestForm(formdata=None, data=stands)
    now = committee_now(application, utcnow())
    return render_template(
        "committee/show.html",
        application=application,
        number=number,
        seats=reads.seats_of(application, number),
        own=own,
        member=reads.member_at(application, account, number),
        is_chair=application.asset.chair_account_id == account.id,
        is_sitting=application.state in reads.SITTING,
        may_declare=application.state in acts.DECLARING,
        interest=interest,
        away_form=away_form or _away_form(application),
        now=now,
        open_points=unanswered(now),
        points=points_for(application),
        has_report=reads.has_report(application),
        chosen=findings_for(application),
        versions=versions_of(application),
        declarations=reads.interests_of(application),
        decisions=reads.decisions_of(application),
        refused=interest if interest.errors else away_form,
        committee_labels=committee_labels,
    )


def _rubric_page(dialogue: Dialogue, form: RubricForm) -> str:
    newest = reads.newest_rubric(dialogue)
    return render_template(
        "committee/rubric.html",
        form=form,
        criteria=reads.criteria_of(newest),
        version=newest.version if newest else 1,
        parts=list(RubricPart),
        committee_labels=committee_labels,
    )
