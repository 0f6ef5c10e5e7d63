"""Comments on prompts and models, and replies."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import transaction
from app.forms.own_words import WordsForm
from app.models.comments import Comment
from app.models.dialogues import Dialogue, Stage
from app.queries.comments import find_comment, find_prompt
from app.queries.reading import find_placed_model
from app.queries.stages import prompts_of
from app.services import comments as acts
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.own_words import warning_page
from app.views.stage_pages import model_page, shell, talk_page
from deliberation.comments import COMMENT_LIMIT

bp = Blueprint("comments", __name__)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prompt/<uuid:prompt_id>/comment")
@requires(Action.ADD_COMMENT)
def add(dialogue: Dialogue, stage: Stage, prompt_id: uuid.UUID) -> ResponseReturnValue:
    """An answer to a prompt."""
    prompt = find_prompt(stage, prompt_id) or abort(404)
    number = [one.id for one in prompts_of(stage)].index(prompt.id) + 1
    form = WordsForm()
    return _keep(
        dialogue,
        stage,
        form,
        address=url_for(".add", prompt_id=prompt_id, **here(dialogue, stage)),
        after=url_for("taking_part.stage", at=number, **here(dialogue, stage)),
        box=lambda: talk_page(dialogue, stage, by_participant(), number=number, form=form),
        act=lambda text: acts.add_comment(stage, prompt, text, by=by_participant()),
    )


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/comment/<uuid:comment_id>/reply")
@requires(Action.ADD_COMMENT)
def reply_to(dialogue: Dialogue, stage: Stage, comment_id: uuid.UUID) -> ResponseReturnValue:
    """The box for a reply, under the words that it answers."""
    comment = find_comment(stage, comment_id, by_participant()) or abort(404)
    return _reply_box(dialogue, stage, comment, WordsForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/comment/<uuid:comment_id>/reply")
@requires(Action.ADD_COMMENT)
def reply(dialogue: Dialogue, stage: Stage, comment_id: uuid.UUID) -> ResponseReturnValue:
    """A reply to a comment that the person can see."""
    comment = find_comment(stage, comment_id, by_participant()) or abort(404)
    form = WordsForm()
    return _keep(
        dialogue,
        stage,
        form,
        address=url_for(".reply", comment_id=comment_id, **here(dialogue, stage)),
        after=_page_of(dialogue, stage, comment),
        box=lambda: _reply_box(dialogue, stage, comment, form),
        act=lambda text: acts.reply_to(stage, comment, text, by=by_participant()),
    )


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/model/<uuid:model_id>/comment")
@requires(Action.ADD_COMMENT)
def on_model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """A comment or a question on a model."""
    model = find_placed_model(stage, model_id) or abort(404)
    form = WordsForm()
    return _keep(
        dialogue,
        stage,
        form,
        address=url_for(".on_model", model_id=model_id, **here(dialogue, stage)),
        after=url_for("reading.model", model_id=model_id, **here(dialogue, stage)),
        box=lambda: model_page(dialogue, stage, model, by_participant(), form=form),
        act=lambda text: acts.comment_on_model(stage, model, text, by=by_participant()),
    )


def _keep(
    dialogue: Dialogue,
    stage: Stage,
    form: WordsForm,
    *,
    address: str,
    after: str,
    box: Callable[[], str],
    act: Callable[[str], Comment],
) -> ResponseReturnValue:
    """Warns once about personal data, keeps the words, and goes back to where they were written."""
    by = by_participant()
    if not form.validate_on_submit():
        return box(), 422
    page = warning_page(dialogue, stage, by, form, address=address, with_box=box)
    if page is not None:
        return page
    with form.catching(), transaction():
        start_stage(stage, by=by)
        act(form.text.data or "")
    if form.is_refused:
        return box(), 422
    flash(gettext("Thank you. Your words are in."), "good")
    return redirect(after, 303)


def _reply_box(dialogue: Dialogue, stage: Stage, comment: Comment, form: WordsForm) -> str:
    values = shell(dialogue, stage, by_participant(), is_preview=False)
    return render_template("comments/reply.html", **values, comment=comment, form=form, limit=COMMENT_LIMIT)


def _page_of(dialogue: Dialogue, stage: Stage, comment: Comment) -> str:
    prompts = [one.id for one in prompts_of(stage)]
    at: dict[str, Any] = {"at": prompts.index(comment.prompt_id) + 1} if comment.prompt_id in prompts else {}
    return url_for("taking_part.stage", **here(dialogue, stage), **at)
