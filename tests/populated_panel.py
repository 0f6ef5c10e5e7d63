"""A workshop in the populated dialogue, which plays programme and workshop at once, with a record."""

import uuid
from typing import Any

from sqlalchemy import select

from app.db import db, utcnow
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.models.panel import (
    ApplicantNotes,
    PanelAddendum,
    PanelPoint,
    PanelPointAnswer,
    PanelPointCheck,
    PanelPointSource,
    PanelPointVersion,
    PanelReportCheck,
    PanelReportVersion,
    PanelReview,
)
from app.models.people import Account, Participant
from app.models.vault import Seat
from app.models.workshops import AssessmentWorkshop, PanelQuota, PanelSeat, WorkshopNote, WorkshopPerson
from deliberation.panel import Axis, ChangeKind, ReviewVerdict, Strength, Verdict, WorkshopPart
from deliberation.roles import Role


def add_workshop(
    dialogue: Dialogue, staff: dict[Role, Account], participant: Participant
) -> dict[str, list[uuid.UUID]]:
    """Inside a transaction: what stands in the addresses of a workshop; its points and report have been sent."""
    rapporteur = staff[Role.RAPPORTEUR]
    application = db.session.scalar(select(AccessApplication).limit(1))
    assert application is not None
    workshop = _add(
        AssessmentWorkshop(
            application_id=application.id, dialogue_id=dialogue.id, starts_at=utcnow(), points_released_at=utcnow(),
            report_sent_at=utcnow(), report_sent_version=1, report_panel=1, report_checked=1, report_right=1,
        )
    )  # fmt: skip
    friend = _add(WorkshopPerson(workshop_id=workshop.id, part=WorkshopPart.SOCIETY_FRIEND, name="Frida Example"))
    quota = _add(PanelQuota(workshop_id=workshop.id, axis=Axis.AGE, band="under 30", target=3, recruited=2))
    seat = db.session.scalar(select(Seat).where(Seat.dialogue_id == dialogue.id).limit(1))
    assert seat is not None
    _add(PanelSeat(seat_id=seat.id, inducted_at=utcnow()))
    note = _add(WorkshopNote(workshop_id=workshop.id, text="Table 1 spoke of nights.", written_by_id=rapporteur.id))
    point = PanelPoint(
        workshop_id=workshop.id, number=1, released_version=1, released_panel=1, released_checked=1, released_right=1
    )
    point.versions = [
        PanelPointVersion(number=1, text="Say when it is down.", strength=Strength.MOST, prompts=["risks"])
    ]
    point.sources = [PanelPointSource(note_id=note.id)]
    point.answer = PanelPointAnswer(kind=ChangeKind.NOT_CHANGED, words="It never is.", from_version=1)
    _add(point)
    _add(PanelReportVersion(workshop_id=workshop.id, number=1, text="How it went."))
    _add(ApplicantNotes(workshop_id=workshop.id, number=1, text="How we saw it."))
    said: dict[str, Any] = {"participant_id": participant.id, "version": 1, "verdict": Verdict.NEARLY, "words": "Yes."}
    check = _add(PanelPointCheck(point_id=point.id, **said))
    _add(PanelReportCheck(workshop_id=workshop.id, **said))
    _add(PanelReview(point_id=point.id, participant_id=participant.id, verdict=ReviewVerdict.PARTLY))
    _add(PanelAddendum(workshop_id=workshop.id, number=1, text="One of one says partly."))
    return {
        "workshop_person_id": [friend.public_id],
        "quota_id": [quota.public_id],
        "workshop_note_id": [note.public_id],
        "panel_point_id": [point.public_id],
        "panel_check_id": [check.public_id],
    }


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
