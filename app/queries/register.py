"""The public register: entries with what changed since, how access stands, and what reminders are computed from."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import db
from app.models.access_applications import AccessApplication, DataAsset
from app.models.committee import AccessCondition, AccessDecision, ConditionCheck
from app.models.dialogues import Dialogue
from app.models.register import (
    AccessChange,
    CommitteeLesson,
    LayResult,
    RegisterEntry,
    ReviewReminder,
)
from app.queries.committee import newest_decision
from deliberation.assessment import ApplicationState
from deliberation.committee import GRANTS
from deliberation.register import (
    AccessMove,
    AccessState,
    ConditionStanding,
    Reminder,
    ReviewFacts,
    next_review,
)

_AFTER = {
    AccessMove.SUSPEND: AccessState.SUSPENDED,
    AccessMove.REVOKE: AccessState.REVOKED,
    AccessMove.RESTORE: AccessState.ACTIVE,
}


@dataclass(frozen=True)
class Watched:
    """One condition and its newest check; None: nobody has checked it yet."""

    condition: AccessCondition
    newest: ConditionCheck | None

    @property
    def is_breached(self) -> bool:
        """Whether the newest check found it not met."""
        return self.newest is not None and self.newest.standing is ConditionStanding.NOT_MET

    @property
    def is_met(self) -> bool:
        """Whether the newest check found it met."""
        return self.newest is not None and self.newest.standing is ConditionStanding.MET


@dataclass(frozen=True)
class Entry:
    """A record in the register: `row.record` as published, and what is read live beside it."""

    row: RegisterEntry
    is_granted: bool
    access: AccessState
    has_ended: bool
    conditions: list[Watched]
    changes: list[AccessChange]
    result: LayResult | None
    next_review: date | None
    superseded_by: RegisterEntry | None
    earlier: list[RegisterEntry]

    @property
    def is_current(self) -> bool:
        """Whether no newer version stands in its place."""
        return self.superseded_by is None


def access_state(application: AccessApplication) -> AccessState:
    """How a grant stands after what was done about it."""
    newest = db.session.scalar(
        select(AccessChange)
        .where(AccessChange.application_id == application.id, AccessChange.move.is_not(None))
        .order_by(AccessChange.id.desc())
        .limit(1)
    )
    return _AFTER[newest.move] if newest is not None and newest.move is not None else AccessState.ACTIVE


def changes_of(application: AccessApplication) -> list[AccessChange]:
    """Suspensions, restorations, revocations and declared changes, oldest first."""
    found = select(AccessChange).where(AccessChange.application_id == application.id)
    return list(db.session.scalars(found.order_by(AccessChange.id)))


def conditions_of(decision: AccessDecision | None) -> list[Watched]:
    """The conditions of a decision, each with its newest check."""
    if decision is None:
        return []
    return [Watched(one, one.checks[-1] if one.checks else None) for one in decision.conditions]


def find_condition(application: AccessApplication, public_id: uuid.UUID) -> AccessCondition | None:
    """A condition of the newest decision about this application."""
    decision = newest_decision(application)
    return next((one for one in decision.conditions if one.public_id == public_id), None) if decision else None


def result_of(application: AccessApplication) -> LayResult | None:
    """The newest result in plain words."""
    found = select(LayResult).where(LayResult.application_id == application.id)
    return db.session.scalar(found.order_by(LayResult.id.desc()).limit(1))


def review_facts(application: AccessApplication) -> ReviewFacts | None:
    """What reminders are computed from; None before a decision."""
    decision = newest_decision(application)
    if decision is None:
        return None
    return ReviewFacts(
        reviewed_on=decision.decided_at.date(),
        review_on=decision.review_on,
        ends_on=decision.ends_on,
        is_granted=decision.outcome in GRANTS,
        is_revoked=access_state(application) is AccessState.REVOKED,
        has_result=result_of(application) is not None,
        changes=[one.changed_at.date() for one in changes_of(application) if one.change_of is not None],
        conditions=[(one.condition.id, one.condition.due_on) for one in conditions_of(decision) if not one.is_met],
    )


def reminded(application: AccessApplication) -> list[Reminder]:
    """Reminders that went out."""
    rows = db.session.scalars(select(ReviewReminder).where(ReviewReminder.application_id == application.id))
    return [Reminder(row.due_on, row.trigger_kind, row.about_id) for row in rows]


def watched_applications() -> Sequence[AccessApplication]:
    """Everything that may have something due: granted and published, not yet replaced or closed."""
    states = (ApplicationState.RESPONSE_WINDOW, ApplicationState.PUBLISHED, ApplicationState.REVIEW_DUE)
    found = select(AccessApplication).where(AccessApplication.state.in_(states))
    return db.session.scalars(found.order_by(AccessApplication.id)).all()


def entry_of(application: AccessApplication) -> RegisterEntry | None:
    """The published record of an application."""
    return db.session.scalar(select(RegisterEntry).where(RegisterEntry.application_id == application.id))


def entries(dialogue: Dialogue | None = None) -> list[RegisterEntry]:
    """Every published record, newest first; of one dialogue or of all."""
    found = select(RegisterEntry)
    if dialogue is not None:
        found = (
            found.join(AccessApplication, AccessApplication.id == RegisterEntry.application_id)
            .join(DataAsset, DataAsset.id == AccessApplication.asset_id)
            .where(DataAsset.dialogue_id == dialogue.id)
        )
    return list(db.session.scalars(found.order_by(RegisterEntry.published_at.desc(), RegisterEntry.id.desc())))


def find_entry(public_id: uuid.UUID) -> RegisterEntry | None:
    """A published record."""
    return db.session.scalar(select(RegisterEntry).where(RegisterEntry.public_id == public_id))


def live(row: RegisterEntry, today: date) -> Entry:
    """A record with what is read live beside it."""
    application, decision = row.application, row.decision
    facts = review_facts(application)
    later = db.session.scalar(
        select(RegisterEntry)
        .join(AccessApplication, AccessApplication.id == RegisterEntry.application_id)
        .where(AccessApplication.replaces_id == application.id)
        .order_by(RegisterEntry.id.desc())
        .limit(1)
    )
    return Entry(
        row=row,
        is_granted=decision.outcome in GRANTS,
        access=access_state(application),
        has_ended=decision.ends_on is not None and decision.ends_on < today,
        conditions=conditions_of(decision),
        changes=changes_of(application),
        result=result_of(application),
        next_review=next_review(facts) if facts and later is None else None,
        superseded_by=later,
        earlier=_earlier(application),
    )


def _earlier(application: AccessApplication) -> list[RegisterEntry]:
    found, seen = [], {application.id}
    before = application.replaces
    while before is not None and before.id not in seen:
        seen.add(before.id)
        row = entry_of(before)
        if row is not None:
            found.append(row)
        before = before.replaces
    return found


def lessons_of(dialogue: Dialogue | None = None) -> list[CommitteeLesson]:
    """Published lessons, newest first."""
    found = select(CommitteeLesson)
    if dialogue is not None:
        found = found.where(CommitteeLesson.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(CommitteeLesson.published_on.desc(), CommitteeLesson.id.desc())))


def decisions_citing(finding_id: int) -> list[RegisterEntry]:
    """Published records whose decision cites a finding."""
    found = (
        select(RegisterEntry)
        .join(AccessDecision, AccessDecision.id == RegisterEntry.decision_id)
        .where(AccessDecision.citations.any(finding_id=finding_id))
    )
    return list(db.session.scalars(found.order_by(RegisterEntry.id)))
