"""Findings: sentences that a person stands behind, with what they cite in one snapshot."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.forms.findings import FindingForm, citation_fields, citations
from app.models.analysis import Finding, Snapshot
from app.models.dialogues import Dialogue
from app.models.drafting import Draft
from app.queries import analysis as analysis_queries
from app.queries import findings as queries
from app.queries.committee import applications_before
from app.queries.drafting import find_draft
from app.queries.evidence import Evidence, citable
from app.queries.register import decisions_citing
from app.queries.terms import number_of, words_now
from app.services import findings as service
from app.services.drafting import take_over

bp = Blueprint("findings", __name__)


@bp.get("/d/<uuid:dialogue_id>/findings")
@requires(Action.SEE_FINDINGS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every finding, and which clauses use it."""
    return render_template(
        "findings/index.html",
        findings=queries.findings_of(dialogue),
        used=queries.clauses_using(dialogue),
        number_of=number_of,
        newest=analysis_queries.newest_snapshot(dialogue),
        applications=applications_before(dialogue) if may_here(Action.CHOOSE_PUBLIC_FINDINGS) else [],
    )


@bp.get("/d/<uuid:dialogue_id>/findings/new")
@requires(Action.WRITE_FINDING)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """A blank finding on a snapshot: `?snapshot=` or the newest."""
    snapshot = _chosen_snapshot(dialogue)
    if snapshot is None:
        return render_template("findings/no_snapshot.html")
    chosen = dict.fromkeys(request.args.getlist("cite"), "supports")
    draft = _draft(dialogue, request.args.get("draft", type=uuid.UUID))
    words = {"text": draft.shown.text, "draft": draft.public_id} if draft and draft.shown else {}
    return _form_page(dialogue, FindingForm(data=words), snapshot, chosen)


@bp.post("/d/<uuid:dialogue_id>/findings/new")
@requires(Action.WRITE_FINDING)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Writes the finding."""
    form, cited = FindingForm(), citations(request.form)
    snapshot = _chosen_snapshot(dialogue) or abort(404)
    made = None
    if form.validate():
        with form.catching(), transaction():
            made = service.write_finding(
                dialogue, snapshot, text=form.text.data or "", limits=form.limits.data or "", cited=cited, by=by_staff()
            )
            if draft := _draft(dialogue, form.draft.data):
                take_over(draft, made, by=by_staff())
    if made is None or form.is_refused:
        return _form_page(dialogue, form, snapshot, citation_fields(cited)), 422
    return redirect(url_for("findings.show", dialogue_id=dialogue.public_id, finding_id=made.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>")
@requires(Action.SEE_FINDINGS)
def show(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """One finding with everything it rests on."""
    finding = _finding(dialogue, finding_id)
    return render_template(
        "findings/show.html",
        finding=Evidence(dialogue, exact=may_here(Action.RUN_ANALYSIS)).of(finding),
        clauses=queries.clauses_using(dialogue).get(finding.id, []),
        is_frozen=queries.is_linked(finding),
        is_cited=queries.is_cited(finding),
        decisions=decisions_citing(finding.id),
        number_of=number_of,
        words_now=words_now,
    )


@bp.get("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>/edit")
@requires(Action.WRITE_FINDING)
def edit(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """The finding's form; refused once a clause uses it."""
    finding = _finding(dialogue, finding_id)
    service.check_editable(finding)
    form = FindingForm(obj=finding)
    return _form_page(dialogue, form, finding.snapshot, citation_fields(queries.cited_by(finding)), finding)


@bp.post("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>/edit")
@requires(Action.WRITE_FINDING)
def save(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """Changes a finding that no clause uses yet."""
    form, cited = FindingForm(), citations(request.form)
    if form.validate():
        with form.catching(), transaction():
            found = _finding(dialogue, finding_id)
            text, limits = form.text.data or "", form.limits.data or ""
            service.edit_finding(found, text=text, limits=limits, cited=cited, by=by_staff())
    if form.is_refused:
        finding = _finding(dialogue, finding_id)
        return _form_page(dialogue, form, finding.snapshot, citation_fields(cited), finding), 422
    return redirect(url_for("findings.show", dialogue_id=dialogue.public_id, finding_id=finding_id), 303)


@bp.post("/d/<uuid:dialogue_id>/findings/<uuid:finding_id>/withdraw")
@requires(Action.WRITE_FINDING)
def withdraw(dialogue: Dialogue, finding_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a finding out of use."""
    with transaction():
        service.withdraw_finding(_finding(dialogue, finding_id), by=by_staff())
    flash(_("The finding has been withdrawn. It stays readable."), "done")
    return redirect(url_for("findings.show", dialogue_id=dialogue.public_id, finding_id=finding_id), 303)


def _finding(dialogue: Dialogue, finding_id: uuid.UUID) -> Finding:
    return queries.find_finding(dialogue, finding_id) or abort(404)


def _draft(dialogue: Dialogue, draft_id: uuid.UUID | None) -> Draft | None:
    """The table's draft that is taken over, if any; one that not everyone may see is not found."""
    found = find_draft(dialogue, draft_id) if draft_id else None
    return found if found and found.shown else None


def _chosen_snapshot(dialogue: Dialogue) -> Snapshot | None:
    wanted = request.values.get("snapshot", "")
    if not wanted:
        return analysis_queries.newest_snapshot(dialogue)
    try:
        return analysis_queries.find_snapshot(dialogue, uuid.UUID(wanted))
    except ValueError:
        abort(404)


def _form_page(
    dialogue: Dialogue, form: FindingForm, snapshot: Snapshot, chosen: dict[str, str], finding: Finding | None = None
) -> str:
    return render_template(
        "findings/form.html",
        form=form,
        snapshot=snapshot,
        finding=finding,
        chosen=chosen,
        draft=None if finding else _draft(dialogue, form.draft.data),
        parts=citable(dialogue, snapshot),
    )
