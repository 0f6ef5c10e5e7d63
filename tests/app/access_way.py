"""What tests of access to data share: a data asset, a team with an application, and the staff around them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.db import transaction
from app.models.access_applications import AccessApplication, ApplicationPerson, DataAsset
from app.models.assessment import AssessmentAnswer, Harm
from app.models.dialogues import Dialogue
from app.models.people import Account
from deliberation.access_applications import Route
from deliberation.assessment import ApplicationState, Part
from deliberation.harms import Scenario
from deliberation.roles import Role
from tests import factories
from tests.app.way import saved

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass
class Office:
    """A dialogue with a data asset, its committee, and one application with its lead."""

    dialogue: Dialogue
    asset: DataAsset
    application: AccessApplication
    lead: Account
    chair: Account
    member: Account
    facilitator: Account
    others: dict[str, Account] = field(default_factory=dict)

    def at(self, tail: str = "") -> str:
        """The address of the application, or of something below it."""
        return f"/d/{self.dialogue.public_id}/access/{self.application.public_id}{tail}"


def make_office(
    state: ApplicationState = ApplicationState.DRAFT, *, summary: str = "We look for nodules.", **changes: Any
) -> Office:
    """An office; `changes` are those of the application."""
    dialogue = factories.make_dialogue()
    chair = factories.make_staff(dialogue, Role.COMMITTEE_MEMBER, "Chair")
    asset = saved(DataAsset(dialogue_id=dialogue.id, name="Chest scans", chair_account_id=chair.id))
    lead = factories.make_staff(dialogue, Role.APPLICANT, "Lead")
    application = make_application(asset, lead, state=state, summary=summary, **changes)
    return Office(
        dialogue, asset, application, lead, chair,
        factories.make_staff(dialogue, Role.COMMITTEE_MEMBER, "Member"),
        factories.make_staff(dialogue, Role.FACILITATOR, "Facilitator"),
    )  # fmt: skip


def make_application(
    asset: DataAsset,
    lead: Account,
    *,
    state: ApplicationState = ApplicationState.DRAFT,
    summary: str = "",
    **changes: Any,
) -> AccessApplication:
    """An application whose lead holds the pen."""
    number = changes.pop("number", 1)
    made = AccessApplication(
        **{
            "asset_id": asset.id, "number": number, "title": "Nodules", "organisation": "Example Ltd",
            "route": Route.TRAIN, "state": state, "pen_account_id": lead.id, "contact_email": "a@example.org",
            **changes,
        }
    )  # fmt: skip
    made.people.append(ApplicationPerson(account_id=lead.id, part=Part.LEAD))
    with transaction() as session:
        session.add(made)
        session.flush()
        if summary:
            session.add(AssessmentAnswer(application_id=made.id, question="plain_summary", text=summary))
    return made


def add_person(office: Office, part: Part = Part.TEAM, name: str = "Colleague") -> Account:
    """One more of the team."""
    account = factories.make_staff(office.dialogue, Role.APPLICANT, name)
    saved(ApplicationPerson(application_id=office.application.id, account_id=account.id, part=part))
    return account


def add_harm(office: Office, text: str = "A nodule is missed.", **changes: Any) -> Harm:
    """A harm that nobody has rated."""
    defaults: dict[str, Any] = {"place": 1, "stakeholder": "People with scans", "scenario": Scenario.WORST_FAILING}
    return saved(Harm(application_id=office.application.id, text=text, **{**defaults, **changes}))
