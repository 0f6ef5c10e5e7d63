"""Gathers what a move of an application is judged on, and in which parts somebody may act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models.access_applications import AccessApplication, ApplicationMove, ApplicationPerson
from app.models.assessment import AssessmentAnswer
from app.models.people import Account
from app.queries.committee_facts import committee_facts
from app.queries.people import roles_of
from app.queries.workshop_facts import workshop_facts, workshop_movers
from deliberation.assessment import DECISIONS, ApplicationState, Facts, Mover, Part
from deliberation.roles import Role

SUMMARY = "plain_summary"
"""The question whose answer is the summary in plain words."""


def facts_of(
    application: AccessApplication, by: Account | None, now: datetime, *, said: Mapping[str, Any] | None = None
) -> Facts:
    """Everything that the rule asks.

    Args:
        by: who acts; None is the program.
        said: what whoever acts says with the move (`is_complete` at the screening).
    """
    decided = _newest_decision(application)
    people = application.people
    gathered: dict[str, Any] = {
        "has_summary": bool(summary_of(application).strip()),
        "has_lead": any(one.part is Part.LEAD for one in people),
        "has_note_taker": any(one.account_id == application.pen_account_id for one in people),
        "is_screened_complete": (said or {}).get("is_complete"),
        "outcome": decided.state_after if decided else None,
        "decided_at": decided.moved_at if decided else None,
        "wants_publication": application.wants_publication,
        "has_contact": bool(application.contact_email.strip()),
        "has_published_successor": _has_published_successor(application),
        **workshop_facts(application),
        **committee_facts(application, by, now),
    }
    return Facts(state=application.state, movers=movers_of(application, by), **gathered)


def movers_of(application: AccessApplication, by: Account | None) -> frozenset[Mover]:
    """In which parts somebody may act on this application.

    Of the team, the lead and whoever holds the pen act for the applicant. The chair is a member of the committee
    whom the data asset names.
    """
    if by is None:
        return frozenset({Mover.PROGRAM})
    roles = roles_of(by, application.asset.dialogue)
    movers = workshop_movers(application, by)
    person = person_of(application, by)
    if Role.APPLICANT in roles and person is not None:
        if person.part is Part.LEAD or application.pen_account_id == by.id:
            movers.add(Mover.APPLICANT)
    elif person is None:  # nobody decides on what their own team asks for
        movers |= {Mover.FACILITATOR} if Role.FACILITATOR in roles else set()
        if Role.COMMITTEE_MEMBER in roles:
            is_chair = application.asset.chair_account_id == by.id
            movers |= {Mover.COMMITTEE, Mover.CHAIR} if is_chair else {Mover.COMMITTEE}
    return frozenset(movers)


def person_of(application: AccessApplication, account: Account) -> ApplicationPerson | None:
    """The account's place in the applicant's team, if it has one."""
    return next((one for one in application.people if one.account_id == account.id), None)


def summary_of(application: AccessApplication) -> str:
    """The live summary in plain words; "" before anybody wrote one."""
    found = select(AssessmentAnswer.text).where(
        AssessmentAnswer.application_id == application.id, AssessmentAnswer.question == SUMMARY
    )
    return db.session.scalar(found) or ""


def _newest_decision(application: AccessApplication) -> ApplicationMove | None:
    return next((one for one in reversed(application.moves) if one.state_after in DECISIONS), None)


def _has_published_successor(application: AccessApplication) -> bool:
    found = select(AccessApplication.id).where(
        AccessApplication.replaces_id == application.id, AccessApplication.state == ApplicationState.PUBLISHED
    )
    return db.session.scalar(found) is not None
