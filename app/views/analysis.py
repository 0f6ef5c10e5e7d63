"""Analysis: snapshots, the report of one, a statement in it, and checking it again."""

import uuid

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.forms import labels
from app.models.analysis import Snapshot
from app.models.dialogues import Dialogue
from app.queries import analysis as queries
from app.queries import terms as terms_queries
from app.queries.evidence import Evidence
from app.queries.report import report_of, split_of
from app.queries.results import hidden_in, stages_left_out
from app.queries.vote_reasons import reason_counts
from app.services import analysis as service

bp = Blueprint("analysis", __name__)


@bp.get("/d/<uuid:dialogue_id>/analysis")
@requires(Action.SEE_ANALYSIS)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Snapshots, the newest first, and how the newest request is getting on."""
    snapshots, job = queries.snapshots_of(dialogue), queries.newest_job(dialogue)
    now, hidden = queries.count_current(dialogue), hidden_in(dialogue)
    return render_template("analysis/index.html", snapshots=snapshots, job=job, now=now, hidden=hidden)


@bp.post("/d/<uuid:dialogue_id>/analysis", endpoint="request")
@requires(Action.RUN_ANALYSIS)
def request_snapshot(dialogue: Dialogue) -> ResponseReturnValue:
    """Asks the worker for a snapshot."""
    with transaction():
        service.request_analysis(dialogue, by=by_staff())
    flash(_("A snapshot has been asked for. It appears in the list when it is ready."), "done")
    return redirect(url_for("analysis.index", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/analysis/progress")
@requires(Action.SEE_ANALYSIS)
def progress(dialogue: Dialogue) -> ResponseReturnValue:
    """The state of the newest request as one word, for the page that waits for it."""
    job = queries.newest_job(dialogue)
    return (job.state if job else "none"), 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>")
@requires(Action.SEE_ANALYSIS)
def report(dialogue: Dialogue, snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """What people said: the report of one snapshot."""
    snapshot = _snapshot(dialogue, snapshot_id)
    exact = may_here(Action.RUN_ANALYSIS)
    g.has_chart = True
    found = report_of(dialogue, snapshot, exact=exact)
    left_out = stages_left_out(snapshot)
    return render_template("analysis/report.html", snapshot=snapshot, report=found, exact=exact, left_out=left_out)


@bp.get("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>/statement/<uuid:statement_id>")
@requires(Action.SEE_PUBLISHED_TERMS)
def statement(dialogue: Dialogue, snapshot_id: uuid.UUID, statement_id: uuid.UUID) -> ResponseReturnValue:
    """ "Check this number": a statement's counts as they stood, and where the statement went."""
    snapshot = _snapshot(dialogue, snapshot_id)
    found = queries.find_statement(dialogue, statement_id) or abort(404)
    exact = may_here(Action.RUN_ANALYSIS)
    if not may_here(Action.SEE_FINDINGS):
        published = terms_queries.is_published(dialogue)
        if not published or not terms_queries.cited_publicly(terms_queries.terms_document(dialogue), found):
            abort(404)
    evidence = Evidence(dialogue, exact=exact)
    tally = evidence.tallies(snapshot).get(found.id) or abort(404)
    history = [
        (one, evidence.tallies(one)[found.id])
        for one in queries.snapshots_of(dialogue)
        if found.id in evidence.tallies(one)
    ]
    return render_template(
        "analysis/statement.html",
        snapshot=snapshot,
        statement=found,
        words=queries.words_of(found),
        tally=tally,
        groups=split_of(snapshot, found, exact=exact) if may_here(Action.SEE_ANALYSIS) else (),
        history=history,
        comments=queries.comments_on(dialogue, found, exact=exact),
        labels=labels,
        reasons=reason_counts(dialogue, found) if exact else [],
        went=terms_queries.where_it_went(dialogue, found),
        number_of=terms_queries.number_of,
        words_now=terms_queries.words_now,
        exact=exact,
    )


@bp.post("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>/verify")
@requires(Action.RUN_ANALYSIS)
def verify(dialogue: Dialogue, snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Computes the snapshot again and says whether it is the same. Changes nothing."""
    snapshot = _snapshot(dialogue, snapshot_id)
    answer = service.verify_snapshot(snapshot)
    words = _("Snapshot %(number)s: %(answer)s.", number=snapshot.number, answer=answer.words)
    flash(words, "done" if answer.holds else "error")
    return redirect(url_for("analysis.index", dialogue_id=dialogue.public_id), 303)


def _snapshot(dialogue: Dialogue, snapshot_id: uuid.UUID) -> Snapshot:
    return queries.find_snapshot(dialogue, snapshot_id) or abort(404)
