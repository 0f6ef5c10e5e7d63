"""Advice: the list, one piece with its answers, what may be done with it, and the reflection on earlier advice."""

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import oversight_labels
from app.forms.advice import AdviceForm, AnswerForm, WhyForm
from app.forms.base import Form
from app.models.advice import Advice
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup
from app.queries import advice as reads
from app.queries.oversight import group_of
from app.services import advice as acts
from deliberation.advice import AdviceState
from deliberation.oversight import Severity

bp = Blueprint("advice", __name__)


@bp.get("/d/<uuid:dialogue_id>/oversight/advice")
@requires(Action.SEE_OVERSIGHT)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every piece; `state` and `severity` say which."""
    group = _group(dialogue)
    states = frozenset(AdviceState(one) for one in request.args.getlist("state") if one in set(AdviceState))
    severities = frozenset(Severity(one) for one in request.args.getlist("severity") if one in set(Severity))
    everything = reads.advice_of(group)
    lines = reads.advice_of(group, reads.Filters(states, severities))
    counts = {state: sum(line.state is state for line in everything) for state in AdviceState}
    return render_template(
        "advice/index.html",
        words=oversight_labels,
        lines=lines,
        counts=counts,
        total=len(everything),
        states=states,
        severities=severities,
    )


@bp.get("/d/<uuid:dialogue_id>/oversight/reflection")
@requires(Action.SEE_OVERSIGHT)
def reflection(dialogue: Dialogue) -> ResponseReturnValue:
    """What became of earlier advice: read first at each meeting."""
    lines = [line for line in reads.advice_of(_group(dialogue)) if line.state is not AdviceState.WITHDRAWN]
    return render_template("advice/reflection.html", words=oversight_labels, lines=lines)


@bp.get("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>")
@requires(Action.SEE_OVERSIGHT)
def show(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """One piece with its answers, and what this person may do with it."""
    return _page(_advice(dialogue, advice_id))


@bp.get("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/edit")
@requires(Action.GIVE_ADVICE)
def edit(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """Other words for one's own advice."""
    advice = _advice(dialogue, advice_id)
    present = {"severity": advice.severity.value, "type": advice.type.value, "text": advice.text}
    return _edit_page(advice, AdviceForm(formdata=None, data=present | {"is_named": advice.is_named}))


@bp.post("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/edit")
@requires(Action.GIVE_ADVICE)
def save(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """Saves them, until it is answered."""
    advice, form = _advice(dialogue, advice_id), AdviceForm()
    if form.validate():
        with form.catching(), transaction():
            acts.edit_advice(dialogue, advice, form.said(), by=by_staff())
        if not form.is_refused:
            return _back(dialogue, advice, gettext("Saved."))
    return _edit_page(advice, form), 422


@bp.post("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/withdraw")
@requires(Action.GIVE_ADVICE)
def withdraw(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """Takes one's own advice back."""
    advice, form = _advice(dialogue, advice_id), Form()
    said = gettext("Taken back.")
    return _do(dialogue, advice, form, said, lambda: acts.withdraw_advice(dialogue, advice, by=by_staff()))


@bp.post("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/answer")
@requires(Action.ANSWER_ADVICE)
def answer(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """One more answer."""
    advice, form = _advice(dialogue, advice_id), AnswerForm()
    if not form.validate():
        return _page(advice, answer=form), 422

    def act() -> None:
        changed = form.changed_in.data or ""
        acts.answer_advice(
            dialogue, advice, form.chosen(), form.reason.data or "", changed_in=changed, by=by_staff()
        )

    return _do(dialogue, advice, form, gettext("The answer is kept. The member sees it."), act, answer=form)


@bp.post("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/contest")
@requires(Action.GIVE_ADVICE)
def contest(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """Does not agree with the answer."""
    advice, form = _advice(dialogue, advice_id), WhyForm(prefix="contest")
    words = form.why.data or ""
    return _do(
        dialogue, advice, form, gettext("The answer is disputed. Both stay in the record."),
        lambda: acts.contest_answer(dialogue, advice, words, by=by_staff()), contest=form,
    )  # fmt: skip


@bp.post("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/close")
@requires(Action.GIVE_ADVICE)
def close(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """Says that it is settled."""
    advice, form = _advice(dialogue, advice_id), WhyForm(prefix="close")
    words = form.why.data or ""
    return _do(
        dialogue, advice, form, gettext("This advice is settled."),
        lambda: acts.close_advice(dialogue, advice, words, by=by_staff()), close=form,
    )  # fmt: skip


@bp.post("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/override")
@requires(Action.OVERRIDE_ADVICE)
def override(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """Has the text shown all the same, with a reason that everybody reads."""
    advice, form = _advice(dialogue, advice_id), WhyForm(prefix="override")
    words = form.why.data or ""
    return _do(
        dialogue, advice, form, gettext("Participants are shown the text again, with your reason."),
        lambda: acts.override_advice(dialogue, advice, words, by=by_staff()), override=form,
    )  # fmt: skip


@bp.post("/d/<uuid:dialogue_id>/oversight/advice/<uuid:advice_id>/publish")
@requires(Action.RUN_OVERSIGHT)
def publish(dialogue: Dialogue, advice_id: uuid.UUID) -> ResponseReturnValue:
    """Anybody may read it with its answers."""
    advice, form = _advice(dialogue, advice_id), Form()
    said = gettext("This advice is published with its answers.")
    return _do(dialogue, advice, form, said, lambda: acts.publish_advice(dialogue, advice, by=by_staff()))


def _group(dialogue: Dialogue) -> OversightGroup:
    return group_of(dialogue) or abort(404)


def _advice(dialogue: Dialogue, advice_id: uuid.UUID) -> Advice:
    return reads.find_advice(_group(dialogue), advice_id) or abort(404)


def _do(
    dialogue: Dialogue, advice: Advice, form: Form, said: str, act: Callable[[], object], **forms: Form
) -> ResponseReturnValue:
    """One act in one transaction; back to the page, or the page with what was refused and everything typed."""
    with form.catching(), transaction():
        act()
    if form.is_refused:
        return _page(advice, refused=form, **forms), 409
    return _back(dialogue, advice, said)


def _back(dialogue: Dialogue, advice: Advice, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, advice_id=advice.public_id), 303)


def _page(
    advice: Advice,
    *,
    refused: Form | None = None,
    answer: Form | None = None,
    contest: Form | None = None,
    close: Form | None = None,
    override: Form | None = None,
) -> str:
    return render_template(
        "advice/show.html",
        words=oversight_labels,
        line=reads.line_of(advice),
        advice=advice,
        facts=reads.facts_of(advice),
        who=reads.who_is(advice.group, advice, by_staff()),
        refused=refused or answer,
        answer=answer or AnswerForm(formdata=None),
        contest=contest or WhyForm(formdata=None, prefix="contest"),
        close=close or WhyForm(formdata=None, prefix="close"),
        override=override or WhyForm(formdata=None, prefix="override"),
    )


def _edit_page(advice: Advice, form: AdviceForm) -> str:
    line = reads.line_of(advice)
    return render_template("advice/edit.html", words=oversight_labels, advice=advice, line=line, form=form)
