"""Writing together: a table's drafts, the pen, suggestions of other tables, agreement."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction, utcnow
from app.forms.base import Form
from app.forms.drafting import AgreeForm, AnswerForm, BeginForm, PenForm, SaveForm, SuggestForm
from app.models.dialogues import Dialogue, Stage
from app.models.drafting import Draft
from app.queries import drafting as found
from app.services import drafting as acts
from app.services.recording import new_client_key
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.stage_pages import shell
from deliberation.drafting import DRAFT_LIMIT, Agreement, DraftKind, SuggestionState, pen_is_free

bp = Blueprint("drafting", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/new")
@requires(Action.WRITE_DRAFT)
def new(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """An empty box for the words of a table."""
    return _begin_page(dialogue, stage, BeginForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/new")
@requires(Action.WRITE_DRAFT)
def begin(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Keeps the first version; the person holds the pen."""
    form, by = BeginForm(), by_participant()
    if form.validate():
        with form.catching(), transaction():
            start_stage(stage, by=by)
            draft = acts.begin_draft(stage, DraftKind(form.kind.data), form.text.data or "", by=by)
    if form.is_refused:
        return _begin_page(dialogue, stage, form), 422
    return redirect(_at(dialogue, stage, draft), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>")
@requires(Action.READ_MATERIAL)
def show(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID) -> ResponseReturnValue:
    """One draft: to write on at its own table, to read and answer at any other."""
    draft, is_own = _found(stage, draft_id)
    return _page(dialogue, stage, draft, is_own)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>/pen")
@requires(Action.WRITE_DRAFT)
def take_pen(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID) -> ResponseReturnValue:
    """The person becomes the table's scribe."""
    draft, is_own = _found(stage, draft_id)
    form = PenForm()
    with form.catching(), transaction():
        acts.take_pen(draft, by=by_participant())
    return _answer(dialogue, stage, draft, is_own, pen=form)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>/pen/down")
@requires(Action.WRITE_DRAFT)
def put_pen_down(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID) -> ResponseReturnValue:
    """Anybody else at the table may write now."""
    draft, is_own = _found(stage, draft_id)
    form = PenForm()
    with form.catching(), transaction():
        acts.put_pen_down(draft, by=by_participant())
    return _answer(dialogue, stage, draft, is_own, pen=form)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>/save")
@requires(Action.WRITE_DRAFT)
def save(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID) -> ResponseReturnValue:
    """One more version; where somebody saved meanwhile, both texts are shown and nothing is lost."""
    draft, is_own = _found(stage, draft_id)
    form = SaveForm()
    if form.validate():
        with form.catching(), transaction():
            acts.save_draft(draft, form.text.data or "", based_on=form.based_on.data or 0, by=by_participant())
    if not form.is_refused:
        flash(gettext("Saved."), "good")
    return _answer(dialogue, stage, draft, is_own, save=form)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>/suggest")
@requires(Action.WRITE_DRAFT)
def suggest(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID) -> ResponseReturnValue:
    """Other words from another table."""
    draft, is_own = _found(stage, draft_id)
    form = SuggestForm()
    if form.validate():
        with form.catching(), transaction():
            start_stage(stage, by=by_participant())
            key, words = form.client_key.data or abort(400), form.text.data or ""
            acts.suggest_change(draft, words, quote=form.quote.data or "", client_key=key, by=by_participant())
    if not form.is_refused:
        flash(gettext("Sent to the table that wrote it."), "good")
    return _answer(dialogue, stage, draft, is_own, suggest=form)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>/suggestions/<uuid:suggestion_id>/answer")
@requires(Action.WRITE_DRAFT)
def answer(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID, suggestion_id: uuid.UUID) -> ResponseReturnValue:
    """What the table did with a suggestion."""
    draft, is_own = _found(stage, draft_id)
    suggestion = found.find_suggestion(draft, suggestion_id) or abort(404)
    form = AnswerForm()
    if form.validate():
        with form.catching(), transaction():
            state = SuggestionState(form.state.data)
            acts.answer_suggestion(draft, suggestion, state, reason=form.reason.data or "", by=by_participant())
    return _answer(dialogue, stage, draft, is_own, answer=form, answered=suggestion.id)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>/suggestions/<uuid:suggestion_id>/withdraw")
@requires(Action.READ_MATERIAL)
def withdraw(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID, suggestion_id: uuid.UUID) -> ResponseReturnValue:
    """Takes one's own suggestion back, also after the part has closed."""
    draft, is_own = _found(stage, draft_id)
    suggestion = found.find_suggestion(draft, suggestion_id) or abort(404)
    form = PenForm()
    with form.catching(), transaction():
        acts.withdraw_suggestion(suggestion, by=by_participant())
    return _answer(dialogue, stage, draft, is_own, pen=form)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/drafts/<uuid:draft_id>/agree")
@requires(Action.WRITE_DRAFT)
def agree(dialogue: Dialogue, stage: Stage, draft_id: uuid.UUID) -> ResponseReturnValue:
    """ "I agree", or "I agree, except ..."; never counted from silence."""
    draft, is_own = _found(stage, draft_id)
    form = AgreeForm()
    if form.validate():
        with form.catching(), transaction():
            start_stage(stage, by=by_participant())
            acts.agree(draft, Agreement(form.said.data), form.words.data or "", by=by_participant())
    return _answer(dialogue, stage, draft, is_own, agree=form)


def _found(stage: Stage, draft_id: uuid.UUID) -> tuple[Draft, bool]:
    return found.find_visible(stage, by_participant(), draft_id) or abort(404)


def _at(dialogue: Dialogue, stage: Stage, draft: Draft) -> str:
    return url_for("drafting.show", draft_id=draft.public_id, **here(dialogue, stage))


def _answer(dialogue: Dialogue, stage: Stage, draft: Draft, is_own: bool, **sent: Any) -> ResponseReturnValue:
    """Back to the draft, or the draft's page with what was refused."""
    if any(isinstance(form, Form) and form.is_refused for form in sent.values()):
        return _page(dialogue, stage, draft, is_own, **sent), 422
    return redirect(_at(dialogue, stage, draft), 303)


def _begin_page(dialogue: Dialogue, stage: Stage, form: BeginForm) -> str:
    values = shell(dialogue, stage, by_participant(), is_preview=False)
    return render_template("drafting/new.html", **values, form=form, limit=DRAFT_LIMIT)


def _page(dialogue: Dialogue, stage: Stage, draft: Draft, is_own: bool, **sent: Any) -> str:
    by = by_participant()
    mine = found.agreement_by(draft, by)
    version = draft.current if is_own else draft.shown or abort(404)
    if (save := sent.get("save")) is not None:
        save.based_on.data = save.based_on.raw_data = None  # sent again, it is on the version that is shown above it
    return render_template(
        "drafting/show.html",
        **shell(dialogue, stage, by, is_preview=False),
        draft=draft,
        version=version,
        is_own=is_own,
        holds_pen=draft.pen_holder_id == by.id,
        pen_is_free=pen_is_free(draft.pen_holder_id, draft.pen_used_at, utcnow(), by.id),
        suggestions=[one for one in found.suggestions_on(draft) if is_own or one.participant_id == by.id],
        agreed=found.agreed_on(draft),
        refused=next((form for form in sent.values() if isinstance(form, Form) and form.is_refused), None),
        save=save or SaveForm(formdata=None, data={"text": version.text}),
        suggest=sent.get("suggest") or SuggestForm(formdata=None, data={"client_key": new_client_key()}),
        answer=sent.get("answer") or AnswerForm(formdata=None),
        answered=sent.get("answered"),
        agree=sent.get("agree")
        or AgreeForm(formdata=None, data={"said": mine.said.value, "words": mine.words} if mine else {}),
        limit=DRAFT_LIMIT,
    )
