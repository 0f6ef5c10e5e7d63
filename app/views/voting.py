"""Voting: one statement at a time, the list, undo, skip and why somebody passed."""

import uuid
from random import SystemRandom
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import db, transaction
from app.forms import labels
from app.forms.voting import PassForm, StatementForm, VoteForm
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.voting import Statement
from app.queries.ballot import newest_vote_id
from app.queries.statements import find_statement
from app.queries.voting import ballot_of, own_votes
from app.services import voting as acts
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.ballots import ballot_values, list_address, list_values
from app.views.own_words import warning_page
from app.views.stage_pages import shell, stage_page
from deliberation.voting import PassReason, Position, position_of

bp = Blueprint("voting", __name__)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote")
@requires(Action.CAST_VOTE)
def cast(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Casts one vote and chooses what comes next, unless a set of five is full."""
    form, by = VoteForm(), by_participant()
    if not form.validate_on_submit():
        return _say_what_is_wrong(dialogue, stage, form), 422
    statement = _statement(dialogue, form)
    position = position_of(form.position.data or "")
    with transaction():
        start_stage(stage, by=by)
        vote_id = acts.cast_vote(
            stage, statement, position, important=form.important.data, client_key=_key(form),
            after=form.newest_known, by=by,
        )  # fmt: skip
        if form.back.data != "list" and not ballot_of(stage, by).set_is_full:
            acts.show_next(stage, by=by, rng=SystemRandom())
    _say_if_another_counts(by, statement, vote_id)
    if form.back.data == "list":
        return redirect(list_address(dialogue, stage, statement), 303)
    return _answer(dialogue, stage, **{"passed" if position is Position.PASS else "voted": statement})


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/more")
@requires(Action.CAST_VOTE)
def more(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """ "Five more", also of those that were skipped."""
    by = by_participant()
    with transaction():
        start_stage(stage, by=by)
        acts.show_next(stage, by=by, rng=SystemRandom(), again=True)
    return _answer(dialogue, stage)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/skip")
@requires(Action.CAST_VOTE)
def skip(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """ "Skip for now"."""
    form, by = StatementForm(), by_participant()
    if not form.validate_on_submit():
        return _say_what_is_wrong(dialogue, stage, form), 422
    statement = _statement(dialogue, form)
    with transaction():
        acts.skip(stage, statement, by=by)
        acts.show_next(stage, by=by, rng=SystemRandom())
    return _answer(dialogue, stage)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/undo")
@requires(Action.CAST_VOTE)
def undo(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """ "Undo last"."""
    with transaction():
        acts.undo_last(stage, by=by_participant())
    return _answer(dialogue, stage)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/vote/why")
@requires(Action.CAST_VOTE)
def explain(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Why somebody passed; sending nothing is an answer too."""
    form, by = PassForm(), by_participant()
    if not form.validate_on_submit():
        return _say_what_is_wrong(dialogue, stage, form), 422
    statement = _statement(dialogue, form)
    if form.reason.data:
        page = warning_page(
            dialogue,
            stage,
            by,
            form,
            address=url_for(".explain", **here(dialogue, stage)),
            with_box=lambda: _why(dialogue, stage, form, statement),
            field="depends_on",
            as_fragment=_wants_fragment(),
        )
        if page is not None:
            return page
        with form.catching(), transaction():
            words = form.depends_on.data or ""
            acts.explain_pass(stage, statement, PassReason(form.reason.data), depends_on=words, by=by)
        if form.is_refused:
            return _why(dialogue, stage, form, statement, whole=True), 422
    return _answer(dialogue, stage)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/statements")
@requires(Action.READ_MATERIAL)
def as_list(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """All statements of the stage with the person's own votes; any can be changed while it is open."""
    by = by_participant()
    return render_template(
        "voting/list.html",
        **shell(dialogue, stage, by, is_preview=False),
        **list_values(stage, by),
        after=newest_vote_id(db.session.connection(), by.id),
    )


def _wants_fragment() -> bool:
    """Whether the script asks, and gets the card alone."""
    return bool(request.headers.get("Folkmoot-Fragment"))


def _why(dialogue: Dialogue, stage: Stage, form: PassForm, statement: Statement, *, whole: bool = False) -> str:
    """Why somebody passed, with what they wrote."""
    by = by_participant()
    values = {**shell(dialogue, stage, by, is_preview=False), **ballot_values(stage, by)}
    name = "voting/_card.html" if _wants_fragment() and not whole else "voting/page.html"
    return render_template(name, **values, passed=statement, pass_form=form)


def _answer(
    dialogue: Dialogue, stage: Stage, *, passed: Statement | None = None, voted: Statement | None = None
) -> ResponseReturnValue:
    """On to the page again; for the script, the card alone."""
    if request.headers.get("Folkmoot-Fragment"):
        by = by_participant()
        values = {**shell(dialogue, stage, by, is_preview=False), **ballot_values(stage, by)}
        said = voted.public_id if voted else None
        return render_template(
            "voting/_card.html", **values, passed=passed, pass_form=PassForm(formdata=None), voted=said,
            is_fragment=True,
        )
    after = {"passed": passed, "voted": voted}
    more_words: dict[str, Any] = {name: one.public_id for name, one in after.items() if one is not None}
    return redirect(url_for("taking_part.stage", **here(dialogue, stage), **more_words), 303)


def _say_if_another_counts(by: Participant, statement: Statement, vote_id: int) -> None:
    """Says which choice counts when what was sent is older than it, so that nobody is left in doubt."""
    now = own_votes(by).get(statement.id)
    if now is not None and now.vote_id != vote_id:
        words = gettext(
            "You chose “%(position)s” on this statement since. That choice counts.",
            position=labels.POSITIONS[now.position],
        )
        flash(words)


def _say_what_is_wrong(dialogue: Dialogue, stage: Stage, form: StatementForm) -> str:
    """The stage's page with what was wrong above it: its hidden fields have no place of their own."""
    for words in dict.fromkeys(str(words) for errors in form.errors.values() for words in errors):
        flash(words, "error")
    return stage_page(dialogue, stage, by_participant())


def _statement(dialogue: Dialogue, form: StatementForm) -> Statement:
    wanted = form.statement_id.data or abort(404)
    return find_statement(dialogue, wanted) or abort(404)


def _key(form: VoteForm) -> uuid.UUID:
    return form.client_key.data or abort(400)
