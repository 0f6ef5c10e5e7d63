"""Comments on prompts and models; one comment with its replies; changing one's own words."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.db import db, transaction
from app.forms.own_words import EditWordsForm, ReplyForm, WordsForm
from app.models.comments import Comment
from app.models.dialogues import Dialogue, Stage
from app.models.learning import MaterialVersion
from app.models.stewardship import StewardshipModel
from app.models.voting import Statement
from app.queries.comments import find_comment, find_prompt, shown_one, thread_on
from app.queries.contributions import find_own
from app.queries.reading import find_placed_model
from app.queries.staff_replies import replies_by_team
from app.queries.stages import prompts_of
from app.services import comments as acts
from app.services.taking_part import start_stage
from app.views.addresses import here
from app.views.own_words import warning_page
from app.views.stage_pages import model_page, shell, talk_page
from deliberation.comments import COMMENT_LIMIT
from deliberation.moderation import WordState

bp = Blueprint("comments", __name__)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/prompt/<uuid:prompt_id>/comment")
@requires(Action.ADD_COMMENT)
def add(dialogue: Dialogue, stage: Stage, prompt_id: uuid.UUID) -> ResponseReturnValue:
    """An answer to a prompt."""
    prompt = find_prompt(stage, prompt_id) or abort(404)
    number = [one.id for one in prompts_of(stage)].index(prompt.id) + 1
    form = WordsForm()
    return keep(
        dialogue,
        stage,
        form,
        address=url_for(".add", prompt_id=prompt_id, **here(dialogue, stage)),
        after=url_for("taking_part.stage", at=number, **here(dialogue, stage)),
        box=lambda: talk_page(dialogue, stage, by_participant(), number=number, form=form),
        act=lambda text: acts.add_comment(stage, prompt, text, by=by_participant()),
    )


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/comment/<uuid:comment_id>")
@requires(Action.READ_MATERIAL)
def thread(dialogue: Dialogue, stage: Stage, comment_id: uuid.UUID) -> ResponseReturnValue:
    """One comment with its replies: one level at a time."""
    by = by_participant()
    comment = find_comment(stage, comment_id, by) or abort(404)
    if comment.parent_id is not None:
        abort(404)
    more = max(1, request.args.get("more", default=1, type=int))
    return render_template(
        "comments/thread.html",
        **shell(dialogue, stage, by, is_preview=False),
        shown=shown_one(stage, comment, by),
        by_team=replies_by_team(comment),
        thread=thread_on(stage, comment, by, more),
        back=_place_of(dialogue, stage, comment),
    )


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/comment/<uuid:comment_id>/reply")
@requires(Action.ADD_COMMENT)
def reply_to(dialogue: Dialogue, stage: Stage, comment_id: uuid.UUID) -> ResponseReturnValue:
    """The box for a reply, under the words that it answers."""
    comment = find_comment(stage, comment_id, by_participant()) or abort(404)
    return _reply_box(dialogue, stage, comment, ReplyForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/comment/<uuid:comment_id>/reply")
@requires(Action.ADD_COMMENT)
def reply(dialogue: Dialogue, stage: Stage, comment_id: uuid.UUID) -> ResponseReturnValue:
    """A reply to a comment that the person can see."""
    comment = find_comment(stage, comment_id, by_participant()) or abort(404)
    form = ReplyForm()
    return keep(
        dialogue,
        stage,
        form,
        address=url_for(".reply", comment_id=comment_id, **here(dialogue, stage)),
        after=url_for(".thread", comment_id=comment_id, **here(dialogue, stage)),
        box=lambda: _reply_box(dialogue, stage, comment, form),
        act=lambda text: acts.reply_to(stage, comment, text, side=form.wanted_side, by=by_participant()),
    )


@bp.get("/d/<uuid:dialogue_id>/mine/comment/<uuid:comment_id>")
@requires(Action.EDIT_OWN_WORDS, own=True)
def edit(dialogue: Dialogue, comment_id: uuid.UUID) -> ResponseReturnValue:
    """One's own words in a box, for ten minutes."""
    comment = _own(comment_id)
    return _edit_box(dialogue, comment, EditWordsForm(formdata=None, data={"text": comment.text}))


@bp.post("/d/<uuid:dialogue_id>/mine/comment/<uuid:comment_id>")
@requires(Action.EDIT_OWN_WORDS, own=True)
def save(dialogue: Dialogue, comment_id: uuid.UUID) -> ResponseReturnValue:
    """Changes one's own words."""
    comment, form, by = _own(comment_id), EditWordsForm(), by_participant()
    if not form.validate_on_submit():
        return _edit_box(dialogue, comment, form), 422
    page = warning_page(
        dialogue,
        None,
        by,
        form,
        address=url_for(".save", dialogue_id=dialogue.public_id, comment_id=comment_id),
        with_box=lambda: _edit_box(dialogue, comment, form),
    )
    if page is not None:
        return page
    with form.catching(), transaction():
        acts.edit_comment(comment, form.text.data or "", by=by)
    if form.is_refused:
        return _edit_box(dialogue, comment, form), 422
    flash(gettext("Your words are changed."), "good")
    return redirect(url_for("contributions.index", dialogue_id=dialogue.public_id), 303)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/model/<uuid:model_id>/comment")
@requires(Action.ADD_COMMENT)
def on_model(dialogue: Dialogue, stage: Stage, model_id: uuid.UUID) -> ResponseReturnValue:
    """A comment or a question on a model."""
    model = find_placed_model(stage, model_id) or abort(404)
    form = WordsForm()
    return keep(
        dialogue,
        stage,
        form,
        address=url_for(".on_model", model_id=model_id, **here(dialogue, stage)),
        after=url_for("reading.model", model_id=model_id, **here(dialogue, stage)),
        box=lambda: model_page(dialogue, stage, model, by_participant(), form=form),
        act=lambda text: acts.comment_on_model(stage, model, text, by=by_participant()),
    )


def keep(
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


def _reply_box(dialogue: Dialogue, stage: Stage, comment: Comment, form: ReplyForm) -> str:
    values = shell(dialogue, stage, by_participant(), is_preview=False)
    return render_template("comments/reply.html", **values, comment=comment, form=form, limit=COMMENT_LIMIT)


def _edit_box(dialogue: Dialogue, comment: Comment, form: EditWordsForm) -> str:
    values = shell(dialogue, None, by_participant(), is_preview=False)
    return render_template("comments/edit.html", **values, comment=comment, form=form, limit=COMMENT_LIMIT)


def _own(comment_id: uuid.UUID) -> Comment:
    found = find_own(by_participant(), "comment", comment_id)
    return found if isinstance(found, Comment) and found.state is not WordState.WITHDRAWN else abort(404)


def _place_of(dialogue: Dialogue, stage: Stage, comment: Comment) -> str:
    """The address of what the comment is about, as this stage shows it."""
    where = here(dialogue, stage)
    if comment.model_id is not None:
        model = db.session.get_one(StewardshipModel, comment.model_id)
        return url_for("reading.model", model_id=model.public_id, **where)
    if comment.statement_id is not None:
        statement = db.session.get_one(Statement, comment.statement_id)
        return url_for("comments_on.statement", statement_id=statement.public_id, **where)
    if comment.version_id is not None:
        material = db.session.get_one(MaterialVersion, comment.version_id).material
        return url_for("comments_on.paragraph", material_id=material.public_id, paragraph=comment.anchor, **where)
    prompts = [one.id for one in prompts_of(stage)]
    at: dict[str, Any] = {"at": prompts.index(comment.prompt_id) + 1} if comment.prompt_id in prompts else {}
    return url_for("taking_part.stage", **where, **at)
