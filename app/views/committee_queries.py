"""Questions of the committee to the applicant: asking, answering, going on."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms.committee import AnswerForm, GoOnForm, QueryForm
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.queries import committee as reads
from app.services import committee_queries as acts
from app.views.access_pages import frame
from app.views.committee_guard import for_judges, for_team
from deliberation.assessment import ApplicationState

bp = Blueprint("committee_queries", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/questions")
@requires(Action.JUDGE_APPLICATION)
def index(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Questions and answers, and a box for a new one."""
    return _page(for_judges(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/questions")
@requires(Action.JUDGE_APPLICATION)
def ask(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """Puts a question to the applicant."""
    application, form = for_judges(dialogue, application_id), QueryForm()
    if form.validate():
        with form.catching(), transaction():
            assert form.due_on.data is not None
            acts.ask(
                application, words=form.words.data or "", relies_on_report=form.relies_on_report.data,
                due_on=form.due_on.data, by=by_staff(), now=utcnow(),
            )  # fmt: skip
    if form.is_refused:
        return _page(application, form), 422
    flash(gettext("The applicant sees the question now."), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id, application_id=application.public_id), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/committee/questions/go-on")
@requires(Action.JUDGE_APPLICATION)
def go_on(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The chair goes on without an answer."""
    application, form = for_judges(dialogue, application_id), GoOnForm(prefix="go-")
    if form.validate():
        with form.catching(), transaction():
            acts.go_on(application, why=form.why.data or "", by=by_staff(), now=utcnow())
    if form.is_refused:
        return _page(application, go_form=form), 422
    return redirect(url_for(".index", dialogue_id=dialogue.public_id, application_id=application.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/questions")
@requires(Action.ANSWER_COMMITTEE)
def own(dialogue: Dialogue, application_id: uuid.UUID) -> ResponseReturnValue:
    """The committee's questions, for the applicant's team."""
    return _own_page(for_team(dialogue, application_id))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/questions/<uuid:query_id>")
@requires(Action.ANSWER_COMMITTEE)
def answer(dialogue: Dialogue, application_id: uuid.UUID, query_id: uuid.UUID) -> ResponseReturnValue:
    """The applicant answers one."""
    application = for_team(dialogue, application_id)
    form = AnswerForm(prefix=f"q{query_id.hex}-")
    if form.validate():
        with form.catching(), transaction():
            query = reads.find_query(application, query_id) or abort(404)
            acts.answer(query, words=form.words.data or "", by=by_staff(), now=utcnow())
    if form.is_refused:
        return _own_page(application, {query_id: form}), 422
    flash(gettext("The committee sees your answer now."), "good")
    return redirect(url_for(".own", dialogue_id=dialogue.public_id, application_id=application.public_id), 303)


def _page(application: AccessApplication, form: QueryForm | None = None, go_form: GoOnForm | None = None) -> str:
    today, number = utcnow().date(), reads.round_of(application)
    return render_template(
        "committee/questions.html",
        application=application,
        queries=reads.queries_of(application),
        open_queries=reads.open_queries(application, today),
        form=form or QueryForm(formdata=None).suggest(today),
        go_form=go_form or GoOnForm(prefix="go-", formdata=None),
        refused=form or go_form,
        member=reads.member_at(application, by_staff(), number),
        is_chair=application.asset.chair_account_id == by_staff().id,
        is_sitting=application.state in reads.SITTING,
        is_waiting=application.state is ApplicationState.QUERY,
    )


def _own_page(application: AccessApplication, forms: dict[uuid.UUID, AnswerForm] | None = None) -> str:
    queries = reads.queries_of(application)
    boxes = {
        one.public_id: (forms or {}).get(one.public_id) or AnswerForm(prefix=f"q{one.public_id.hex}-", formdata=None)
        for one in queries
        if one.answered_at is None
    }
    return render_template(
        "outcomes/questions.html",
        **frame(application),
        queries=queries,
        boxes=boxes,
        refused=next(iter((forms or {}).values()), None),
        is_sitting=application.state in reads.SITTING,
    )
