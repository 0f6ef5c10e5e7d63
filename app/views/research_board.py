"""The pipeline of research questions for staff: the board, one question with its possible steps, and the CSV file."""

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.exports.research_csv import research_csv
from app.forms import labels
from app.forms import research_questions as forms
from app.forms.base import Form
from app.forms.moderation import id_of
from app.forms.questions import CheckForm
from app.models.dialogues import Dialogue
from app.models.research_questions import ResearchQuestion
from app.queries import questions as log_reads
from app.queries import research_questions as reads
from app.queries.terms import number_of
from app.services import research_pipeline as pipeline
from app.services import research_questions as acts
from deliberation.moderation import ReasonCode
from deliberation.research_questions import (
    DECIDED,
    Judgement,
    ResearchOrigin,
    ResearchState,
    ResearchStep,
    possible_steps,
)

bp = Blueprint("research_board", __name__)

DECISIONS = (ResearchStep.INCLUDE, ResearchStep.REFRAME, ResearchStep.PARK, ResearchStep.DECLINE)


@bp.get("/d/<uuid:dialogue_id>/research-questions/board")
@requires(Action.SEE_RESEARCH_BOARD)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every research question as a table; the states are counts and filters."""
    lines = _lines(dialogue)
    chosen = next((one for one in ResearchState if one.value == request.args.get("state")), None)
    return render_template(
        "research_questions/board.html",
        labels=labels,
        lines=[one for one in lines if chosen is None or one.row.state is chosen],
        chosen=chosen,
        counts=reads.counts(lines),
        total=len(lines),
        unchecked=reads.to_check(dialogue) if may_here(Action.SHAPE_RESEARCH_QUESTION) else 0,
    )


@bp.get("/d/<uuid:dialogue_id>/research-questions/export.csv")
@requires(Action.SEE_RESEARCH_BOARD)
def export(dialogue: Dialogue) -> ResponseReturnValue:
    """The pipeline as a CSV file: what everyone can read, one row a question."""
    lines = reads.board_lines(dialogue, unchecked=False)
    rows = [(one, [number_of(clause) for clause in reads.clauses_of(one.row)]) for one in lines]
    text = research_csv(rows, is_synthetic=dialogue.is_synthetic)
    headers = {"Content-Disposition": 'attachment; filename="research-questions.csv"'}
    return text, 200, {"Content-Type": "text/csv; charset=utf-8", **headers}


@bp.get("/d/<uuid:dialogue_id>/research-questions/board/raise")
@requires(Action.SHAPE_RESEARCH_QUESTION)
def ask(dialogue: Dialogue) -> ResponseReturnValue:
    """A box for staff; the address may name a question or a comment that it comes from."""
    return _raise_page(dialogue, _raise_form(dialogue, is_sent=False))


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/raise")
@requires(Action.SHAPE_RESEARCH_QUESTION)
def raise_for(dialogue: Dialogue) -> ResponseReturnValue:
    """Raises it, with the origin named."""
    form, row = _raise_form(dialogue, is_sent=True), None
    if form.validate():
        with form.catching(), transaction():
            row = acts.raise_for(
                dialogue,
                form.text.data or "",
                origin=ResearchOrigin(form.origin.data),
                note=form.note.data or "",
                source=_source(dialogue, form),
                by=by_staff(),
            )
    if row is None or form.is_refused:
        return _raise_page(dialogue, form), 422
    return _to_one(dialogue, row)


@bp.get("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>")
@requires(Action.SEE_RESEARCH_BOARD)
def show(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """One with its whole history, and the steps that are possible now."""
    return _page(dialogue, _row(dialogue, research_question_id))


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/check")
@requires(Action.MODERATE)
def check(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Shows the words to everyone, or not, with a reason."""
    form, row = CheckForm(), _row(dialogue, research_question_id)
    with form.catching(), transaction():
        decision, reason = form.wanted()
        pipeline.decide_words(row, decision, reason, by=by_staff())
    return _done(dialogue, row, form, "")


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/clarify")
@requires(Action.SHAPE_RESEARCH_QUESTION)
def clarify(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """A clearer wording."""
    form = forms.ClarifyForm(prefix="clarify-")
    return _take(
        dialogue, research_question_id, form, "clarify",
        lambda row: pipeline.clarify(row, form.words.data or "", reason=form.reason.data or "", by=by_staff()),
    )  # fmt: skip


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/merge")
@requires(Action.SHAPE_RESEARCH_QUESTION)
def merge(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Puts it together with another."""
    form = forms.MergeResearchForm(prefix="merge-").offer(_others(dialogue, _row(dialogue, research_question_id)))

    def act(row: ResearchQuestion) -> None:
        into = reads.find_research_question(dialogue, id_of(form.into.data)) or abort(404)
        pipeline.merge(row, into, reason=form.reason.data or "", by=by_staff())

    return _take(dialogue, research_question_id, form, "merge", act)


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/feasibility")
@requires(Action.NOTE_FEASIBILITY)
def feasibility(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Known? In remit? Fundable?"""
    form = forms.FeasibilityForm(prefix="feasibility-")

    def act(row: ResearchQuestion) -> None:
        asked = {name: Judgement(form[name].data) for name in ("is_known", "in_remit", "is_fundable")}
        pipeline.note_feasibility(row, **asked, reason=form.reason.data or "", by=by_staff())

    return _take(dialogue, research_question_id, form, "note_feasibility", act)


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/prioritise")
@requires(Action.SHAPE_RESEARCH_QUESTION)
def prioritise(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Its place among the others."""
    form = forms.PriorityForm(prefix="prioritise-")

    def act(row: ResearchQuestion) -> None:
        numbers = {"rank": form.rank.data, "approvals": form.approvals.data}
        pipeline.prioritise(row, **numbers, reason=form.reason.data or "", by=by_staff())

    return _take(dialogue, research_question_id, form, "prioritise", act)


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/decide")
@requires(Action.DECIDE_RESEARCH_QUESTION)
def decide(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Included, reframed, parked or declined, with a published reason."""
    form = forms.DecideForm(prefix="decide-").offer(DECISIONS)

    def act(row: ResearchQuestion) -> None:
        step, words = ResearchStep(form.step.data), form.words.data or ""
        words = words if step is ResearchStep.REFRAME else ""
        pipeline.decide(row, step, reason=form.reason.data or "", words=words, by=by_staff())

    return _take(dialogue, research_question_id, form, "decide", act)


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/reopen")
@requires(Action.DECIDE_RESEARCH_QUESTION)
def reopen(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Takes up again what was decided."""
    return _reopen(dialogue, research_question_id)


@bp.post("/d/<uuid:dialogue_id>/research-questions/board/<uuid:research_question_id>/part")
@requires(Action.SHAPE_RESEARCH_QUESTION)
def part(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    """Parts it from the one it was put together with; a decision is not undone here."""
    if _row(dialogue, research_question_id).state in DECIDED:
        abort(409)
    return _reopen(dialogue, research_question_id)


def _reopen(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResponseReturnValue:
    form = forms.StepForm(prefix="reopen-")
    return _take(
        dialogue, research_question_id, form, "reopen",
        lambda row: pipeline.reopen(row, reason=form.reason.data or "", by=by_staff()),
    )  # fmt: skip


def _take(
    dialogue: Dialogue,
    research_question_id: uuid.UUID,
    form: Form,
    name: str,
    act: Callable[[ResearchQuestion], None],
) -> ResponseReturnValue:
    row = _row(dialogue, research_question_id)
    if form.validate():
        with form.catching(), transaction():
            act(row)
    return _done(dialogue, row, form, name)


def _done(dialogue: Dialogue, row: ResearchQuestion, form: Form, name: str) -> ResponseReturnValue:
    if form.is_refused:
        return _page(dialogue, row, form, name), 422
    flash(gettext("Saved."))
    return _to_one(dialogue, row)


def _to_one(dialogue: Dialogue, row: ResearchQuestion) -> ResponseReturnValue:
    address = url_for(".show", dialogue_id=dialogue.public_id, research_question_id=row.public_id)
    return redirect(address, 303)


def _lines(dialogue: Dialogue) -> list[reads.ResearchLine]:
    return reads.board_lines(dialogue, unchecked=may_here(Action.SHAPE_RESEARCH_QUESTION))


def _row(dialogue: Dialogue, research_question_id: uuid.UUID) -> ResearchQuestion:
    """The commissioner never sees words that are not shown to everyone."""
    if may_here(Action.SHAPE_RESEARCH_QUESTION):
        return reads.find_research_question(dialogue, research_question_id) or abort(404)
    return reads.find_shown(dialogue, research_question_id, None) or abort(404)


def _others(dialogue: Dialogue, row: ResearchQuestion) -> list[reads.ResearchLine]:
    open_ones = reads.shown_lines(dialogue, None)
    return [one for one in open_ones if one.row.id != row.id and ResearchStep.REOPEN not in _steps(one)]


def _steps(line: reads.ResearchLine) -> list[ResearchStep]:
    return possible_steps(line.standing)


def _page(dialogue: Dialogue, row: ResearchQuestion, refused: Form | None = None, name: str = "") -> str:
    line = reads.line_of(row)
    steps = _steps(line)
    made: dict[str, Form] = {
        "clarify": forms.ClarifyForm(formdata=None, prefix="clarify-", words=line.words),
        "merge": forms.MergeResearchForm(formdata=None, prefix="merge-").offer(_others(dialogue, row)),
        "note_feasibility": forms.FeasibilityForm(formdata=None, prefix="feasibility-", obj=row),
        "prioritise": forms.PriorityForm(
            formdata=None, prefix="prioritise-", rank=row.priority_rank, approvals=row.priority_approvals
        ),
        "decide": forms.DecideForm(formdata=None, prefix="decide-", words=line.words).offer(
            [one for one in DECISIONS if one in steps]
        ),
        "reopen": forms.StepForm(formdata=None, prefix="reopen-"),
    }
    if refused is not None and name:
        made[name] = refused
    return render_template(
        "research_questions/board_one.html",
        labels=labels,
        line=line,
        steps=steps,
        decides=[one for one in DECISIONS if one in steps],
        forms=made,
        refused=refused,
        reasons=list(ReasonCode),
        clauses=[(one, number_of(one)) for one in reads.clauses_of(row)],
    )


def _raise_form(dialogue: Dialogue, *, is_sent: bool) -> forms.StaffRaiseForm:
    prompts = reads.prompts_of_dialogue(dialogue)
    if is_sent:
        return forms.StaffRaiseForm().offer(prompts)
    first = next((one for one in ("question", "comment") if one in request.args), ResearchOrigin.PROMPT.value)
    return forms.StaffRaiseForm(formdata=None, origin=first).offer(prompts)


def _raise_page(dialogue: Dialogue, form: forms.StaffRaiseForm) -> str:
    carried = {name: request.args[name] for name in ("question", "comment") if name in request.args}
    source = _named_source(dialogue)
    return render_template("research_questions/board_raise.html", form=form, source=source, carried=carried)


def _named_source(dialogue: Dialogue) -> acts.Source | None:
    question_id, comment_id = id_of(request.args.get("question")), id_of(request.args.get("comment"))
    if question_id is not None:
        return log_reads.find_question(dialogue, question_id)
    return reads.find_comment(dialogue, comment_id)


def _source(dialogue: Dialogue, form: forms.StaffRaiseForm) -> acts.Source | None:
    """The question or comment of the address, or the prompt that was chosen."""
    named = _named_source(dialogue)
    if named is not None:
        return named
    prompt_id = id_of(form.prompt.data)
    return next((one for one in reads.prompts_of_dialogue(dialogue) if one.public_id == prompt_id), None)
