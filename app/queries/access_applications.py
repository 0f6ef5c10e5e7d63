"""Data assets and applications of a dialogue: found by address, listed for whoever may see them, with their steps."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, false, func, or_, select

from app.db import db
from app.models.access_applications import (
    AccessApplication,
    ApplicationMove,
    ApplicationPerson,
    ApplicationStep,
    DataAsset,
)
from app.models.assessment import AssessmentVersion, ExampleAssessment
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership
from app.queries.assessment_facts import facts_of, person_of
from app.queries.people import roles_of
from deliberation.assessment import ApplicationState
from deliberation.assessment_steps import STEPS, Holder, Step, StepState, holder_of, step_of_move, step_states
from deliberation.roles import Role

READERS = frozenset({Role.COMMITTEE_MEMBER, Role.OVERSEER, Role.EVALUATOR})
"""Who reads an application once something was handed in."""
TURNS = {
    Role.APPLICANT: Holder.APPLICANT, Role.COMMITTEE_MEMBER: Holder.COMMITTEE, Role.FACILITATOR: Holder.FACILITATOR,
}  # fmt: skip


@dataclass(frozen=True)
class TimelineStep:
    """One step with where it stands, its deadline, its hours, and the moves that were made in it."""

    step: Step
    state: StepState
    due_on: date | None
    planned_minutes: int | None
    actual_minutes: int | None
    moves: Sequence[ApplicationMove]


def assets_of(dialogue: Dialogue) -> list[DataAsset]:
    """Every data asset, newest last."""
    return list(
        db.session.scalars(select(DataAsset).where(DataAsset.dialogue_id == dialogue.id).order_by(DataAsset.id))
    )


def find_asset(dialogue: Dialogue, public_id: uuid.UUID) -> DataAsset | None:
    """The asset with this address in this dialogue."""
    return db.session.scalar(
        select(DataAsset).where(DataAsset.dialogue_id == dialogue.id, DataAsset.public_id == public_id)
    )


def find_application(dialogue: Dialogue, public_id: uuid.UUID) -> AccessApplication | None:
    """The application with this address in this dialogue, whoever asks."""
    return db.session.scalar(
        select(AccessApplication)
        .join(DataAsset, DataAsset.id == AccessApplication.asset_id)
        .where(DataAsset.dialogue_id == dialogue.id, AccessApplication.public_id == public_id)
    )


def is_handed_in(application: AccessApplication) -> bool:
    """Whether anything was ever submitted: before, only the team reads it."""
    found = select(AssessmentVersion.id).where(AssessmentVersion.application_id == application.id)
    return db.session.scalar(found.limit(1)) is not None


def may_see(application: AccessApplication, account: Account) -> bool:
    """Whether the account may know this application.

    Its team always; the facilitator, who runs the steps, too; committee, overseers and the evaluator once something
    was handed in; nobody else, other applicants least of all.
    """
    roles = roles_of(account, application.asset.dialogue)
    if Role.APPLICANT in roles and person_of(application, account) is not None:
        return True
    if Role.FACILITATOR in roles:
        return True
    return bool(roles & READERS) and is_handed_in(application)


def applications_for(dialogue: Dialogue, account: Account) -> list[AccessApplication]:
    """Those that the account may see, newest first."""
    roles = roles_of(account, dialogue)
    found = (
        select(AccessApplication).join(DataAsset).where(DataAsset.dialogue_id == dialogue.id)
        .order_by(AccessApplication.id.desc())
    )  # fmt: skip
    if Role.FACILITATOR in roles:
        return list(db.session.scalars(found))
    own = exists().where(
        ApplicationPerson.application_id == AccessApplication.id, ApplicationPerson.account_id == account.id
    )
    handed_in = exists().where(AssessmentVersion.application_id == AccessApplication.id)
    seen = [own] * (Role.APPLICANT in roles) + [handed_in] * bool(roles & READERS)
    return list(db.session.scalars(found.where(or_(false(), *seen))))


def waiting_for(dialogue: Dialogue, account: Account) -> list[AccessApplication]:
    """Applications whose next act is one of the account's: its team's, the committee's or the facilitator's."""
    roles = roles_of(account, dialogue)
    turns = {TURNS[role] for role in roles & set(TURNS)}
    found = []
    for one in applications_for(dialogue, account):
        on_team = person_of(one, account) is not None
        turn = holder_of(one.state)
        if turn in turns and on_team == (turn is Holder.APPLICANT):
            found.append(one)
    return found


def counts_by_state(dialogue: Dialogue) -> dict[ApplicationState, int]:
    """How many applications stand in each state."""
    rows = db.session.execute(
        select(AccessApplication.state, func.count())
        .join(DataAsset)
        .where(DataAsset.dialogue_id == dialogue.id)
        .group_by(AccessApplication.state)
    )
    return {state: count for state, count in rows}  # noqa: C416 - a Row is no pair to mypy


def next_number(asset: DataAsset) -> int:
    """The number of the next application for this asset."""
    newest = select(func.max(AccessApplication.number)).where(AccessApplication.asset_id == asset.id)
    return (db.session.scalar(newest) or 0) + 1


def steps_of(application: AccessApplication) -> dict[str, ApplicationStep]:
    """Deadlines and hours by step."""
    rows = db.session.scalars(select(ApplicationStep).where(ApplicationStep.application_id == application.id))
    return {row.step: row for row in rows}


def timeline_of(application: AccessApplication, now: datetime) -> list[TimelineStep]:
    """The seven steps as they stand. A date that follows from the rules stands where nobody set another."""
    rows = steps_of(application)
    been = frozenset({application.state, *(move.state_before for move in application.moves)})
    states = step_states(application.state, been)
    facts = facts_of(application, None, now)
    derived: Mapping[str, datetime | None] = {
        "3": facts.workshop_at, "4b": facts.panel_due_at, "5b": facts.response_until,
    }  # fmt: skip
    found = []
    for step in STEPS:
        row, moment = rows.get(step.key), derived.get(step.key)
        due = (row.due_on if row else None) or (moment.date() if moment else None)
        moves = [move for move in application.moves if step_of_move(move.state_before, move.state_after) == step]
        found.append(
            TimelineStep(
                step, states[step.key], due, row.planned_minutes if row else step.minutes,
                row.actual_minutes if row else None, moves,
            )
        )  # fmt: skip
    return found


def committee_of(dialogue: Dialogue) -> list[Account]:
    """Everybody on the committee now."""
    return list(
        db.session.scalars(
            select(Account)
            .join(Membership, Membership.account_id == Account.id)
            .where(
                Membership.dialogue_id == dialogue.id,
                Membership.role == Role.COMMITTEE_MEMBER,
                Membership.ended_at.is_(None),
            )
            .order_by(Account.display_name)
        )
    )


def find_person(application: AccessApplication, public_id: uuid.UUID) -> ApplicationPerson | None:
    """Somebody of the team by address."""
    return next((one for one in application.people if one.public_id == public_id), None)


def example_of(dialogue: Dialogue) -> ExampleAssessment | None:
    """The complete example that the dialogue's kit brought, if any."""
    return db.session.scalar(select(ExampleAssessment).where(ExampleAssessment.dialogue_id == dialogue.id))
