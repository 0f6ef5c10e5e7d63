"""The chair saves the decision: its reasons, conditions and findings in one act; then the applicant has 14 days."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.committee import AccessCondition, AccessDecision, DecisionCitation
from app.models.people import Account
from app.queries import committee as reads
from app.queries.assessment import versions_of
from app.queries.committee_material import findings_for, points_for
from app.services.assessment_moves import move
from app.services.committee import chair_standing, check_sitting
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.committee import (
    ANSWER_LIMIT,
    GRANTS,
    REASON_LIMIT,
    Committee,
    DecisionDraft,
    Outcome,
    check_decision,
)
from deliberation.events import EventKind

STATES = {
    Outcome.GRANT: ApplicationState.GRANTED,
    Outcome.GRANT_WITH_CONDITIONS: ApplicationState.GRANTED_WITH_CONDITIONS,
    Outcome.REVISE: ApplicationState.REVISE,
    Outcome.DECLINE: ApplicationState.DECLINED,
}
"""Where each outcome leads."""


def committee_now(application: AccessApplication, now: datetime) -> Committee:
    """What a decision is judged on, as it stands."""
    number = reads.round_of(application)
    points, answers = points_for(application), reads.point_answers(application, number)
    return Committee(
        points=[one.number for one in points],
        answered=[one.number for one in points if one.id in answers],
        open_queries=[one.number for one in reads.open_queries(application, now.date())],
        put=sum(one.relies_on_report and one.round == number for one in reads.queries_of(application)),
        scored=len(reads.counted_scores(application, number)),
        waiting=sum(seat.member.is_waited_for for seat in reads.seats_of(application, number)),
    )


def decide(
    application: AccessApplication,
    draft: DecisionDraft,
    *,
    consensus: str = "",
    cited: Mapping[uuid.UUID, str] | None = None,
    by: Account,
    now: datetime,
) -> AccessDecision:
    """Saves the decision and moves the application: to the response window, or back to synthesis.

    Args:
        consensus: what the chair records of where the members agreed.
        cited: finding's public id -> how it weighed; only findings chosen for this application are kept.

    Raises:
        RuleError: `not_the_chair`, `committee_not_sitting`, as `check_decision`, or as the move refuses.
    """
    check_sitting(application)
    check_decision(
        draft, committee_now(application, now), chair=chair_standing(application, by), today=now.date()
    )
    row = _row(application, draft, consensus, by, now)
    _cite(application, row, cited or {})
    db.session.flush()
    facts = {"outcome": row.outcome.value, "number": row.number, "conditions": len(row.conditions)}
    record(
        EventKind.APPLICATION_DECIDED, by=by, dialogue_id=application.asset.dialogue_id, about=row, facts=facts
    )
    # The timeline is read by more people than the reasons are for before they are published.
    why = _("The reasons are kept with decision %(number)s.", number=row.number)
    move(application, STATES[row.outcome], by=by, why=why, now=now)
    if row.outcome is Outcome.REVISE:
        move(application, ApplicationState.SYNTHESIS, by=by, why=why, now=now)
    else:
        move(application, ApplicationState.RESPONSE_WINDOW, by=by, now=now)
    return row


def _row(
    application: AccessApplication, draft: DecisionDraft, consensus: str, by: Account, now: datetime
) -> AccessDecision:
    granted = draft.outcome in GRANTS
    versions = versions_of(application)
    row = AccessDecision(
        application_id=application.id,
        number=reads.round_of(application),
        outcome=draft.outcome,
        version_id=versions[-1].id if versions else None,
        reasons=check_words(draft.reasons, limit=REASON_LIMIT),
        consensus=check_words(consensus, limit=ANSWER_LIMIT) if consensus.strip() else "",
        report_use=draft.report_use,
        purpose=check_words(draft.purpose, limit=ANSWER_LIMIT) if granted else "",
        starts_on=draft.starts_on if granted else None,
        ends_on=draft.ends_on if granted else None,
        review_on=draft.review_on if granted else None,
        decided_by_id=by.id,
        decided_at=now,
    )
    if draft.outcome is Outcome.GRANT_WITH_CONDITIONS:
        row.conditions = [
            AccessCondition(place=place, words=one.words.strip(), owner=one.owner.strip(), due_on=one.due_on)
            for place, one in enumerate(draft.conditions, 1)
        ]
    db.session.add(row)
    db.session.flush()
    return row


def _cite(application: AccessApplication, row: AccessDecision, cited: Mapping[uuid.UUID, str]) -> None:
    for one in findings_for(application):
        if one.finding is not None and one.finding.public_id in cited:
            why = cited[one.finding.public_id].strip()
            row.citations.append(
                DecisionCitation(
                    finding_id=one.finding_id, why=check_words(why, limit=ANSWER_LIMIT) if why else ""
                )
            )
