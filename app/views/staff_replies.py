"""What participants said, for the team to reply to: each reply is shown with who speaks."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.base import Form
from app.forms.staff_replies import StaffReplyForm
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.queries import staff_replies as found
from app.queries.contributions import about_of
from app.services import staff_replies as acts
from deliberation.comments import COMMENT_LIMIT, StaffVoice

bp = Blueprint("staff_replies", __name__)


@bp.get("/d/<uuid:dialogue_id>/comments")
@requires(Action.REPLY_AS_STAFF)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Comments that everyone can see, newest first."""
    unanswered = request.args.get("only") == "unanswered"
    page = request.args.get("page", default=1, type=int)
    lines = found.comments_to_answer(dialogue, unanswered=unanswered, page=page)
    return render_template("staff_replies/index.html", lines=lines, unanswered=unanswered)


@bp.get("/d/<uuid:dialogue_id>/comments/<uuid:comment_id>")
@requires(Action.REPLY_AS_STAFF)
def show(dialogue: Dialogue, comment_id: uuid.UUID) -> ResponseReturnValue:
    """One comment with its replies, and the box for the team's."""
    comment = found.find_to_answer(dialogue, comment_id) or abort(404)
    return _page(comment, StaffReplyForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/comments/<uuid:comment_id>")
@requires(Action.REPLY_AS_STAFF)
def reply(dialogue: Dialogue, comment_id: uuid.UUID) -> ResponseReturnValue:
    """A reply by the team."""
    comment, form = found.find_to_answer(dialogue, comment_id) or abort(404), StaffReplyForm()
    if not form.validate_on_submit():
        return _page(comment, form), 422
    who = {"speaker": form.speaker.data or "", "interests": form.interests.data or ""}
    with form.catching(), transaction():
        acts.reply_as_staff(
            dialogue, comment, form.text.data or "", voice=StaffVoice(form.voice.data), **who, by=by_staff()
        )
    if form.is_refused:
        return _page(comment, form), 422
    flash(gettext("The reply is shown under the comment."), "good")
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, comment_id=comment_id), 303)


@bp.post("/d/<uuid:dialogue_id>/replies/<uuid:reply_id>/withdraw")
@requires(Action.REPLY_AS_STAFF)
def withdraw(dialogue: Dialogue, reply_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a reply by the team back."""
    row, form = found.find_staff_reply(dialogue, reply_id) or abort(404), Form()
    with form.catching(), transaction():
        acts.withdraw_staff_reply(dialogue, row, by=by_staff())
    for words in form.form_errors:
        flash(str(words), "error")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _page(comment: Comment, form: StaffReplyForm) -> str:
    return render_template(
        "staff_replies/show.html",
        comment=comment,
        about=about_of(comment),
        replies=found.replies_shown(comment),
        by_team=found.replies_by_team(comment),
        form=form,
        limit=COMMENT_LIMIT,
        labels=labels,
    )
