"""The decision's page: each panel point with the committee's answer, dissent, and the decision that the chair saves."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms import committee_labels
from app.forms.committee import ROWS, DecisionForm, DissentForm, cited_in, conditions_in, point_words
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.queries import committee as reads
from app.queries.committee_material import findings_for, points_for
from app.services import committee as acts
from app.services.committee_decision import committee_now, decide
from app.views.committee_guard import for_judges
from deliberation.committee import unanswered

bp = Blueprint("committee_decision", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/decision")
@requires(Action.JUDGE_APPLICATION)
def show(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Points as rows; below them the decision, for the chair."""
    return _page(for_judges(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/decision")
@requires(Action.JUDGE_APPLICATION)
def save(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the answers to the points; with the chair's button, saves the decision too, or nothing of it."""
    application = for_judges(dialogue, application_id)
    form, decides = DecisionForm(), request.form.get("act") == "decide"
    with form.catching(), transaction():
        _answers(application)
    refused = form.is_refused
    if decides and not refused and form.validate():
        with form.catching(), transaction():
            decide(
                application,
                form.draft(conditions_in(request.form)),
                consensus=form.consensus.data or "",
                cited=cited_in(request.form, findings_for(application)),
                by=by_staff(),
                now=utcnow(),
            )
    if form.is_refused:
        return _page(application, form, dict(request.form)), 422
    if decides:
        flash(gettext("The decision is saved. The applicant sees it now, with its reasons."), "good")
        return redirect(
            url_for("committee.show", dialogue_id=dialogue.public_id, application_id=application.public_id), 303
        )
    flash(gettext("The answers are kept."), "good")
    return _back(dialogue, application)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/dissent")
@requires(Action.JUDGE_APPLICATION)
def dissent(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps a member's own dissent."""
    application, form = for_judges(dialogue, application_id), DissentForm(prefix="dissent-")
    if form.validate():
        with form.catching(), transaction():
            acts.keep_dissent(
                application, words=form.words.data or "", is_named=form.named.data == "yes", by=by_staff(),
                now=utcnow(),
            )  # fmt: skip
    if form.is_refused:
        return _page(application, dissent_form=form), 422
    flash(gettext("Your dissent is kept. It is published with the decision."), "good")
    return _back(dialogue, application)


def _answers(application: AccessApplication) -> None:
    """Answers are kept even where the decision is refused afterwards: nothing that was typed is lost."""
    points = {one.public_id: one.id for one in points_for(application)}
    acts.answer_points(application, words=point_words(request.form, points), by=by_staff(), now=utcnow())


def _back(dialogue: Dialogue, application: AccessApplication) -> ResponseReturnValue:
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, application_id=application.public_id), 303)


def _page(
    application: AccessApplication,
    form: DecisionForm | None = None,
    typed: dict[str, str] | None = None,
    dissent_form: DissentForm | None = None,
) -> str:
    account, number = by_staff(), reads.round_of(application)
    own = reads.dissent_by(application, account, number)
    if dissent_form is None:
        data = {"words": own.words, "named": "yes" if own.is_named else "no"} if own else {}
        dissent_form = DissentForm(prefix="dissent-", formdata=None, data=data)
    now, member = committee_now(application, utcnow()), reads.member_at(application, account, number)
    may_read = member.has_scored or application.state not in reads.SITTING
    return render_template(
        "committee/decision.html",
        application=application,
        points=points_for(application),
        answers=reads.point_answers(application, number) if may_read else {},
        chosen=findings_for(application),
        form=form or DecisionForm(formdata=None),
        dissent_form=dissent_form,
        dissents=reads.dissents_of(application, number) if may_read else [],
        own_dissent=own,
        decided=reads.newest_decision(application),
        typed=typed or {},
        rows=range(ROWS),
        now=now,
        open_points=unanswered(now),
        puts=[one for one in reads.queries_of(application) if one.relies_on_report],
        member=member,
        is_chair=application.asset.chair_account_id == account.id,
        is_sitting=application.state in reads.SITTING,
        committee_labels=committee_labels,
    )
