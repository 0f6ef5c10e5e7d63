"""Statements as staff see them: the list, one statement, adding, rewording, placing."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from analysis.disclosure import STANDARD
from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.forms import labels
from app.forms.lines import lines_of
from app.forms.statements import SeedsForm, StatementForm
from app.models.dialogues import Dialogue
from app.models.voting import Statement
from app.queries import statements as reads
from app.queries.results import is_being_voted_on
from app.services import statements as acts
from deliberation.moderation import WordState, showing
from deliberation.sessions import DialogueMode

bp = Blueprint("statements", __name__)


@bp.get("/d/<uuid:dialogue_id>/statements")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every statement with where it came from, its state and how many people voted."""
    found = reads.statements_of(dialogue)
    return render_template(
        "statements/index.html",
        labels=labels,
        statements=found,
        counts=reads.counts_of([statement.id for statement in found]),
        nobody=reads.Counts(),
        places=reads.places_of(dialogue),
    )


@bp.get("/d/<uuid:dialogue_id>/statements/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """A box for one or many seed statements."""
    return render_template("statements/new.html", form=SeedsForm())


@bp.post("/d/<uuid:dialogue_id>/statements/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds one approved statement for each line."""
    form = SeedsForm()
    if form.validate():
        approach, stance = form.leaning()
        with form.catching(), transaction():
            texts = lines_of(form.texts.data)
            added = len(acts.add_seeds(dialogue, texts, approach=approach, stance=stance, by=by_staff()))
        if not form.is_refused:
            flash(ngettext("%(num)s statement was added.", "%(num)s statements were added.", added))
            return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)
    return render_template("statements/new.html", form=form), 422


@bp.get("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>")
@requires(Action.PREVIEW)
def show(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """One statement: its words, where it came from, and counts for those who may see them."""
    statement = _found(dialogue, statement_id)
    is_hidden = is_being_voted_on(statement)
    sees_counts = may_here(Action.SEE_ANALYSIS) and not is_hidden
    counts = reads.counts_of([statement.id]).get(statement.id, reads.Counts()) if sees_counts else None
    few = dialogue.mode is DialogueMode.OPEN and not may_here(Action.RUN_ANALYSIS)
    before, after = reads.lineage_of(statement)
    return render_template(
        "statements/show.html",
        labels=labels,
        statement=statement,
        before=before if before is not None and _may_read(before) else None,
        after=[one for one in after if _may_read(one)],
        stages=reads.stages_with(statement),
        vote_stages=reads.vote_stages(dialogue),
        counts=counts,
        is_hidden=is_hidden,
        too_few=few and counts is not None and counts.total < STANDARD.base,
        is_fixed=reads.is_fixed(statement),
    )


@bp.get("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Its words: to be changed, or, once people have voted, to be reworded as a new statement."""
    statement = _found(dialogue, statement_id)
    present = {"text": statement.text, "approach": statement.approach.value}
    present["stance"] = statement.stance.value if statement.stance else ""
    return _edit_page(statement, StatementForm(formdata=None, data=present))


@bp.post("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Saves the words, or makes the new statement that remembers the old one."""
    statement = _found(dialogue, statement_id)
    form = StatementForm()
    if form.validate():
        approach, stance = form.leaning()
        act = acts.reword_statement if request.form.get("as_new") else acts.edit_statement
        with form.catching(), transaction():
            made = act(statement, text=form.text.data or "", approach=approach, stance=stance, by=by_staff())
            shown = made.public_id if made is not None else statement.public_id
        if not form.is_refused:
            return redirect(url_for(".show", dialogue_id=dialogue.public_id, statement_id=shown), 303)
    return _edit_page(statement, form), 422


@bp.post("/d/<uuid:dialogue_id>/statements/<uuid:statement_id>/place")
@requires(Action.EDIT_DIALOGUE)
def place(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Places the statement in exactly the stages that are ticked."""
    statement = _found(dialogue, statement_id)
    ticked = set(request.form.getlist("stage"))
    with transaction():
        chosen = [stage for stage in reads.vote_stages(dialogue) if str(stage.public_id) in ticked]
        acts.place_statement(dialogue, statement, chosen, by=by_staff())
    flash(gettext("Saved."))
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, statement_id=statement_id), 303)


def _found(dialogue: Dialogue, statement_id: uuid.UUID) -> Statement:
    """The statement, if whoever is here may read its words."""
    statement = reads.find_statement(dialogue, statement_id) or abort(404)
    return statement if _may_read(statement) else abort(404)


def _may_read(statement: Statement) -> bool:
    """Checked words: all. Others: those who check, and analysts unless kept out. Taken back: nobody."""
    if statement.state is WordState.WITHDRAWN:
        return False
    where = showing(statement.state, statement.reason)
    return where.shown_to_all or may_here(Action.MODERATE) or (where.read_by_analysts and may_here(Action.RUN_ANALYSIS))


def _edit_page(statement: Statement, form: StatementForm) -> str:
    return render_template(
        "statements/edit.html", form=form, statement=statement, is_fixed=reads.is_fixed(statement)
    )
