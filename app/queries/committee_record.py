"""How the committee worked on one application, in counts and days: for the evaluator, without names or scores."""

from dataclasses import dataclass
from datetime import datetime

from app.models.access_applications import AccessApplication
from app.models.committee import AccessDecision
from app.queries import committee as reads
from app.queries.committee_material import findings_for, points_for
from app.queries.register import conditions_of, entry_of


@dataclass(frozen=True)
class Asked:
    """One question as the record shows it: when, and whether it rests on the report; never its words."""

    number: int
    asked_at: datetime
    answered_at: datetime | None
    relies_on_report: bool


@dataclass(frozen=True)
class Process:
    """Counts and days of the round at hand, and the decisions that were made."""

    round: int
    members: int
    declared: int
    stood_aside: int
    away: int
    scored: int
    changed_after: int
    asked: list[Asked]
    points: int
    points_answered: int
    findings: int
    dissents: int
    decisions: list[AccessDecision]
    checks: int
    is_published: bool


def process_of(application: AccessApplication) -> Process:
    """The record of one application."""
    decision = reads.newest_decision(application)
    number = decision.number if decision is not None else reads.round_of(application)
    seats = reads.seats_of(application, number)
    scores = reads.counted_scores(application, number)
    points, answers = points_for(application), reads.point_answers(application, number)
    return Process(
        round=number,
        members=len(seats),
        declared=sum(seat.member.has_declared for seat in seats),
        stood_aside=sum(seat.member.is_recused for seat in seats),
        away=sum(seat.member.is_away for seat in seats),
        scored=len(scores),
        changed_after=sum(len(row.changes) for row in scores),
        asked=[
            Asked(one.number, one.asked_at, one.answered_at, one.relies_on_report)
            for one in reads.queries_of(application)
        ],
        points=len(points),
        points_answered=sum(one.id in answers for one in points),
        findings=len(findings_for(application)),
        dissents=len(reads.dissents_of(application, number)),
        decisions=list(reads.decisions_of(application)),
        checks=sum(len(one.condition.checks) for one in conditions_of(decision)),
        is_published=entry_of(application) is not None,
    )
