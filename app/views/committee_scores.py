"""Scoring alone, and the spread afterwards."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import committee_labels
from app.forms.committee import LEVELS, ChangeScoreForm, ScoreForm, levels_in
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.queries import committee as reads
from app.services import committee as acts
from app.views.committee_guard import for_judges
from deliberation.committee import may_see_spread
from deliberation.rubric import RubricPart, differing

bp = Blueprint("committee_scores", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/score")
@requires(Action.JUDGE_APPLICATION)
def score(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The rubric with one's own levels."""
    application = for_judges(dialogue, application_id)
    own = reads.score_of(application, by_staff(), reads.round_of(application))
    held = (own.levels, own.notes) if own else ({}, {})
    return _score_page(application, ScoreForm(formdata=None), *held)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/score")
@requires(Action.JUDGE_APPLICATION)
def hand_in(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Hands the whole set in."""
    application, form = for_judges(dialogue, application_id), ScoreForm()
    levels, notes = levels_in(request.form, _criteria(application))
    if form.validate():
        with form.catching(), transaction():
            acts.hand_in_scores(application, levels=levels, notes=notes, by=by_staff(), now=utcnow())
    if form.is_refused:
        return _score_page(application, form, levels, notes), 422
    flash(gettext("Your scores are in. You can change them until you open the spread."), "good")
    return _to(dialogue, application, ".spread")


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/spread")
@requires(Action.JUDGE_APPLICATION)
def spread(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """How the members' levels are spread, once one's own are in and one has opened it."""
    return _spread_page(for_judges(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/spread")
@requires(Action.JUDGE_APPLICATION)
def open_spread(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Opens the spread; from now on changes are marked."""
    application = for_judges(dialogue, application_id)
    with transaction():
        acts.open_spread(application, by=by_staff(), now=utcnow())
    return _to(dialogue, application, ".spread")


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/spread/change")
@requires(Action.JUDGE_APPLICATION)
def change(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Changes one level, with why."""
    application = for_judges(dialogue, application_id)
    form = ChangeScoreForm().offer(_criteria(application))
    if form.validate():
        with form.catching(), transaction():
            acts.change_score(
                application, criterion=form.criterion.data, level=form.level.data, reason=form.reason.data or "",
                by=by_staff(), now=utcnow(),
            )  # fmt: skip
    if form.is_refused:
        return _spread_page(application, form), 422
    flash(gettext("Changed, and marked as changed after the spread was seen."), "good")
    return _to(dialogue, application, ".spread")


def _to(dialogue: Dialogue, application: AccessApplication, endpoint: str) -> ResponseReturnValue:
    return redirect(
        url_for(endpoint, dialogue_id=dialogue.public_id, application_id=application.public_id), 303
    )


def _criteria(application: AccessApplication) -> tuple[reads.Criterion, ...]:
    own = reads.score_of(application, by_staff(), reads.round_of(application))
    if own is not None and own.seen_at is not None:
        return reads.criteria_of(own.rubric)
    return reads.criteria_of(reads.newest_rubric(application.asset.dialogue))


def _score_page(
    application: AccessApplication, form: ScoreForm, levels: dict[str, str], notes: dict[str, str]
) -> str:
    number = reads.round_of(application)
    newest = reads.newest_rubric(application.asset.dialogue)
    return render_template(
        "committee/score.html",
        application=application,
        form=form,
        criteria=_criteria(application),
        version=newest.version if newest else 1,
        parts=list(RubricPart),
        levels=levels,
        notes=notes,
        scale=LEVELS,
        member=reads.member_at(application, by_staff(), number),
        is_sitting=application.state in reads.SITTING,
        committee_labels=committee_labels,
    )


def _spread_page(application: AccessApplication, form: ChangeScoreForm | None = None) -> str:
    account, number = by_staff(), reads.round_of(application)
    member = reads.member_at(application, account, number)
    own = reads.score_of(application, account, number)
    shown = reads.spread_of(application, number) if may_see_spread(member) and member.has_seen else None
    return render_template(
        "committee/spread.html",
        application=application,
        member=member,
        own=own,
        spread=shown,
        apart=differing(shown.counts) if shown else [],
        scale=LEVELS,
        parts=list(RubricPart),
        form=form or ChangeScoreForm(formdata=None).offer(_criteria(application)),
        waiting=sum(seat.member.is_waited_for for seat in reads.seats_of(application, number)),
        is_sitting=application.state in reads.SITTING,
        committee_labels=committee_labels,
    )
