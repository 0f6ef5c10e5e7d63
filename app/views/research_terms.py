"""Research questions in a clause of the Terms of Reference: naming one, and taking it out."""

import uuid

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.exports.terms_words import research_facts, research_states
from app.forms.moderation import id_of
from app.forms.research_questions import NameForm
from app.models.dialogues import Dialogue
from app.models.terms import Clause
from app.queries import research_questions as reads
from app.queries.research_terms import links_of
from app.queries.terms import find_clause
from app.services import research_terms as acts
from deliberation.research_questions import DECIDED

bp = Blueprint("research_terms", __name__)
bp.add_app_template_global(research_facts, "research_facts")
bp.add_app_template_global(research_states, "research_states")


@bp.app_template_global()
def name_form(dialogue: Dialogue, clause_id: uuid.UUID) -> NameForm:
    """For the clause editor: what has been decided on, and is not named in this clause yet."""
    clause = _clause(dialogue, clause_id)
    named = {one.research_question_id for one in links_of(clause)}
    return NameForm(formdata=None).offer(one for one in _decided(dialogue) if one.row.id not in named)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/research")
@requires(Action.WRITE_CLAUSE)
def add(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """The clause names a research question."""
    form = NameForm().offer(_decided(dialogue))
    if form.validate():
        with form.catching(), transaction():
            row = reads.find_research_question(dialogue, id_of(form.research_question.data)) or abort(404)
            acts.name_in_clause(_clause(dialogue, clause_id), row, by=by_staff())
    for words in (*form.form_errors, *form.research_question.errors):
        flash(str(words), "error")
    if not form.is_refused:
        flash(gettext("The clause names this research question now."))
    return _to_clause(dialogue, clause_id)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/research/<uuid:research_link_id>/remove")
@requires(Action.WRITE_CLAUSE)
def remove(dialogue: Dialogue, clause_id: uuid.UUID, research_link_id: uuid.UUID) -> ResponseReturnValue:
    """The clause no longer names it."""
    with transaction():
        clause = _clause(dialogue, clause_id)
        link = next((one for one in links_of(clause) if one.public_id == research_link_id), None) or abort(404)
        acts.take_out_of_clause(clause, link, by=by_staff())
    return _to_clause(dialogue, clause_id)


def _decided(dialogue: Dialogue) -> list[reads.ResearchLine]:
    return sorted(
        (one for one in reads.shown_lines(dialogue, None) if one.row.state in DECIDED), key=lambda one: one.row.number
    )


def _clause(dialogue: Dialogue, clause_id: uuid.UUID) -> Clause:
    return find_clause(dialogue, clause_id) or abort(404)


def _to_clause(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("terms.clause", dialogue_id=dialogue.public_id, clause_id=clause_id), 303)
