"""Want to say why? A page after a vote, never in the way; and taking a reason back."""

import uuid

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction
from app.exports.reasons_csv import reasons_csv
from app.forms.vote_reasons import ReasonForm, TakeBackForm
from app.forms.vote_settings import chip_words
from app.forms.voting import PassForm
from app.models.dialogues import Dialogue, Stage
from app.models.voting import Statement
from app.queries.analysis import statements_of
from app.queries.vote_reasons import find_own_reason, reason_for, reasons_frame, standing_words
from app.queries.voting import find_votable, own_votes
from app.services.vote_reasons import explain_vote, take_back_reason
from app.views.addresses import here
from app.views.own_words import warning_page
from app.views.stage_pages import shell
from deliberation.comments import REASON_LIMIT
from deliberation.reasons import offered_chips
from deliberation.voting import Position

bp = Blueprint("vote_reasons", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/why/<uuid:statement_id>")
@requires(Action.READ_MATERIAL)
def show(dialogue: Dialogue, stage: Stage, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Reasons to tick and a box, about one's own vote on one statement."""
    statement, position = _voted(stage, statement_id)
    reason = reason_for(by_participant(), statement, position)
    values = {"chips": reason.chips if reason else [], "back": request.args.get("back", "")}
    form = ReasonForm(formdata=None, data=values)
    return _page(dialogue, stage, statement, position, form)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/why/<uuid:statement_id>")
@requires(Action.CAST_VOTE)
def save(dialogue: Dialogue, stage: Stage, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps what was said; sending nothing is an answer too."""
    statement, position = _voted(stage, statement_id)
    form, by = ReasonForm(), by_participant()
    if not form.validate():
        return _page(dialogue, stage, statement, position, form), 422
    address = url_for(".save", statement_id=statement_id, **here(dialogue, stage))
    box = lambda: _page(dialogue, stage, statement, position, form)  # noqa: E731
    warning = warning_page(dialogue, stage, by, form, address=address, with_box=box)
    words = "" if warning else form.text.data or ""
    with form.catching(), transaction():
        explain_vote(stage, statement, chips=form.chosen, words=words, by=by)
    if form.is_refused:
        return _page(dialogue, stage, statement, position, form), 422
    if warning:
        return warning
    if form.back.data == "list":
        return redirect(f"{url_for('voting.as_list', **here(dialogue, stage))}#s{statement.number}", 303)
    return redirect(url_for("taking_part.stage", **here(dialogue, stage)), 303)


@bp.get("/d/<uuid:dialogue_id>/analysis/reasons.csv")
@requires(Action.RUN_ANALYSIS)
def download(dialogue: Dialogue) -> ResponseReturnValue:
    """Why people voted as they did, for analysts; stages that have not closed are left out."""
    name = "synthetic-reasons.csv" if dialogue.is_synthetic else "reasons.csv"
    return Response(
        reasons_csv(reasons_frame(dialogue), statements_of(dialogue), chip_words, is_synthetic=dialogue.is_synthetic),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


@bp.post("/d/<uuid:dialogue_id>/mine/reason")
@requires(Action.WITHDRAW_OWN_WORDS, own=True)
def take_back(dialogue: Dialogue) -> ResponseReturnValue:
    """Takes back what was ticked."""
    form, by = TakeBackForm(), by_participant()
    if not form.validate() or form.reason_id.data is None:
        abort(400)
    with transaction():
        reason = find_own_reason(by, form.reason_id.data) or abort(404)
        take_back_reason(reason, by=by)
    flash(gettext("You have taken this back. Nobody counts it any more."), "good")
    return redirect(url_for("contributions.index", dialogue_id=dialogue.public_id), 303)


def _voted(stage: Stage, statement_id: uuid.UUID) -> tuple[Statement, Position]:
    """The statement, and how the person here voted on it; 404 without a vote."""
    statement = find_votable(stage, statement_id) or abort(404)
    vote = own_votes(by_participant()).get(statement.id)
    return (statement, vote.position) if vote is not None else abort(404)


def _page(dialogue: Dialogue, stage: Stage, statement: Statement, position: Position, form: ReasonForm) -> str:
    by = by_participant()
    return render_template(
        "vote_reasons/show.html",
        **shell(dialogue, stage, by, is_preview=False),
        statement=statement,
        position=position,
        words=standing_words(reason_for(by, statement, position)),
        form=form.offer(offered_chips(stage.reason_chips, position)),
        pass_form=PassForm(formdata=None) if position is Position.PASS else None,
        limit=REASON_LIMIT,
    )
