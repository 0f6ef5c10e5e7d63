"""What tests of workshops share: an application with a planned workshop, its panel, its points and report."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.db import db, transaction, utcnow
from app.models.assessment import AssessmentAnswer
from app.models.dialogues import Dialogue
from app.models.panel import PanelPoint
from app.models.people import Account, Participant
from app.models.workshops import AssessmentWorkshop
from app.queries.panel import current_report, points_of
from app.services import panel as checks
from app.services import panel_answers, panel_record, workshops
from app.services.assessment_moves import move
from app.services.assessment_versions import keep_version
from app.services.workshops import Plan
from deliberation.assessment import ApplicationState
from deliberation.panel import ChangeKind, PointWords, Prompt, Strength, Verdict, WorkshopPart
from tests import factories
from tests.app.access_way import Office, make_office

S = ApplicationState
ORDER = [
    S.WORKSHOP_SCHEDULED, S.WORKSHOP_HELD, S.NOTES_CHECKED, S.SYNTHESIS, S.RESUBMITTED, S.PANEL_REVIEW,
    S.COMMITTEE_REVIEW,
]  # fmt: skip


@dataclass
class Hall:
    """An office with a workshop: its dialogue, rapporteur and panel."""

    office: Office
    workshop: AssessmentWorkshop
    rapporteur: Account
    leader: Account
    panel: list[Participant] = field(default_factory=list)

    @property
    def dialogue(self) -> Dialogue:
        """The workshop's own dialogue."""
        return db.session.get_one(Dialogue, self.workshop.dialogue_id)

    def at(self, tail: str = "") -> str:
        """An address in the workshop's dialogue."""
        return f"/d/{self.dialogue.public_id}{tail}"

    @property
    def points(self) -> list[PanelPoint]:
        """The points that stand."""
        return points_of(self.here)

    @property
    def here(self) -> AssessmentWorkshop:
        """The workshop as it stands now."""
        return db.session.get_one(AssessmentWorkshop, self.workshop.id)


def words(text: str = "Night staff need to know when it is down.", **changes: object) -> PointWords:
    """A point held by most, about risks."""
    given = {"text": text, "strength": Strength.MOST, "prompts": [Prompt.RISKS], **changes}
    return PointWords(**given)  # type: ignore[arg-type]


def in_days(days: float) -> datetime:
    """A moment from now."""
    return utcnow() + timedelta(days=days)


def screen_in(office: Office) -> None:
    """What was handed in is kept as version 1, and the committee lets it through."""
    with transaction():
        keep_version(office.application, occasion=S.SUBMITTED, by=office.lead, now=utcnow())
        complete = {"is_complete": True}
        move(office.application, S.SCREENED_IN, by=office.chair, why="Complete.", now=utcnow(), said=complete)


def make_hall(state: ApplicationState = S.WORKSHOP_SCHEDULED, *, panel: int = 4, points: int = 2) -> Hall:
    """A hall whose application has come to `state` in the ordinary way, with two points unless said otherwise."""
    office = make_office(S.SUBMITTED)
    screen_in(office)
    leader, rapporteur = factories.make_account("leader"), factories.make_account("rapporteur")
    with transaction():
        workshop = workshops.plan_workshop(
            office.application, Plan(in_days(-1), leader.email, rapporteur.email), by=office.facilitator
        )
        for part in (WorkshopPart.SOCIETY_FRIEND, WorkshopPart.DEVELOPER):
            workshops.add_person(workshop, part, f"A {part.value}", by=office.facilitator)
    hall = Hall(office, workshop, rapporteur, leader)
    hall.panel = [factories.make_participant(hall.dialogue) for _ in range(panel)]
    for step in ORDER[1 : ORDER.index(state) + 1]:
        _advance(hall, step, points)
    return hall


def _advance(hall: Hall, to: ApplicationState, points: int) -> None:
    office, rapporteur = hall.office, hall.rapporteur
    if to is S.WORKSHOP_HELD:
        with transaction():
            workshops.hold_workshop(hall.here, in_days(7), by=office.facilitator)
            for number in range(1, points + 1):
                panel_record.write_point(hall.here, words(f"Point number {number}."), by=rapporteur)
            panel_record.write_report(hall.here, "How the talk went.", based_on=0, by=rapporteur)
    elif to is S.NOTES_CHECKED:
        with transaction():
            for person in hall.panel:
                agree(hall, person)
            panel_record.release_points(hall.here, by=rapporteur)
            panel_record.send_report(hall.here, by=rapporteur)
    elif to is S.SYNTHESIS:
        with transaction():
            move(office.application, to, by=office.facilitator, now=utcnow())
    elif to is S.RESUBMITTED:
        answer_all(hall)
        with transaction():
            move(office.application, to, by=office.lead, now=utcnow())
    elif to is S.PANEL_REVIEW:
        with transaction():
            workshops.open_review(hall.here, in_days(7), by=office.facilitator)
    elif to is S.COMMITTEE_REVIEW:
        with transaction():
            hall.here.review_due_at = in_days(0)
            panel_answers.write_addendum(hall.here, "The panel was heard.", by=office.facilitator)


def agree(hall: Hall, person: Participant) -> None:
    """Inside a transaction: the person says that every point and the report are right."""
    for point in hall.points:
        checks.check_point(point, Verdict.RIGHT, "", version=point.current.number, by=person)
    report = current_report(hall.here)
    assert report is not None
    checks.check_report(hall.here, report, Verdict.RIGHT, "", version=report.number, by=person)


def answer_all(hall: Hall) -> None:
    """The first point with a change to the summary, the others with a reason."""
    with transaction() as session:
        summary = session.query(AssessmentAnswer).filter_by(application_id=hall.office.application.id).one()
        summary.text += " Night staff are told when it is down."
        for number, point in enumerate(hall.points):
            kind = ChangeKind.NOT_CHANGED if number else ChangeKind.CHANGED
            panel_answers.answer_point(point, kind, place="plain_summary", words="Because.", by=hall.office.lead)
