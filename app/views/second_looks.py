"""Looking twice: second opinions among moderators, and authors who ask to look again."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, by_staff, requires
from app.db import transaction
from app.forms.appeals import AppealForm
from app.forms.moderation import AppealAnswerForm, OpinionForm, id_of
from app.models.dialogues import Dialogue
from app.queries.policy import current_policy
from app.queries.word_kinds import KINDS, Words, find_words
from app.services import appeals, opinions
from app.views.moderation_page import desk_page, onwards
from app.views.stage_pages import shell
from deliberation.errors import RuleError

bp = Blueprint("second_looks", __name__)


@bp.post("/d/<uuid:dialogue_id>/moderation/opinion")
@requires(Action.MODERATE)
def ask(dialogue: Dialogue) -> ResponseReturnValue:
    """Asks another moderator."""
    form = OpinionForm()
    words = form.find(dialogue) or abort(404)
    with form.catching(), transaction():
        view, reason = form.wanted()
        opinions.ask_second(dialogue, words, view=view, reason=reason, question=form.note.data or "", by=by_staff())
    if form.is_refused:
        return desk_page(dialogue, form, at=words), 409
    flash(gettext("Asked. The other moderators find it under “Second opinion asked”."), "good")
    return onwards(dialogue, None, after=words)


@bp.post("/d/<uuid:dialogue_id>/moderation/opinion/give")
@requires(Action.MODERATE)
def give(dialogue: Dialogue) -> ResponseReturnValue:
    """Gives the second opinion."""
    form = OpinionForm()
    words = form.find(dialogue) or abort(404)
    with form.catching(), transaction():
        view, reason = form.wanted()
        if view is None:
            raise RuleError("reason_missing")
        opinions.give_second(dialogue, words, view=view, reason=reason, answer=form.note.data or "", by=by_staff())
    if form.is_refused:
        return desk_page(dialogue, form, at=words), 409
    return onwards(dialogue, None, at=words)


@bp.post("/d/<uuid:dialogue_id>/moderation/appeal")
@requires(Action.MODERATE)
def answer(dialogue: Dialogue) -> ResponseReturnValue:
    """Answers an author who asked to look again."""
    form = AppealAnswerForm()
    words = form.find(dialogue) or abort(404)
    with form.catching(), transaction():
        appeals.decide_appeal(dialogue, words, form.wanted(), form.answer.data or "", by=by_staff())
    if form.is_refused:
        return desk_page(dialogue, form, at=words), 409
    flash(gettext("The author reads your answer under “Your contributions”."), "good")
    return onwards(dialogue, None, after=words)


@bp.get("/d/<uuid:dialogue_id>/mine/look-again")
@requires(Action.APPEAL, own=True)
def look_again(dialogue: Dialogue) -> ResponseReturnValue:
    """A box for what the team should think about."""
    found = _own(dialogue, request.args.get("kind", ""), request.args.get("words_id", ""))
    return redirect(_mine(dialogue), 303) if found is None else _page(dialogue, found, AppealForm(request.args))


@bp.post("/d/<uuid:dialogue_id>/mine/look-again")
@requires(Action.APPEAL, own=True)
def send(dialogue: Dialogue) -> ResponseReturnValue:
    """Keeps the author's wish; the desk shows it beside the decision."""
    form = AppealForm()
    words = _own(dialogue, form.kind.data or "", form.words_id.data or "")
    if words is None:
        return redirect(_mine(dialogue), 303)
    with form.catching(), transaction():
        appeals.appeal(dialogue, words, form.text.data or "", by=by_participant())
    if form.is_refused:
        return _page(dialogue, words, form), 422
    flash(gettext("Thank you. Another person on the team will look again. You can read the answer here."), "good")
    return redirect(_mine(dialogue), 303)


def _own(dialogue: Dialogue, kind: str, ref: str) -> Words | None:
    key = id_of(ref)
    words = find_words(dialogue, KINDS[kind], key) if kind in KINDS and key is not None else None
    return words if words is not None and KINDS[kind].author_of(words) == by_participant().id else None


def _mine(dialogue: Dialogue) -> str:
    return url_for("contributions.index", dialogue_id=dialogue.public_id)


def _page(dialogue: Dialogue, words: Words, form: AppealForm) -> str:
    return render_template(
        "appeals/ask.html",
        **shell(dialogue, None, by_participant(), is_preview=False),
        form=form,
        words=words,
        text=KINDS[form.kind.data or ""].text_of(words),
        policy=current_policy(dialogue),
        limit=appeals.APPEAL_LIMIT,
    )
