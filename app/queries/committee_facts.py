"""What the committee, the decision and the register add to the facts of an application."""

from datetime import datetime
from typing import Any

from app.models.access_applications import AccessApplication
from app.models.people import Account
from app.queries import committee as reads
from app.queries.committee_material import points_for
from app.queries.register import access_state, result_of, review_facts
from deliberation.register import AccessState, review_is_due


def committee_facts(application: AccessApplication, account: Account | None, now: datetime) -> dict[str, Any]:
    """Fields of `deliberation.assessment.Facts`; `is_stood_aside` is about `account`."""
    number = reads.round_of(application)
    decision = reads.newest_decision(application)
    answered = reads.point_answers(application, number)
    seats = reads.seats_of(application, number)
    revoked = access_state(application) is AccessState.REVOKED
    review = review_facts(application)
    today = now.date()
    conditions = decision.conditions if decision is not None else []
    ended = decision is not None and decision.ends_on is not None and decision.ends_on <= today
    return {
        "is_stood_aside": reads.is_recused(application, account),
        "is_scored": bool(reads.counted_scores(application, number))
        and not any(seat.member.is_waited_for for seat in seats),
        "points_reasoned": sum(one.id in answered for one in points_for(application)),
        "has_window": decision is not None
        and bool(decision.purpose.strip())
        and decision.starts_on is not None
        and decision.ends_on is not None,
        "conditions": len(conditions),
        "loose_conditions": sum(not one.owner.strip() or one.due_on is None for one in conditions),
        "has_responded": decision is not None and decision.responded_at is not None,
        "has_review_trigger": ended or (review is not None and review_is_due(review, today)),
        "is_ended": ended or revoked,
        "is_revoked": revoked,
        "has_lay_result": result_of(application) is not None,
        "is_query_overdue": not reads.open_queries(application, today),
    }
