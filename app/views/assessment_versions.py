"""Versions that were handed in: each to read, what changed between any two, a PDF, and the kit's complete example."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from app.access import Action, requires
from app.exports.assessment_pdf import assessment_pdf
from app.exports.sanitise import when
from app.forms import access_labels
from app.forms.assessment_parts import parts_of
from app.models.access_applications import AccessApplication
from app.models.assessment import AssessmentVersion
from app.models.dialogues import Dialogue
from app.queries.access_applications import example_of
from app.queries.assessment import find_version, versions_of
from app.views.access_guard import requires_application
from app.views.access_pages import frame
from app.views.assessment import template_words
from deliberation.assessment_changes import changes_between
from deliberation.assessment_gaps import find_gaps

bp = Blueprint("assessment_versions", __name__)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/versions/<int:number>")
@requires_application(Action.SEE_APPLICATION)
def show(application: AccessApplication, number: int) -> ResponseReturnValue:
    """One version as it was handed in; with `?since=N`, what changed since version N."""
    version = _version(application, number)
    values = {**frame(application), "version": version, "versions": versions_of(application), **template_words()}
    since = request.args.get("since", type=int)
    if since is None:
        return render_template("assessment/version.html", **values, shown=version.content)
    earlier = _version(application, since)
    changes = changes_between(earlier.content, version.content)
    return render_template("assessment/changes.html", **values, earlier=earlier, changes=changes)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/versions/<int:number>.pdf")
@requires_application(Action.SEE_APPLICATION)
def pdf(application: AccessApplication, number: int) -> ResponseReturnValue:
    """The version as a PDF file."""
    version, dialogue = _version(application, number), application.asset.dialogue
    form, is_synthetic = version.content["application"], dialogue.is_synthetic
    kept = gettext(
        "Version %(number)s, kept on %(date)s", number=number, date=when(version.kept_at, dialogue.timezone, "d MMMM y")
    )
    written = assessment_pdf(
        parts_of(version.content),
        title=form["title"],
        under=[f"{form['organisation']} · {application.asset.name}", kept],
        language=str(get_locale() or "en"),
        is_synthetic=is_synthetic,
    )
    name = f"{'synthetic-' if is_synthetic else ''}assessment-{application.number}-v{number}.pdf"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(written, content_type="application/pdf", headers=headers)


@bp.get("/d/<uuid:dialogue_id>/example-assessment")
@requires(Action.SEE_EXAMPLE_ASSESSMENT, before_consent=True)
def example(dialogue: Dialogue) -> ResponseReturnValue:
    """A complete assessment, of Folkmoot itself, in the shape of the form."""
    found = example_of(dialogue) or abort(404)
    return render_template(
        "assessment/example.html",
        title=found.title,
        shown=found.content,
        gaps=find_gaps(found.content),
        words=access_labels,
        **template_words(),
    )


def _version(application: AccessApplication, number: int) -> AssessmentVersion:
    return find_version(application, number) or abort(404)
