"""Research questions for participants: what became of each, raising one, and "I want this found out too"."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, current_participant, may_here, requires
from app.db import transaction
from app.forms import research_labels
from app.forms.moderation import id_of
from app.forms.research_questions import RaiseForm
from app.models.dialogues import Dialogue, Stage
from app.models.questions import Question
from app.queries import questions as log_reads
from app.queries import research_questions as reads
from app.queries import terms as terms_reads
from app.queries.dialogues import find_stage
from app.services import research_questions as acts
from app.views.addresses import here
from app.views.own_words import warning_page
from app.views.stage_pages import shell
from deliberation.research_questions import DECIDED, QUESTION_LIMIT
from deliberation.similar import Known, similar_to

bp = Blueprint("research_questions", __name__)

PAGE = 15
"""Research questions on one page: a page stays small on a slow phone."""
VIEWS = ("decided", "going", "mine")


@bp.app_context_processor
def _words() -> dict[str, Any]:
    """The words of states and steps, for every page that shows a research question."""
    return {"research_labels": research_labels}


@bp.get("/d/<uuid:dialogue_id>/research-questions")
@requires(Action.SEE_RESEARCH_QUESTIONS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """What became of each, those on their way, and one's own."""
    reader = current_participant()
    lines = reads.shown_lines(dialogue, reader)
    parts = {
        "decided": [one for one in lines if one.row.state in DECIDED],
        "going": [one for one in lines if one.row.state not in DECIDED],
        "mine": reads.raised_by(reader) if reader else [],
    }
    chosen = request.args.get("view", "")
    view = chosen if chosen in VIEWS else next((name for name in VIEWS if parts[name]), "going")
    pages = max(1, -(-len(parts[view]) // PAGE))
    page = min(max(1, request.args.get("page", default=1, type=int)), pages)
    return render_template(
        "research_questions/index.html",
        **shell(dialogue, None, reader, is_preview=False),
        parts=parts,
        view=view,
        shown=parts[view][(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=pages,
    )


@bp.get("/d/<uuid:dialogue_id>/research-questions/<uuid:research_question_id>")
@requires(Action.SEE_RESEARCH_QUESTIONS)
def show(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """One with its whole way: who raised what, each step with its reason, and the clauses that name it."""
    reader = current_participant()
    row = reads.find_shown(dialogue, research_question_id, reader) or abort(404)
    reads_terms = may_here(Action.SEE_DRAFT_TERMS) or terms_reads.is_published(dialogue)
    return render_template(
        "research_questions/show.html",
        **shell(dialogue, None, reader, is_preview=False),
        line=reads.line_of(row, reader),
        clauses=[(one, terms_reads.number_of(one)) for one in reads.clauses_of(row)] if reads_terms else [],
    )


@bp.get("/d/<uuid:dialogue_id>/research-questions/raise")
@requires(Action.RAISE_RESEARCH_QUESTION)
def ask(dialogue: Dialogue) -> ResponseReturnValue:
    """The box; the address may name the question to which nobody knows the answer, or the stage."""
    return _box(dialogue, RaiseForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/research-questions/raise")
@requires(Action.RAISE_RESEARCH_QUESTION)
def send(dialogue: Dialogue) -> ResponseReturnValue:
    """Keeps it, after a warning or a hint where there is reason for one."""
    form, by = RaiseForm(), by_participant()
    if not form.validate_on_submit():
        return _box(dialogue, form), 422
    text, stage, question = form.text.data or "", _stage(dialogue), _question(dialogue)
    if len(text.strip()) <= QUESTION_LIMIT:
        address = url_for(".send", dialogue_id=dialogue.public_id, **_carried())
        page = warning_page(dialogue, stage, by, form, address=address, with_box=lambda: _box(dialogue, form))
        if page is not None:
            return page
        close = [] if form.seen.data == "yes" else _close_ones(dialogue, text)
        if close:
            values = shell(dialogue, stage, by, is_preview=False)
            return render_template(
                "research_questions/similar.html", **values, form=form, close=close, address=address
            )
    with form.catching(), transaction():
        acts.raise_question(dialogue, text, question=question, stage=stage, by=by)
    if form.is_refused:
        return _box(dialogue, form), 422
    flash(gettext("Thank you. It is on the list of what somebody should find out. You can follow it here."), "good")
    return redirect(_back(dialogue, stage), 303)


@bp.post("/d/<uuid:dialogue_id>/research-questions/<uuid:research_question_id>/support")
@requires(Action.RAISE_RESEARCH_QUESTION)
def support(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """ "I want this found out too." """
    by = by_participant()
    row = reads.find_shown(dialogue, research_question_id, by) or abort(404)
    with transaction():
        acts.support(row, by=by)
    return _to_list(dialogue, research_question_id)


@bp.post("/d/<uuid:dialogue_id>/research-questions/<uuid:research_question_id>/unsupport")
@requires(Action.RAISE_RESEARCH_QUESTION)
def unsupport(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Takes that back."""
    by = by_participant()
    row = reads.find_shown(dialogue, research_question_id, by) or abort(404)
    with transaction():
        acts.take_back_support(row, by=by)
    return _to_list(dialogue, research_question_id)


def _box(dialogue: Dialogue, form: RaiseForm) -> str:
    by, stage, question = by_participant(), _stage(dialogue), _question(dialogue)
    return render_template(
        "research_questions/raise.html",
        **shell(dialogue, stage, by, is_preview=False),
        form=form,
        limit=QUESTION_LIMIT,
        question=question,
        same=reads.from_question(dialogue, question, by) if question else [],
        carried=_carried(),
    )


def _carried() -> dict[str, Any]:
    """What each page of raising hands on to the next one."""
    return {name: request.args[name] for name in ("question", "stage") if name in request.args}


def _question(dialogue: Dialogue) -> Question | None:
    question_id = id_of(request.args.get("question"))
    return log_reads.find_shown(dialogue, question_id, by_participant()) if question_id else None


def _stage(dialogue: Dialogue) -> Stage | None:
    stage_id = id_of(request.args.get("stage"))
    return find_stage(dialogue, stage_id) if stage_id else None


def _close_ones(dialogue: Dialogue, text: str) -> list[reads.ResearchLine]:
    known = {one.row.number: one for one in reads.shown_lines(dialogue, by_participant()) if not one.is_own}
    near = similar_to(text, [Known(key, f"{one.words} {one.verbatim}") for key, one in known.items()])
    return [known[key] for key in near]


def _back(dialogue: Dialogue, stage: Stage | None) -> str:
    if stage is not None:
        return url_for("taking_part.stage", **here(dialogue, stage))
    return url_for(".index", dialogue_id=dialogue.public_id, view="mine")


def _to_list(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    view = request.args.get("view", "")
    kept: dict[str, Any] = {"view": view, "page": request.args.get("page", 1, type=int)} if view in VIEWS else {}
    anchor = f"r-{research_question_id}"
    return redirect(url_for(".index", dialogue_id=dialogue.public_id, **kept, _anchor=anchor), 303)
