"""The question log for participants: reading it, asking, and "I wanted to know this too"."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, current_participant, requires
from app.db import transaction
from app.forms.moderation import id_of
from app.forms.questions import AskForm
from app.models.dialogues import Dialogue, Stage
from app.queries import questions as reads
from app.queries.dialogues import find_stage
from app.services import questions as acts
from app.views.addresses import here
from app.views.own_words import warning_page
from app.views.stage_pages import shell
from deliberation.questions import QUESTION_LIMIT, QuestionAbout, Standing
from deliberation.similar import Known, similar_to

bp = Blueprint("questions", __name__)

PAGE = 12
"""Questions on one page: a page stays small on a slow phone."""
VIEWS = ("answered", "waiting", "mine")


@bp.get("/d/<uuid:dialogue_id>/questions")
@requires(Action.SEE_QUESTIONS)
def log(dialogue: Dialogue) -> ResponseReturnValue:
    """Questions with an answer, those that wait for one, and one's own."""
    reader = current_participant()
    lines = reads.log_for(dialogue, reader)
    parts = {
        "answered": [one for one in lines if one.answers],
        "waiting": [one for one in lines if not one.answers],
        "mine": reads.questions_by(reader) if reader else [],
    }
    chosen = request.args.get("view", "")
    view = chosen if chosen in VIEWS else next((name for name in VIEWS if parts[name]), "answered")
    page = min(max(1, request.args.get("page", default=1, type=int)), _pages(parts[view]))
    return render_template(
        "questions/log.html",
        **shell(dialogue, None, reader, is_preview=False),
        parts=parts,
        view=view,
        shown=parts[view][(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=_pages(parts[view]),
        standings=Standing,
    )


@bp.get("/d/<uuid:dialogue_id>/questions/ask")
@requires(Action.ASK_QUESTION)
def ask(dialogue: Dialogue) -> ResponseReturnValue:
    """The box; the address may say what the question is about and where it came up."""
    return _box(dialogue, AskForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/questions/ask")
@requires(Action.ASK_QUESTION)
def send(dialogue: Dialogue) -> ResponseReturnValue:
    """Keeps the question, after a warning or a hint where there is reason for one."""
    form, by = AskForm(), by_participant()
    if not form.validate_on_submit():
        return _box(dialogue, form), 422
    text, stage = form.text.data or "", _stage(dialogue)
    if len(text.strip()) <= QUESTION_LIMIT:
        address = url_for(".send", dialogue_id=dialogue.public_id, **_carried(form))
        page = warning_page(dialogue, stage, by, form, address=address, with_box=lambda: _box(dialogue, form))
        if page is not None:
            return page
        text = form.text.data or ""  # "take it out" has changed it
        close = _close_ones(dialogue, text) if form.seen.data != "yes" else []
        if close:
            values = shell(dialogue, stage, by, is_preview=False)
            return render_template("questions/similar.html", **values, form=form, close=close, address=address)
    with form.catching(), transaction():
        acts.ask(dialogue, text, about=_target(dialogue), stage=stage, is_of_table=_is_of_table(form), by=by)
    if form.is_refused:
        return _box(dialogue, form), 422
    flash(gettext("Thank you. Your question is in. You will find the answer in “Questions and answers”."), "good")
    return redirect(_back(dialogue, stage), 303)


@bp.post("/d/<uuid:dialogue_id>/questions/<uuid:question_id>/join")
@requires(Action.ASK_QUESTION)
def join(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    """ "I wanted to know this too." """
    by = by_participant()
    question = reads.find_shown(dialogue, question_id, by) or abort(404)
    with transaction():
        acts.join(question, by=by)
    return _to_question(dialogue, question_id)


@bp.post("/d/<uuid:dialogue_id>/questions/<uuid:question_id>/unjoin")
@requires(Action.ASK_QUESTION)
def unjoin(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    """Takes that back."""
    by = by_participant()
    question = reads.find_shown(dialogue, question_id, by) or abort(404)
    with transaction():
        acts.take_back_join(question, by=by)
    return _to_question(dialogue, question_id)


def _box(dialogue: Dialogue, form: AskForm) -> str:
    by, stage, target = by_participant(), _stage(dialogue), _target(dialogue)
    return render_template(
        "questions/ask.html",
        **shell(dialogue, stage, by, is_preview=False),
        form=form,
        limit=QUESTION_LIMIT,
        about=next((getattr(target, name) for name in ("title", "name", "text") if hasattr(target, name)), ""),
        about_lang=getattr(target, "lang", ""),
        carried=_carried(form),
        sits=reads.table_now(dialogue, by, stage) is not None,
    )


def _carried(form: AskForm) -> dict[str, Any]:
    """What each page of asking hands on to the next one."""
    kept = {name: request.args[name] for name in ("about", "of", "stage") if name in request.args}
    return {**kept, **({"table": "yes"} if _is_of_table(form) else {})}


def _is_of_table(form: AskForm) -> bool:
    return bool(form.is_of_table.data) or "table" in request.args


def _stage(dialogue: Dialogue) -> Stage | None:
    stage_id = id_of(request.args.get("stage"))
    return find_stage(dialogue, stage_id) if stage_id else None


def _target(dialogue: Dialogue) -> reads.Target | None:
    return reads.find_target(dialogue, request.args.get("about", ""), id_of(request.args.get("of")))


def _close_ones(dialogue: Dialogue, text: str) -> list[reads.Line]:
    known = {one.question.id: one for one in reads.log_for(dialogue, by_participant()) if not one.is_own}
    known = {key: one for key, one in known.items() if one.standing is not Standing.WITHDRAWN}
    return [known[key] for key in similar_to(text, [Known(key, one.question.text) for key, one in known.items()])]


def _back(dialogue: Dialogue, stage: Stage | None) -> str:
    """Where the question came up, so that somebody who was reading reads on."""
    about, of = request.args.get("about", ""), id_of(request.args.get("of"))
    if stage is not None and of is not None and about == QuestionAbout.MATERIAL:
        return url_for("reading.material", material_id=of, **here(dialogue, stage))
    if stage is not None and of is not None and about == QuestionAbout.MODEL:
        return url_for("reading.model", model_id=of, **here(dialogue, stage))
    if stage is not None:
        return url_for("taking_part.stage", **here(dialogue, stage))
    return url_for(".log", dialogue_id=dialogue.public_id, view="mine")


def _to_question(dialogue: Dialogue, question_id: uuid.UUID) -> ResponseReturnValue:
    view = request.args.get("view", "")
    kept: dict[str, Any] = {"view": view, "page": request.args.get("page", 1, type=int)} if view in VIEWS else {}
    return redirect(url_for(".log", dialogue_id=dialogue.public_id, **kept, _anchor=f"q-{question_id}"), 303)


def _pages(lines: list[reads.Line]) -> int:
    return max(1, -(-len(lines) // PAGE))
