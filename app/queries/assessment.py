"""An assessment as it stands: its answers, harms, kept versions, and the content that a version keeps."""

from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.assessment import AssessmentAnswer, AssessmentVersion, Harm


def answers_of(application: AccessApplication) -> dict[str, AssessmentAnswer]:
    """The live answers by question."""
    rows = db.session.scalars(select(AssessmentAnswer).where(AssessmentAnswer.application_id == application.id))
    return {row.question: row for row in rows}


def harms_of(application: AccessApplication) -> list[Harm]:
    """The harms that stand, in the order in which they were entered."""
    rows = select(Harm).where(Harm.application_id == application.id, Harm.removed_at.is_(None))
    return list(db.session.scalars(rows.order_by(Harm.place, Harm.id)))


def versions_of(application: AccessApplication) -> list[AssessmentVersion]:
    """The kept versions, oldest first."""
    rows = select(AssessmentVersion).where(AssessmentVersion.application_id == application.id)
    return list(db.session.scalars(rows.order_by(AssessmentVersion.number)))


def next_version_number(application: AccessApplication) -> int:
    """One more than the newest."""
    newest = select(func.max(AssessmentVersion.number)).where(AssessmentVersion.application_id == application.id)
    return (db.session.scalar(newest) or 0) + 1


def content_of(application: AccessApplication) -> dict[str, Any]:
    """What a version keeps: {"answers": {question: text}, "harms": [...], "application": {...}}."""
    return {
        "answers": {key: row.text for key, row in sorted(answers_of(application).items())},
        "harms": [harm_content(harm) for harm in harms_of(application)],
        "application": application_content(application),
    }


def harm_content(harm: Harm) -> dict[str, Any]:
    """One harm as a version keeps it; `rated_by` is the name of the rater, "" before anybody rated."""
    return {
        "key": str(harm.public_id),
        "text": harm.text,
        "stakeholder": harm.stakeholder,
        "scenario": harm.scenario.value,
        "importance": harm.importance,
        "urgency": harm.urgency,
        "difficulty": harm.difficulty,
        "detectability": harm.detectability,
        "rated_by": harm.rated_by.display_name if harm.rated_by else "",
        "mitigation": harm.mitigation,
        "owner": harm.owner,
        "due_on": harm.due_on.isoformat() if harm.due_on else "",
    }


def application_content(application: AccessApplication) -> dict[str, Any]:
    """The application's own form as a version keeps it."""
    return {
        "title": application.title,
        "organisation": application.organisation,
        "route": application.route.value,
        "environment": application.environment.value if application.environment else "",
        "opt_out": application.opt_out.value if application.opt_out else "",
        "window_from": application.window_from.isoformat() if application.window_from else "",
        "window_until": application.window_until.isoformat() if application.window_until else "",
        "details": dict(sorted(application.details.items())),
    }
