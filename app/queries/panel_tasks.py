"""What a panel member is asked to do after the workshop, in order, and what they said so far."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models.panel import PanelPoint, PanelPointCheck, PanelReportCheck, PanelReview
from app.models.people import Participant
from app.models.workshops import AssessmentWorkshop
from app.queries.panel import current_report, own_report_check, unchecked_points
from app.queries.panel_answers import unreviewed

Said = PanelPointCheck | PanelReportCheck | PanelReview
_KINDS: dict[str, type[Said]] = {"point": PanelPointCheck, "report": PanelReportCheck, "review": PanelReview}
MINUTES_A_POINT = 2
MINUTES_A_REPORT = 10


@dataclass(frozen=True)
class PanelTask:
    """One thing to do. `kind`: points, report or answers; `point`: where it begins; `due_at`: until when."""

    kind: str
    left: int
    minutes: int
    due_at: datetime | None
    point: PanelPoint | None = None


def tasks_of(workshop: AssessmentWorkshop, participant: Participant, now: datetime) -> list[PanelTask]:
    """What is open for this person: check the points, check the report, read the answers."""
    tasks = []
    if workshop.points_released_at is None:
        left = unchecked_points(workshop, participant)
        if left:
            tasks.append(
                PanelTask("points", len(left), MINUTES_A_POINT * len(left), workshop.checks_due_at, left[0])
            )
    report = current_report(workshop)
    if report is not None and workshop.report_sent_at is None and own_report_check(report, participant) is None:
        tasks.append(PanelTask("report", 1, MINUTES_A_REPORT, workshop.checks_due_at))
    due = workshop.review_due_at
    answers = unreviewed(workshop, participant) if due is not None and now < due else []
    if answers:
        tasks.append(PanelTask("answers", len(answers), MINUTES_A_POINT * len(answers), due, answers[0].point))
    return tasks


def said_by(participant: Participant) -> list[tuple[str, Said, int | None]]:
    """(kind, what was said, number of the point) of everything the person said of record and answers."""
    found: list[tuple[str, Said, int | None]] = []
    of_points: tuple[tuple[str, type[PanelPointCheck] | type[PanelReview]], ...] = (
        ("point", PanelPointCheck), ("review", PanelReview),
    )  # fmt: skip
    for kind, model in of_points:
        rows: Any = db.session.execute(
            select(model, PanelPoint.number)
            .join(PanelPoint, PanelPoint.id == model.point_id)
            .where(model.participant_id == participant.id)
            .order_by(PanelPoint.number, model.id)
        )
        found += [(kind, row, number) for row, number in rows]
    reports = select(PanelReportCheck).where(PanelReportCheck.participant_id == participant.id)
    return found + [("report", row, None) for row in db.session.scalars(reports)]


def find_said(participant: Participant, kind: str, public_id: uuid.UUID) -> Said | None:
    """One thing that this person said."""
    model: Any = _KINDS.get(kind)
    if model is None:
        return None
    found: Said | None = db.session.scalar(
        select(model).where(model.public_id == public_id, model.participant_id == participant.id)
    )
    return found
