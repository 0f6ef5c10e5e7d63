"""Terms of Reference: writing clauses, linking evidence, walking back, publishing, and the document as files."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.exports import terms_docx, terms_html, terms_words
from app.forms import labels
from app.forms.terms import CHECKS, ClauseForm, LinkForm, MoveForm
from app.models.dialogues import Dialogue
from app.models.terms import Clause, TermsSection
from app.queries import analysis as analysis_queries
from app.queries import terms as queries
from app.queries.checks import checks_of, checks_on
from app.queries.evidence import Evidence
from app.queries.findings import find_finding, findings_of
from app.services import terms as service
from deliberation.terms import LinkStance, WordingKind

bp = Blueprint("terms", __name__)
bp.add_app_template_global(terms_words.counts, "tally_words")
bp.add_app_template_global(terms_words.rests_on, "rests_on")


@bp.get("/d/<uuid:dialogue_id>/terms")
@requires(Action.SEE_DRAFT_TERMS)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """The editor: sections, clauses with their evidence, and what is missing."""
    return _editor(dialogue, ClauseForm())


@bp.post("/d/<uuid:dialogue_id>/terms/section/<uuid:section_id>/clause")
@requires(Action.WRITE_CLAUSE)
def add_clause(dialogue: Dialogue, section_id: uuid.UUID) -> ResponseReturnValue:
    """A clause at the end of a section."""
    form = ClauseForm()
    section = queries.find_section(dialogue, section_id) or abort(404)
    made = None
    if form.validate():
        with form.catching(), transaction():
            kind = WordingKind(form.kind.data)
            made = service.add_clause(section, text=form.text.data or "", kind=kind, by=by_staff())
    if made is None or form.is_refused:
        return _editor(dialogue, form, section), 422
    return redirect(url_for("terms.clause", dialogue_id=dialogue.public_id, clause_id=made.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>")
@requires(Action.SEE_DRAFT_TERMS)
def clause(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """One clause: its wordings, what supports it, what pulls the other way, and checks."""
    found = _clause(dialogue, clause_id)
    now = found.wordings[-1]
    return _clause_page(dialogue, clause_id, ClauseForm(text=now.text, kind=now.kind.value), _link_form(dialogue))


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/reword")
@requires(Action.WRITE_CLAUSE)
def reword(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """A new wording; the earlier ones are kept."""
    form = ClauseForm()
    if form.validate():
        with form.catching(), transaction():
            kind = WordingKind(form.kind.data)
            service.reword_clause(_clause(dialogue, clause_id), text=form.text.data or "", kind=kind, by=by_staff())
    if form.is_refused:
        return _clause_page(dialogue, clause_id, form, _link_form(dialogue, blank=True)), 422
    return _to_clause(dialogue, clause_id)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/remove")
@requires(Action.WRITE_CLAUSE)
def remove(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a clause out of the document."""
    with transaction():
        service.remove_clause(_clause(dialogue, clause_id), by=by_staff())
    flash(_("The clause has been taken out. The record keeps it."), "done")
    return redirect(url_for("terms.show", dialogue_id=dialogue.public_id), 303)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/move")
@requires(Action.WRITE_CLAUSE)
def move(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """One place up or down in its section."""
    form = MoveForm()
    if not form.validate():
        abort(400)
    with transaction():
        service.move_clause(_clause(dialogue, clause_id), service.Shift(form.shift.data), by=by_staff())
    return redirect(url_for("terms.show", dialogue_id=dialogue.public_id, _anchor=f"clause-{clause_id}"), 303)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/link")
@requires(Action.WRITE_CLAUSE)
def link(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """Puts a finding under a clause, with why."""
    form = _link_form(dialogue)
    if form.validate():
        with form.catching(), transaction():
            finding = find_finding(dialogue, uuid.UUID(form.finding.data)) or abort(404)
            stance, why = LinkStance(form.stance.data), form.why.data or ""
            service.link_evidence(_clause(dialogue, clause_id), finding, stance=stance, why=why, by=by_staff())
    if form.is_refused:
        now = _clause(dialogue, clause_id).wordings[-1]
        words = ClauseForm(formdata=None, text=now.text, kind=now.kind.value)
        return _clause_page(dialogue, clause_id, words, form), 422
    return _to_clause(dialogue, clause_id)


@bp.post("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/unlink/<uuid:link_id>")
@requires(Action.WRITE_CLAUSE)
def unlink(dialogue: Dialogue, clause_id: uuid.UUID, link_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a finding from under a clause."""
    with transaction():
        found = queries.find_link(_clause(dialogue, clause_id), link_id) or abort(404)
        service.unlink_evidence(found, by=by_staff())
    return _to_clause(dialogue, clause_id)


@bp.get("/d/<uuid:dialogue_id>/terms/coverage")
@requires(Action.SEE_DRAFT_TERMS)
def coverage(dialogue: Dialogue) -> ResponseReturnValue:
    """Clauses without evidence, findings without clause, and claims that go further than what is under them."""
    document = queries.terms_document(dialogue, exact=may_here(Action.RUN_ANALYSIS))
    return render_template("terms/coverage.html", document=document, checks=checks_of(document), words=CHECKS)


@bp.post("/d/<uuid:dialogue_id>/terms/publish")
@requires(Action.PUBLISH_TERMS)
def publish(dialogue: Dialogue) -> ResponseReturnValue:
    """Publishes the document for everybody of the dialogue."""
    form = MoveForm(formdata=None)
    with form.catching(), transaction():
        service.publish_terms(dialogue, by=by_staff())
    if form.form_errors:
        flash(" ".join(str(one) for one in form.form_errors), "error")
        return redirect(url_for("terms.show", dialogue_id=dialogue.public_id), 303)
    flash(_("The Terms of Reference are published. Everybody in the dialogue can read them."), "done")
    return redirect(url_for("terms.public", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/terms/clause/<uuid:clause_id>/walk-back")
@requires(Action.SEE_PUBLISHED_TERMS)
def walk_back(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    """From a clause back to the votes and comments behind it, as they stood in their snapshot."""
    _check_readable(dialogue)
    found = _clause(dialogue, clause_id)
    if found.removed_at is not None and not may_here(Action.SEE_DRAFT_TERMS):
        abort(404)
    doc = queries.clause_doc(found, Evidence(dialogue, exact=may_here(Action.RUN_ANALYSIS)))
    return render_template(
        "terms/walk_back.html", clause=doc, section=found.section, is_removed=bool(found.removed_at), labels=labels
    )


@bp.get("/d/<uuid:dialogue_id>/statement/<uuid:statement_id>/where-it-went")
@requires(Action.SEE_PUBLISHED_TERMS)
def reverse(dialogue: Dialogue, statement_id: uuid.UUID) -> ResponseReturnValue:
    """From a statement forward: its themes, the findings that cite it, the clauses that use them."""
    _check_readable(dialogue)
    statement = analysis_queries.find_statement(dialogue, statement_id) or abort(404)
    snapshot = analysis_queries.newest_snapshot(dialogue)
    counts = Evidence(dialogue, exact=may_here(Action.RUN_ANALYSIS)).tallies(snapshot) if snapshot else {}
    if not may_here(Action.SEE_FINDINGS) and not queries.cited_publicly(queries.terms_document(dialogue), statement):
        counts = {}  # as in "check this number": the public reads the counts that the document rests on
    return render_template(
        "terms/reverse.html",
        statement=statement,
        words=analysis_queries.words_of(statement),
        snapshot=snapshot,
        tally=counts.get(statement.id),
        went=queries.where_it_went(dialogue, statement),
        number_of=queries.number_of,
        words_now=queries.words_now,
    )


@bp.get("/d/<uuid:dialogue_id>/terms/published")
@requires(Action.SEE_PUBLISHED_TERMS)
def public(dialogue: Dialogue) -> ResponseReturnValue:
    """The published document; before that, a page that says when it will be here."""
    document = queries.terms_document(dialogue) if queries.is_published(dialogue) else None
    return render_template("terms/public.html", document=document, labels=labels)


@bp.get("/d/<uuid:dialogue_id>/terms/export.docx")
@requires(Action.SEE_PUBLISHED_TERMS)
def export_docx(dialogue: Dialogue) -> ResponseReturnValue:
    """The document with its evidence annex as a Word file."""
    _check_readable(dialogue)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file(terms_docx.write(queries.terms_document(dialogue)), kind, "docx")


@bp.get("/d/<uuid:dialogue_id>/terms/export.html")
@requires(Action.SEE_PUBLISHED_TERMS)
def export_html(dialogue: Dialogue) -> ResponseReturnValue:
    """The document with its evidence annex as one file for a browser."""
    _check_readable(dialogue)
    return _file(terms_html.write(queries.terms_document(dialogue)).encode(), "text/html; charset=utf-8", "html")


def _file(content: bytes, kind: str, ending: str) -> ResponseReturnValue:
    name = f"terms-of-reference.{ending}"
    return content, 200, {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}


@bp.app_template_global()
def may_read_terms(dialogue: Dialogue) -> bool:
    """Whether whoever is here may read clauses: the draft, or what has been published."""
    return may_here(Action.SEE_DRAFT_TERMS) or queries.is_published(dialogue)


def _check_readable(dialogue: Dialogue) -> None:
    """404 for those who read the published document only, while there is none."""
    if not may_read_terms(dialogue):
        abort(404)


def _clause(dialogue: Dialogue, clause_id: uuid.UUID) -> Clause:
    return queries.find_clause(dialogue, clause_id) or abort(404)


def _to_clause(dialogue: Dialogue, clause_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("terms.clause", dialogue_id=dialogue.public_id, clause_id=clause_id), 303)


def _link_form(dialogue: Dialogue, *, blank: bool = False) -> LinkForm:
    """The form with the dialogue's standing findings to choose from."""
    is_sent = request.method == "POST" and not blank
    form = LinkForm() if is_sent else LinkForm(formdata=None)
    form.finding.choices = [
        SelectChoice(str(one.public_id), f"{one.number}. {one.text[:120]}")
        for one in findings_of(dialogue)
        if one.withdrawn_at is None
    ]
    return form


def _editor(dialogue: Dialogue, form: ClauseForm, section: TermsSection | None = None) -> str:
    document = queries.terms_document(dialogue, exact=may_here(Action.RUN_ANALYSIS))
    return render_template(
        "terms/show.html",
        document=document,
        checks=checks_of(document),
        words=CHECKS,
        labels=labels,
        form=form,
        blank=ClauseForm(formdata=None),
        refused_in=section.public_id if section is not None else None,
    )


def _clause_page(dialogue: Dialogue, clause_id: uuid.UUID, form: ClauseForm, link_form: LinkForm) -> str:
    found = _clause(dialogue, clause_id)
    document = queries.terms_document(dialogue, exact=may_here(Action.RUN_ANALYSIS))
    doc = queries.clause_doc(found, Evidence(dialogue, exact=may_here(Action.RUN_ANALYSIS)))
    return render_template(
        "terms/clause.html",
        clause=doc,
        row=found,
        section=found.section,
        form=form,
        link_form=link_form,
        checks=checks_on(doc, document),
        words=CHECKS,
        labels=labels,
        is_published=queries.is_published(dialogue),
    )
