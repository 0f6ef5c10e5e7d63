"""What the workshop and its panel add to the facts of an application."""

from typing import Any

from app.db import utcnow
from app.models.access_applications import AccessApplication
from app.models.people import Account
from app.models.workshops import AssessmentWorkshop
from app.queries.panel import point_rows, released_points, report_row
from app.queries.panel_answers import is_heard, newest_addendum, review_began, unanswered
from app.queries.people import roles_of
from app.queries.workshops import last_moved, workshop_for
from deliberation.assessment import ApplicationState, Mover
from deliberation.roles import Role


def workshop_facts(application: AccessApplication) -> dict[str, Any]:
    """Fields of `deliberation.assessment.Facts`; of the newest round where there were several."""
    workshop = workshop_for(application)
    if workshop is None:
        return {}
    points = released_points(workshop)
    return {
        "workshop_at": workshop.starts_at,
        "has_panel_checked": has_panel_checked(workshop),
        "are_points_released": workshop.points_released_at is not None,
        "points": len(points),
        "points_answered": len(points) - len(unanswered(workshop)),
        "panel_due_at": workshop.review_due_at if _is_of_this_round(workshop) else None,
        "is_panel_heard": is_heard(workshop),
        "has_addendum": _has_addendum(workshop),
        "is_report_sent": workshop.report_sent_at is not None,
    }


def has_panel_checked(workshop: AssessmentWorkshop) -> bool:
    """Whether points and report have both been checked; what went out already had been."""
    now = utcnow()
    rows = point_rows(workshop, now)
    points = workshop.points_released_at is not None or (bool(rows) and all(row.is_checked for row in rows))
    report = report_row(workshop, now)
    return points and (workshop.report_sent_at is not None or (report is not None and report.is_checked))


def workshop_movers(application: AccessApplication, account: Account) -> set[Mover]:
    """The rapporteur of the workshop moves the application on when the panel has checked the record."""
    workshop = workshop_for(application)
    if workshop is None or Role.RAPPORTEUR not in roles_of(account, workshop.dialogue):
        return set()
    return {Mover.RAPPORTEUR}


def _is_of_this_round(workshop: AssessmentWorkshop) -> bool:
    """A deadline that was set before the answers were handed in again is that of an earlier round."""
    handed_in = last_moved(workshop.application, ApplicationState.RESUBMITTED)
    due = workshop.review_due_at
    return due is not None and (handed_in is None or due > handed_in)


def _has_addendum(workshop: AssessmentWorkshop) -> bool:
    found, began = newest_addendum(workshop), review_began(workshop)
    return found is not None and began is not None and found.written_at >= began
