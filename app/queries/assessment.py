"""An assessment as it stands: its answers, harms, kept versions, and the content that a version keeps."""

import uuid
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.assessment import AssessmentAnswer, AssessmentSuggestion, AssessmentVersion, Harm
from deliberation.drafting import SuggestionState


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


def find_version(application: AccessApplication, number: int) -> AssessmentVersion | None:
    """The kept version with this number."""
    return next((row for row in versions_of(application) if row.number == number), None)


def newest_version(application: AccessApplication) -> AssessmentVersion | None:
    """The newest kept version; None before anything was handed in."""
    rows = versions_of(application)
    return rows[-1] if rows else None


def find_harm(application: AccessApplication, public_id: uuid.UUID) -> Harm | None:
    """A harm that stands, by address."""
    return next((harm for harm in harms_of(application) if harm.public_id == public_id), None)


def suggestions_of(application: AccessApplication) -> list[AssessmentSuggestion]:
    """Words that colleagues suggest and nobody has answered yet, oldest first."""
    rows = select(AssessmentSuggestion).where(
        AssessmentSuggestion.application_id == application.id, AssessmentSuggestion.state == SuggestionState.OPEN
    )
    return list(db.session.scalars(rows.order_by(AssessmentSuggestion.id)))


def find_suggestion(application: AccessApplication, public_id: uuid.UUID) -> AssessmentSuggestion | None:
    """A suggestion by address, answered or not."""
    return db.session.scalar(
        select(AssessmentSuggestion).where(
            AssessmentSuggestion.application_id == application.id, AssessmentSuggestion.public_id == public_id
        )
    )
