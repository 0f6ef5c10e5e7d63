"""The access committee at one application: its members and where each stands, scores, questions, answers, decisions."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import db
from app.models.access_applications import AccessApplication, DataAsset
from app.models.committee import (
    AccessDecision,
    CommitteeDissent,
    CommitteeInterest,
    CommitteePointAnswer,
    CommitteeQuery,
    CommitteeRubric,
    CommitteeScore,
)
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership
from app.queries.workshops import workshop_for
from deliberation.assessment import ApplicationState
from deliberation.committee import Member, is_open
from deliberation.roles import Role
from deliberation.rubric import STANDARD, Criterion, Level, RubricPart, spread

SITTING = (ApplicationState.COMMITTEE_REVIEW, ApplicationState.QUERY, ApplicationState.RESPONSE)
"""States in which the committee scores, asks and decides."""


@dataclass(frozen=True)
class Seat:
    """A member of the committee and where they stand."""

    account: Account
    member: Member
    interest: CommitteeInterest | None
    is_chair: bool


@dataclass(frozen=True)
class Spread:
    """What members scored, without saying who. `counts`: criterion -> level -> how many.

    `notes`: criterion -> words, in alphabetical order; `changes`: criterion -> (before, after, reason).
    """

    criteria: tuple[Criterion, ...]
    counts: dict[str, dict[Level, int]]
    notes: dict[str, list[str]]
    changes: dict[str, list[tuple[Level, Level, str]]]
    scored: int


def committee_of(dialogue: Dialogue) -> list[Account]:
    """Who sits on the committee now."""
    found = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.dialogue_id == dialogue.id,
            Membership.role == Role.COMMITTEE_MEMBER,
            Membership.ended_at.is_(None),
            Account.disabled_at.is_(None),
        )
        .order_by(Account.display_name, Account.id)
    )
    return list(db.session.scalars(found))


def round_of(application: AccessApplication) -> int:
    """The round at hand: one more than the moves to revise so far."""
    return sum(one.state_after is ApplicationState.REVISE for one in application.moves) + 1


def newest_interests(application: AccessApplication) -> dict[int, CommitteeInterest]:
    """Account -> what was declared last."""
    rows = db.session.scalars(
        select(CommitteeInterest)
        .where(CommitteeInterest.application_id == application.id)
        .order_by(CommitteeInterest.id)
    )
    return {row.account_id: row for row in rows}


def interests_of(application: AccessApplication) -> list[CommitteeInterest]:
    """Every declaration, oldest first."""
    rows = select(CommitteeInterest).where(CommitteeInterest.application_id == application.id)
    return list(db.session.scalars(rows.order_by(CommitteeInterest.id)))


def is_recused(application: AccessApplication, account: Account | None) -> bool:
    """Whether the member stood aside from this application: then nothing of scores or of the report is for them."""
    if account is None:
        return False
    row = db.session.scalar(
        select(CommitteeInterest)
        .where(CommitteeInterest.application_id == application.id, CommitteeInterest.account_id == account.id)
        .order_by(CommitteeInterest.id.desc())
        .limit(1)
    )
    return row is not None and row.is_recused


def score_of(application: AccessApplication, account: Account, number: int) -> CommitteeScore | None:
    """A member's scores in one round."""
    return db.session.scalar(
        select(CommitteeScore).where(
            CommitteeScore.application_id == application.id,
            CommitteeScore.round == number,
            CommitteeScore.account_id == account.id,
        )
    )


def seats_of(application: AccessApplication, number: int) -> list[Seat]:
    """The members and where each stands in this round."""
    interests = newest_interests(application)
    scores = {row.account_id: row for row in _scores(application, number)}
    return [
        Seat(
            account,
            _member(interests.get(account.id), scores.get(account.id)),
            interests.get(account.id),
            application.asset.chair_account_id == account.id,
        )
        for account in committee_of(application.asset.dialogue)
    ]


def member_at(application: AccessApplication, account: Account, number: int) -> Member:
    """Where one member stands in this round."""
    return _member(newest_interests(application).get(account.id), score_of(application, account, number))


def _member(interest: CommitteeInterest | None, score: CommitteeScore | None) -> Member:
    return Member(
        has_declared=interest is not None and not interest.is_away,
        is_recused=interest is not None and interest.is_recused,
        has_scored=score is not None,
        has_seen=score is not None and score.seen_at is not None,
        is_away=interest is not None and interest.is_away,
    )


def _scores(application: AccessApplication, number: int) -> list[CommitteeScore]:
    found = select(CommitteeScore).where(
        CommitteeScore.application_id == application.id, CommitteeScore.round == number
    )
    return list(db.session.scalars(found.order_by(CommitteeScore.id)))


def counted_scores(application: AccessApplication, number: int) -> list[CommitteeScore]:
    """Scores of members who have not stood aside since."""
    interests = newest_interests(application)
    return [
        row
        for row in _scores(application, number)
        if row.account_id not in interests or not interests[row.account_id].is_recused
    ]


def spread_of(application: AccessApplication, number: int) -> Spread:
    """The spread of one round; whoever calls this has asked `may_see_spread`."""
    rows = counted_scores(application, number)
    criteria = criteria_of(rows[-1].rubric if rows else newest_rubric(application.asset.dialogue))
    keys = [one.key for one in criteria]
    levels = [{key: Level(value) for key, value in row.levels.items()} for row in rows]
    changes = [change for row in rows for change in row.changes]
    return Spread(
        criteria=criteria,
        counts=spread(levels, keys),
        notes={key: sorted(row.notes[key] for row in rows if row.notes.get(key)) for key in keys},
        changes={
            key: [(c.level_before, c.level_after, c.reason) for c in changes if c.criterion == key] for key in keys
        },
        scored=len(rows),
    )


def newest_rubric(dialogue: Dialogue) -> CommitteeRubric | None:
    """The rubric's newest version; None: the standard one, which nobody has changed."""
    found = select(CommitteeRubric).where(CommitteeRubric.dialogue_id == dialogue.id)
    return db.session.scalar(found.order_by(CommitteeRubric.version.desc()).limit(1))


def criteria_of(rubric: CommitteeRubric | None) -> tuple[Criterion, ...]:
    """A version's criteria."""
    if rubric is None:
        return STANDARD
    return tuple(Criterion(one["key"], RubricPart(one["part"]), one["words"]) for one in rubric.criteria)


def queries_of(application: AccessApplication) -> list[CommitteeQuery]:
    """Questions to the applicant, oldest first."""
    found = select(CommitteeQuery).where(CommitteeQuery.application_id == application.id)
    return list(db.session.scalars(found.order_by(CommitteeQuery.number)))


def open_queries(application: AccessApplication, today: date) -> list[CommitteeQuery]:
    """Those that the applicant may still answer, and that a decision waits for."""
    return [one for one in queries_of(application) if is_open(one.answered_at is not None, one.due_on, today)]


def find_query(application: AccessApplication, public_id: uuid.UUID) -> CommitteeQuery | None:
    """A question about this application."""
    return db.session.scalar(
        select(CommitteeQuery).where(
            CommitteeQuery.public_id == public_id, CommitteeQuery.application_id == application.id
        )
    )


def point_answers(application: AccessApplication, number: int) -> dict[int, CommitteePointAnswer]:
    """Panel point (inner key) -> the committee's answer in this round."""
    rows = db.session.scalars(
        select(CommitteePointAnswer).where(
            CommitteePointAnswer.application_id == application.id, CommitteePointAnswer.round == number
        )
    )
    return {row.point_id: row for row in rows}


def dissents_of(application: AccessApplication, number: int) -> list[CommitteeDissent]:
    """Dissent of one round: the named by name, then "one member" by words, so that the order tells nothing."""
    rows = db.session.scalars(
        select(CommitteeDissent).where(
            CommitteeDissent.application_id == application.id, CommitteeDissent.round == number
        )
    )
    return sorted(rows, key=lambda one: (not one.is_named, one.account.display_name if one.is_named else one.words))


def dissent_by(application: AccessApplication, account: Account, number: int) -> CommitteeDissent | None:
    """A member's own dissent of one round."""
    return db.session.scalar(
        select(CommitteeDissent).where(
            CommitteeDissent.application_id == application.id,
            CommitteeDissent.round == number,
            CommitteeDissent.account_id == account.id,
        )
    )


def decisions_of(application: AccessApplication) -> Sequence[AccessDecision]:
    """Every decision, oldest first."""
    found = select(AccessDecision).where(AccessDecision.application_id == application.id)
    return db.session.scalars(found.order_by(AccessDecision.number)).all()


def newest_decision(application: AccessApplication) -> AccessDecision | None:
    """The newest decision; None before the first."""
    found = decisions_of(application)
    return found[-1] if found else None


def applications_before(dialogue: Dialogue) -> list[AccessApplication]:
    """Everything that was ever submitted in a dialogue, newest first: what a committee may look at."""
    found = (
        select(AccessApplication)
        .join(DataAsset, DataAsset.id == AccessApplication.asset_id)
        .where(DataAsset.dialogue_id == dialogue.id, AccessApplication.state != ApplicationState.DRAFT)
        .order_by(AccessApplication.id.desc())
    )
    return list(db.session.scalars(found))


def has_report(application: AccessApplication) -> bool:
    """Whether the rapporteur's report has been sent to the committee."""
    workshop = workshop_for(application)
    return workshop is not None and workshop.report_sent_at is not None
