"""Access to data in the populated dialogue: an asset, an application that everybody may read, an example."""

import uuid
from typing import Any

from app.db import db, utcnow
from app.models.access_applications import (
    AccessApplication,
    ApplicationMove,
    ApplicationPerson,
    ApplicationStep,
    DataAsset,
)
from app.models.assessment import AssessmentAnswer, AssessmentSuggestion, ExampleAssessment, Harm
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership
from app.services.assessment_versions import keep_version
from deliberation.access_applications import Route
from deliberation.assessment import ApplicationState, Mover, Part
from deliberation.harms import Scenario
from deliberation.roles import Role


def add_access(dialogue: Dialogue, staff: dict[Role, Account]) -> dict[str, list[uuid.UUID]]:
    """Inside a transaction: what stands in the addresses of access to data."""
    colleague = _add(
        Account(email="colleague@example.org", display_name="colleague", password_hash="!", created_at=utcnow())
    )
    _add(Membership(account_id=colleague.id, dialogue_id=dialogue.id, role=Role.APPLICANT))
    lead = staff[Role.APPLICANT]
    asset = _add(
        DataAsset(dialogue_id=dialogue.id, name="Chest scans", chair_account_id=staff[Role.COMMITTEE_MEMBER].id)
    )
    made = AccessApplication(
        asset_id=asset.id, number=1, title="Nodules", organisation="Example Ltd", route=Route.TRAIN,
        state=ApplicationState.SUBMITTED, pen_account_id=lead.id,
    )  # fmt: skip
    made.people = [
        ApplicationPerson(account_id=lead.id, part=Part.LEAD),
        ApplicationPerson(account_id=colleague.id, part=Part.TEAM),
    ]
    _add(made)
    _add(
        ApplicationMove(
            application_id=made.id, state_before=ApplicationState.DRAFT, state_after=ApplicationState.SUBMITTED,
            moved_as=Mover.APPLICANT, moved_by_id=lead.id,
        )
    )  # fmt: skip
    _add(ApplicationStep(application_id=made.id, step="1", planned_minutes=240))
    _add(AssessmentAnswer(application_id=made.id, question="plain_summary", text="We look for nodules."))
    suggestion = _add(
        AssessmentSuggestion(application_id=made.id, question="purpose", text="Say why.", suggested_by_id=colleague.id)
    )
    harm = _add(
        Harm(application_id=made.id, place=1, text="A nodule is missed.", scenario=Scenario.WORST_FAILING)
    )
    keep_version(made, occasion=ApplicationState.SUBMITTED, by=lead, now=utcnow())
    if db.session.query(ExampleAssessment).filter_by(dialogue_id=dialogue.id).first() is None:
        _add(ExampleAssessment(dialogue_id=dialogue.id, title="Example", content={"answers": {}, "harms": []}))
    return {
        "asset_id": [asset.public_id],
        "application_id": [made.public_id],
        "person_id": [made.people[1].public_id],
        "suggested_id": [suggestion.public_id],
        "harm_id": [harm.public_id],
    }


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
