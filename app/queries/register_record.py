"""The words of a public record, gathered once when it is published: the fields of the reference, section 5."""

from datetime import datetime
from typing import Any

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.assessment import AssessmentVersion
from app.models.committee import AccessDecision
from app.models.panel import PanelPoint
from app.models.workshops import AssessmentWorkshop
from app.queries.assessment_facts import SUMMARY, summary_of
from app.queries.committee import dissents_of, point_answers
from app.queries.committee_material import points_for
from app.queries.workshops import make_up, workshop_for


def record_of(application: AccessApplication, decision: AccessDecision, now: datetime) -> dict[str, Any]:
    """What the register shows of one decision. Dates as YYYY-MM-DD; counts of the panel under the disclosure rule."""
    shown = _shown_version(decision)
    workshop = workshop_for(application)
    return {
        "title": application.title,
        "organisation": application.organisation,
        "route": application.route.value,
        "data": application.asset.name,
        "controller": application.asset.controller,
        "summary": _summary(application, shown),
        "version": shown.number if shown else None,
        "judged_version": decision.version.number if decision.version else None,
        "outcome": decision.outcome.value,
        "decided_on": decision.decided_at.date().isoformat(),
        "published_on": now.date().isoformat(),
        "reasons": decision.reasons,
        "consensus": decision.consensus,
        "dissent": [
            {"by": one.account.display_name if one.is_named else "", "words": one.words}
            for one in dissents_of(application, decision.number)
        ],
        "report_use": decision.report_use.value,
        "points": _points(application, decision),
        "findings": [
            {
                "id": str(one.finding.public_id),
                "number": one.finding.number,
                "text": one.finding.text,
                "lang": one.finding.lang,
                "why": one.why,
            }
            for one in decision.citations
        ],
        "purpose": decision.purpose,
        "starts_on": decision.starts_on.isoformat() if decision.starts_on else "",
        "ends_on": decision.ends_on.isoformat() if decision.ends_on else "",
        "conditions": [
            {"place": one.place, "words": one.words, "owner": one.owner, "due_on": one.due_on.isoformat()}
            for one in decision.conditions
        ],
        "workshop_on": workshop.starts_at.date().isoformat() if workshop else "",
        "panel": panel_make_up(workshop),
        "response": decision.response,
        "contact_name": application.contact_name,
        "contact_email": application.contact_email,
        "is_synthetic": application.asset.dialogue.is_synthetic,
    }


def panel_make_up(workshop: AssessmentWorkshop | None) -> list[dict[str, Any]]:
    """[{"axis", "bands": [{"band", "count"}]}]; a count of None is kept back. No row knows a person."""
    if workshop is None:
        return []
    return [
        {"axis": axis.value, "bands": [{"band": band, "count": count} for band, count in bands]}
        for axis, bands in make_up(workshop).items()
    ]


def _points(application: AccessApplication, decision: AccessDecision) -> list[dict[str, Any]]:
    answers = point_answers(application, decision.number)
    return [_point(one, answers[one.id].words if one.id in answers else "") for one in points_for(application)]


def _point(point: PanelPoint, committee: str) -> dict[str, Any]:
    released = next(one for one in point.versions if one.number == point.released_version)
    return {
        "number": point.number,
        "text": released.text,
        "lang": released.lang,
        "strength": released.strength.value,
        "dissent": released.dissent,
        "change": point.answer.kind.value if point.answer else "",
        "applicant": point.answer.words if point.answer else "",
        "committee": committee,
    }


def _shown_version(decision: AccessDecision) -> AssessmentVersion | None:
    if decision.response_version_id is not None:
        return db.session.get(AssessmentVersion, decision.response_version_id)
    return decision.version


def _summary(application: AccessApplication, version: AssessmentVersion | None) -> str:
    if version is None:
        return summary_of(application)
    return str(version.content.get("answers", {}).get(SUMMARY, ""))
