"""How good is this dialogue? The checks with the judgements of team and evaluator; the published ones for all."""

import uuid

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, actor_in, by_staff, may_here, public, requires
from app.db import transaction
from app.forms import evaluation_words, meeting_labels
from app.forms.base import Form
from app.forms.evaluation import JudgeForm
from app.models.dialogues import Dialogue
from app.queries.dialogues import find_dialogue
from app.queries.evaluation import check_rows, newest_of, tally, unpublished
from app.services import evaluation as acts
from deliberation.evaluation import BY_KEY, EVIDENCE_LIMIT, Framework, Judge, Judgement
from deliberation.roles import Role

bp = Blueprint("evaluation", __name__)


@bp.get("/d/<uuid:dialogue_id>/evaluation")
@requires(Action.SEE_EVALUATION)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every check with what team and evaluator say."""
    return _page(dialogue)


@bp.get("/d/<uuid:dialogue_id>/evaluation/<check_key>")
@requires(Action.JUDGE_DIALOGUE)
def edit(dialogue: Dialogue, check_key: str) -> ResponseReturnValue:
    """One check, to be judged."""
    return _judge_page(dialogue, _known(check_key))


@bp.post("/d/<uuid:dialogue_id>/evaluation/<check_key>")
@requires(Action.JUDGE_DIALOGUE)
def save(dialogue: Dialogue, check_key: str) -> ResponseReturnValue:
    """Judges it, as the team or as the evaluator."""
    key, form = _known(check_key), JudgeForm()
    if form.validate():
        with form.catching(), transaction():
            acts.judge_check(
                dialogue, key, judge=_judge(dialogue), judgement=Judgement(form.judgement.data),
                evidence=form.evidence.data or "", by=by_staff(),
            )  # fmt: skip
    if form.is_refused:
        return _judge_page(dialogue, key, form), 422
    flash(gettext("Saved."))
    return redirect(url_for(".index", dialogue_id=dialogue.public_id) + f"#{key}", 303)


@bp.post("/d/<uuid:dialogue_id>/evaluation")
@requires(Action.JUDGE_DIALOGUE)
def publish(dialogue: Dialogue) -> ResponseReturnValue:
    """Publishes one's own judgements."""
    form = Form()
    with form.catching(), transaction():
        count = acts.publish_judgements(dialogue, judge=_judge(dialogue), by=by_staff())
    if form.is_refused:
        return _page(dialogue, form), 409
    flash(gettext("Published: %(count)s judgements.", count=count), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


@bp.get("/open/<uuid:open_id>/evaluation")
@public
def show(open_id: uuid.UUID) -> ResponseReturnValue:
    """What is published of it."""
    dialogue = find_dialogue(open_id) or abort(404)
    g.dialogue = dialogue
    rows = [row for row in check_rows(dialogue) if row.published]
    return render_template(
        "evaluation/public.html",
        dialogue=dialogue,
        rows=rows,
        tallies={judge: tally(rows, judge, public=True) for judge in Judge},
        frameworks=list(Framework),
        checks=evaluation_words,
        labels=meeting_labels,
        shown="published",
    )


def _judge(dialogue: Dialogue) -> Judge:
    """As whom one judges: whoever runs the dialogue is the team, whatever else they are."""
    return Judge.TEAM if Role.FACILITATOR in actor_in(dialogue).roles else Judge.EVALUATOR


def _known(key: str) -> str:
    return key if key in BY_KEY else abort(404)


def _page(dialogue: Dialogue, refused: Form | None = None) -> str:
    rows = check_rows(dialogue)
    judges = may_here(Action.JUDGE_DIALOGUE)
    return render_template(
        "evaluation/index.html",
        rows=rows,
        tallies={judge: tally(rows, judge) for judge in Judge},
        frameworks=list(Framework),
        checks=evaluation_words,
        labels=meeting_labels,
        judges=judges,
        waiting=len(unpublished(dialogue, _judge(dialogue))) if judges else 0,
        is_public=any(row.published for row in rows),
        refused=refused,
        shown="newest",
    )


def _judge_page(dialogue: Dialogue, key: str, form: JudgeForm | None = None) -> str:
    before = newest_of(dialogue, key, _judge(dialogue))
    present = {"judgement": before.judgement.value, "evidence": before.evidence} if before else {}
    keys = list(BY_KEY)
    return render_template(
        "evaluation/judge.html",
        check=BY_KEY[key],
        form=form or JudgeForm(formdata=None, data=present),
        checks=evaluation_words,
        labels=meeting_labels,
        judge=_judge(dialogue),
        limit=EVIDENCE_LIMIT,
        number=keys.index(key) + 1,
        count=len(keys),
    )
