"""Reading workshops: which dialogue is one, who is there, how mixed its panel is, what is arranged for each seat."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.models.learning import Material
from app.models.people import Participant
from app.models.vault import Seat, VaultContact, VaultSeatLink
from app.models.workshops import AssessmentWorkshop, PanelQuota, PanelSeat, WorkshopNote, WorkshopPerson
from deliberation.assessment import ApplicationState
from deliberation.panel import PANEL_LEAST, PANEL_MOST, WORKSHOP_MINUTES, Axis, WorkshopPart, shown_bands

WORKSHOP_SESSION = 2
"""The number of the session in the agenda kit that is the workshop itself; the first is for getting ready."""


@dataclass(frozen=True)
class Arranged:
    """One seat of the panel's roll and what is arranged for it. Knows no pseudonym."""

    public_id: uuid.UUID
    number: int
    name: str
    has_joined: bool
    inducted_at: datetime | None
    support: str
    fee_confirmed_at: datetime | None


@dataclass(frozen=True)
class AgendaLine:
    """One item of the agenda, in minutes."""

    title: str
    minutes: int


@dataclass(frozen=True)
class Agenda:
    """The workshop's plan: what is given to something, and how many minutes are not."""

    lines: list[AgendaLine]
    minutes: int

    @property
    def unallocated(self) -> int:
        """Minutes that are free; negative where the plan is longer than the workshop."""
        return self.minutes - sum(line.minutes for line in self.lines)


def workshop_of(dialogue: Dialogue) -> AssessmentWorkshop | None:
    """The workshop whose panel takes part in this dialogue; None for any other dialogue."""
    return db.session.scalar(select(AssessmentWorkshop).where(AssessmentWorkshop.dialogue_id == dialogue.id))


def is_workshop(dialogue_id: int) -> bool:
    """Whether a dialogue is that of a workshop."""
    found = select(AssessmentWorkshop.id).where(AssessmentWorkshop.dialogue_id == dialogue_id)
    return db.session.scalar(found) is not None


def workshop_for(application: AccessApplication) -> AssessmentWorkshop | None:
    """The newest workshop of an application."""
    return db.session.scalar(
        select(AssessmentWorkshop)
        .where(AssessmentWorkshop.application_id == application.id)
        .order_by(AssessmentWorkshop.id.desc())
        .limit(1)
    )


def panel_size(workshop: AssessmentWorkshop) -> int:
    """How many people are on the panel now."""
    found = select(func.count(Participant.id)).where(
        Participant.dialogue_id == workshop.dialogue_id, Participant.left_at.is_(None)
    )
    return db.session.scalar(found) or 0


def size_warning(count: int) -> bool:
    """Whether a panel of so many is smaller or larger than the guide says."""
    return not PANEL_LEAST <= count <= PANEL_MOST


def seats_on_roll(workshop: AssessmentWorkshop) -> int:
    """How many people were recruited."""
    return db.session.scalar(select(func.count(Seat.id)).where(Seat.dialogue_id == workshop.dialogue_id)) or 0


def quotas_of(workshop: AssessmentWorkshop) -> dict[Axis, list[PanelQuota]]:
    """Targets and counts by axis, for whoever recruits; the axes in their order."""
    rows = db.session.scalars(
        select(PanelQuota).where(PanelQuota.workshop_id == workshop.id).order_by(PanelQuota.axis, PanelQuota.id)
    ).all()
    return {axis: [row for row in rows if row.axis is axis] for axis in Axis}


def find_quota(workshop: AssessmentWorkshop, public_id: uuid.UUID) -> PanelQuota | None:
    """One band of this workshop's panel."""
    return db.session.scalar(
        select(PanelQuota).where(PanelQuota.public_id == public_id, PanelQuota.workshop_id == workshop.id)
    )


def make_up(workshop: AssessmentWorkshop) -> dict[Axis, list[tuple[str, int | None]]]:
    """How mixed the panel is, as anybody may see it: band and count, None for a count that is kept back.

    Axes of which nobody wrote anything are left out.
    """
    found = {}
    for axis, rows in quotas_of(workshop).items():
        if rows:
            shown = shown_bands([row.recruited for row in rows])
            found[axis] = [(row.band, count) for row, count in zip(rows, shown, strict=True)]
    return found


def arranged_for(workshop: AssessmentWorkshop) -> list[Arranged]:
    """The roll with induction, support and fee, in the order of the seats."""
    rows = db.session.execute(
        select(Seat, VaultContact.name, VaultSeatLink.id, PanelSeat)
        .outerjoin(VaultContact, VaultContact.seat_id == Seat.id)
        .outerjoin(VaultSeatLink, VaultSeatLink.seat_id == Seat.id)
        .outerjoin(PanelSeat, PanelSeat.seat_id == Seat.id)
        .where(Seat.dialogue_id == workshop.dialogue_id)
        .order_by(Seat.number)
    )
    return [
        Arranged(
            public_id=seat.public_id,
            number=seat.number,
            name=name or "",
            has_joined=link is not None,
            inducted_at=one.inducted_at if one else None,
            support=one.support if one else "",
            fee_confirmed_at=one.fee_confirmed_at if one else None,
        )
        for seat, name, link, one in rows
    ]


def arrangement_of(seat: Seat) -> PanelSeat | None:
    """What is arranged for one seat."""
    return db.session.scalar(select(PanelSeat).where(PanelSeat.seat_id == seat.id))


def people_of(workshop: AssessmentWorkshop, part: WorkshopPart) -> list[WorkshopPerson]:
    """Who does this in the workshop."""
    return [one for one in workshop.people if one.part is part]


def find_person(workshop: AssessmentWorkshop, public_id: uuid.UUID) -> WorkshopPerson | None:
    """Somebody at this workshop."""
    return next((one for one in workshop.people if one.public_id == public_id), None)


def notes_of(workshop: AssessmentWorkshop) -> Sequence[WorkshopNote]:
    """What was typed at the tables, in order."""
    return db.session.scalars(
        select(WorkshopNote)
        .where(WorkshopNote.workshop_id == workshop.id, WorkshopNote.removed_at.is_(None))
        .order_by(WorkshopNote.id)
    ).all()


def find_note(workshop: AssessmentWorkshop, public_id: uuid.UUID) -> WorkshopNote | None:
    """One note of this workshop."""
    return next((one for one in notes_of(workshop) if one.public_id == public_id), None)


def agenda_of(workshop: AssessmentWorkshop) -> Agenda:
    """The agenda of the workshop itself."""
    session = next((one for one in workshop.dialogue.sessions if one.number == WORKSHOP_SESSION), None)
    if session is None:
        return Agenda([], WORKSHOP_MINUTES)
    return Agenda([AgendaLine(stage.title, stage.minutes) for stage in session.stages], session.minutes)


def material_body(workshop: AssessmentWorkshop, key: str) -> str:
    """The newest words of one of the workshop's texts; "" where it is not there."""
    row = db.session.scalar(select(Material).where(Material.dialogue_id == workshop.dialogue_id, Material.key == key))
    return row.versions[-1].body if row and row.versions else ""


def last_moved(application: AccessApplication, to: ApplicationState) -> datetime | None:
    """When the application last came to a state; None when it never did."""
    return next((one.moved_at for one in reversed(application.moves) if one.state_after is to), None)
