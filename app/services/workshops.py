"""Planning a workshop on an application: its own dialogue, who is there, when; held, and the panel's review opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.db import db, utcnow
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.workshops import AssessmentWorkshop, WorkshopPerson
from app.queries.accounts import memberships_of
from app.queries.assessment_facts import person_of, summary_of
from app.queries.people import account_by_email, roles_of
from app.queries.workshops import people_of
from app.services.assessment_moves import move
from app.services.kits import make_dialogue, read_kit
from app.services.kits_filling import fill
from app.services.recording import record
from app.services.staffing import end_role, grant_role
from deliberation.assessment import ApplicationState
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.panel import WorkshopPart, check_part, missing_parts
from deliberation.roles import Role

KIT = "assessment-workshop"
_APART = frozenset({Role.FACILITATOR, Role.APPLICANT, Role.COMMITTEE_MEMBER})
"""Roles around an application that its rapporteur never holds."""


@dataclass(frozen=True)
class Plan:
    """When and where, and the two accounts that the workshop cannot do without, by e-mail."""

    starts_at: datetime
    facilitator: str
    rapporteur: str
    facilitator_is_from_applicant: bool = False
    facilitator_interest: str = ""
    place: str = ""
    access_support: str = ""
    fee: str = ""


def plan_workshop(application: AccessApplication, plan: Plan, *, by: Account) -> AssessmentWorkshop:
    """Makes the workshop's own dialogue from the agenda kit and moves the application on.

    Whoever plans it has no part in the new dialogue unless they are its facilitator.

    Raises:
        RuleError: `no_such_facilitator`, `no_such_rapporteur`; `rapporteur_not_apart` for somebody of the team, of the
            committee or who runs the programme; `interest_missing`; or what the state machine refuses.
    """
    facilitator, rapporteur = _account(plan.facilitator, "facilitator"), _account(plan.rapporteur, "rapporteur")
    check_part(
        WorkshopPart.FACILITATOR,
        is_from_applicant=plan.facilitator_is_from_applicant,
        interest=plan.facilitator_interest,
    )
    _check_apart(application, rapporteur)
    dialogue = _make_dialogue(application, plan.starts_at, by)
    _staff(dialogue, facilitator, rapporteur, by)
    workshop = AssessmentWorkshop(
        application_id=application.id,
        dialogue_id=dialogue.id,
        starts_at=plan.starts_at,
        place=plan.place.strip(),
        access_support=plan.access_support.strip(),
        fee=plan.fee.strip(),
        planned_by_id=by.id,
    )
    workshop.application, workshop.dialogue = application, dialogue
    workshop.people = [
        WorkshopPerson(
            part=WorkshopPart.FACILITATOR,
            name=facilitator.display_name,
            account_id=facilitator.id,
            is_from_applicant=plan.facilitator_is_from_applicant,
            interest=plan.facilitator_interest.strip(),
        ),
        WorkshopPerson(part=WorkshopPart.RAPPORTEUR, name=rapporteur.display_name, account_id=rapporteur.id),
    ]
    db.session.add(workshop)
    db.session.flush()
    _record(workshop, by, {"how": "planned", "starts_at": plan.starts_at.isoformat()})
    move(application, ApplicationState.WORKSHOP_SCHEDULED, by=by, now=utcnow())
    return workshop


def edit_workshop(
    workshop: AssessmentWorkshop, starts_at: datetime, place: str, access_support: str, fee: str, *, by: Account
) -> None:
    """Another date, place, support or fee; RuleError `workshop_over` for the date once it was held."""
    if starts_at != workshop.starts_at and workshop.application.state is not ApplicationState.WORKSHOP_SCHEDULED:
        raise RuleError("workshop_over")
    if starts_at != workshop.starts_at:
        shift = starts_at - workshop.starts_at
        for session in workshop.dialogue.sessions:
            session.starts_at = session.starts_at + shift if session.starts_at else None
    workshop.starts_at, workshop.place = starts_at, place.strip()
    workshop.access_support, workshop.fee = access_support.strip(), fee.strip()
    db.session.flush()
    _record(workshop, by, {"how": "changed", "starts_at": starts_at.isoformat()})


def add_person(
    workshop: AssessmentWorkshop,
    part: WorkshopPart,
    name: str,
    organisation: str = "",
    *,
    is_from_applicant: bool = False,
    interest: str = "",
    by: Account,
) -> WorkshopPerson:
    """A critical friend or a developer; whoever comes from the applicant's organisation has that as an interest.

    Raises:
        RuleError: `name_missing`, `interest_missing`, `must_be_independent`; `part_is_taken` for a second facilitator
            or rapporteur.
    """
    if not name.strip():
        raise RuleError("name_missing")
    if part in {WorkshopPart.FACILITATOR, WorkshopPart.RAPPORTEUR} and people_of(workshop, part):
        raise RuleError("part_is_taken")
    check_part(part, is_from_applicant=is_from_applicant, interest=interest)
    row = WorkshopPerson(
        workshop_id=workshop.id,
        part=part,
        name=name.strip(),
        organisation=organisation.strip(),
        is_from_applicant=is_from_applicant,
        interest=interest.strip(),
    )
    workshop.people.append(row)
    db.session.flush()
    facts = {"how": "person added", "part": part.value, "from_applicant": is_from_applicant}
    _record(workshop, by, facts)
    return row


def remove_person(workshop: AssessmentWorkshop, person: WorkshopPerson, *, by: Account) -> None:
    """They do not come; RuleError `part_needed` for facilitator and rapporteur, who hold memberships."""
    if person.part in {WorkshopPart.FACILITATOR, WorkshopPart.RAPPORTEUR}:
        raise RuleError("part_needed")
    workshop.people.remove(person)
    db.session.flush()
    _record(workshop, by, {"how": "person removed", "part": person.part.value})


def hold_workshop(workshop: AssessmentWorkshop, checks_due_at: datetime, *, by: Account) -> None:
    """It has taken place; the panel checks the record until a date.

    Raises:
        RuleError: `parts_missing` (parts) while somebody is missing whom a workshop needs; `due_in_past`; or what the
            state machine refuses.
    """
    missing = missing_parts([one.part for one in workshop.people])
    if missing:
        raise RuleError("parts_missing", parts=", ".join(part.value.replace("_", " ") for part in missing))
    _check_ahead(checks_due_at)
    workshop.checks_due_at = checks_due_at
    db.session.flush()
    _record(workshop, by, {"how": "held", "checks_due_at": checks_due_at.isoformat()})
    move(workshop.application, ApplicationState.WORKSHOP_HELD, by=by, now=utcnow())


def set_checks_due(workshop: AssessmentWorkshop, due: datetime, *, by: Account) -> None:
    """More time for the panel to check, or less; RuleError `due_in_past`, `points_are_out`."""
    if workshop.points_released_at is not None and workshop.report_sent_at is not None:
        raise RuleError("points_are_out")
    _check_ahead(due)
    workshop.checks_due_at = due
    db.session.flush()
    _record(workshop, by, {"how": "deadline of checks", "due_at": due.isoformat()})


def open_review(workshop: AssessmentWorkshop, due: datetime, *, by: Account) -> None:
    """The panel reviews the answers until a date; RuleError `due_in_past`, or what the state machine refuses."""
    _check_ahead(due)
    workshop.review_due_at = due
    db.session.flush()
    _record(workshop, by, {"how": "review opened", "due_at": due.isoformat()})
    if workshop.application.state is not ApplicationState.PANEL_REVIEW:  # else: another date for the open review
        move(workshop.application, ApplicationState.PANEL_REVIEW, by=by, now=utcnow())


def _account(email: str, what: str) -> Account:
    account = account_by_email(email)
    if account is None or account.disabled_at is not None:
        raise RuleError(f"no_such_{what}")
    return account


def _check_apart(application: AccessApplication, rapporteur: Account) -> None:
    held = roles_of(rapporteur, application.asset.dialogue)
    if held & _APART or person_of(application, rapporteur) is not None:
        raise RuleError("rapporteur_not_apart")


def _check_ahead(due: datetime) -> None:
    if due <= utcnow():
        raise RuleError("due_in_past")


def _make_dialogue(application: AccessApplication, starts_at: datetime, by: Account) -> Dialogue:
    home = application.asset.dialogue
    gaps = {
        "project": application.title,
        "organisation": application.organisation,
        "summary": summary_of(application),
    }
    made = make_dialogue(fill(read_kit(KIT), gaps), by=by, is_synthetic=home.is_synthetic, first_starts_at=starts_at)
    made.organiser, made.contact_name, made.contact_phone = home.organiser, home.contact_name, home.contact_phone
    made.timezone = home.timezone
    db.session.flush()
    return made


def _staff(dialogue: Dialogue, facilitator: Account, rapporteur: Account, by: Account) -> None:
    """The named facilitator and rapporteur; whoever planned it goes out again, unless it is them."""
    if facilitator.id != by.id:
        grant_role(dialogue, facilitator.email, Role.FACILITATOR, by=by)
        mine = next(one for one in memberships_of(dialogue) if one.account_id == by.id)
        end_role(dialogue, mine, by=by)
    grant_role(dialogue, rapporteur.email, Role.RAPPORTEUR, by=by)


def _record(workshop: AssessmentWorkshop, by: Account, facts: Mapping[str, object]) -> None:
    """In the programme's log, where the application is."""
    home = workshop.application.asset.dialogue_id
    record(EventKind.WORKSHOP_PLANNED, by=by, dialogue_id=home, about=workshop, facts=facts)
