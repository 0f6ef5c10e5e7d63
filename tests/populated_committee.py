"""The committee and the register in the populated dialogue: one thing of each table, about one application."""

import uuid
from datetime import timedelta
from typing import Any

from app.db import db, utcnow
from app.models import committee, register
from app.models.access_applications import AccessApplication
from app.models.analysis import Finding
from app.models.assessment import AssessmentVersion
from app.models.dialogues import Dialogue
from app.models.panel import PanelPoint
from app.models.people import Account
from app.models.workshops import AssessmentWorkshop
from deliberation.committee import Outcome, ReportUse
from deliberation.register import AccessMove, ConditionStanding, Trigger
from deliberation.roles import Role
from deliberation.rubric import STANDARD, Level


def add_committee(dialogue: Dialogue, staff: dict[Role, Account]) -> dict[str, list[uuid.UUID]]:
    """Inside a transaction, after the panel's points and the findings: what stands in the committee's addresses."""
    made = db.session.query(AccessApplication).order_by(AccessApplication.id).first()
    assert made is not None
    chair, day = staff[Role.COMMITTEE_MEMBER], utcnow().date()
    criteria = [{"key": one.key, "part": one.part.value, "words": one.words} for one in STANDARD]
    rubric = _add(committee.CommitteeRubric(dialogue_id=dialogue.id, version=1, criteria=criteria))
    _add(committee.CommitteeInterest(application_id=made.id, account_id=chair.id, declared_by_id=chair.id))
    score = _add(
        committee.CommitteeScore(
            application_id=made.id, round=1, account_id=chair.id, rubric_id=rubric.id, seen_at=utcnow(),
            levels={one.key: Level.SOUND.value for one in STANDARD},
        )
    )  # fmt: skip
    _add(
        committee.CommitteeScoreChange(
            score_id=score.id, criterion="plain", level_before=Level.WEAK, level_after=Level.SOUND, reason="Read again."
        )
    )
    query = _add(
        committee.CommitteeQuery(
            application_id=made.id, round=1, number=1, words="Who watches it?", due_on=day + timedelta(days=9)
        )
    )
    point = db.session.query(PanelPoint).first() or _panel_point(dialogue, made)
    _add(committee.CommitteePointAnswer(application_id=made.id, round=1, point_id=point.id, words="We follow it."))
    _add(committee.CommitteeDissent(application_id=made.id, round=1, account_id=chair.id, words="I would decline."))
    version = db.session.query(AssessmentVersion).filter_by(application_id=made.id).first()
    decision = _add(
        committee.AccessDecision(
            application_id=made.id, number=1, outcome=Outcome.GRANT_WITH_CONDITIONS, reasons="It is careful.",
            report_use=ReportUse.NOTHING_MORE, purpose="Finding nodules", starts_on=day,
            ends_on=day + timedelta(days=365), version_id=version.id if version else None,
        )
    )  # fmt: skip
    condition = _add(
        committee.AccessCondition(
            decision_id=decision.id, place=1, words="Report on accuracy", owner="Dr Example", due_on=day
        )
    )
    _add(committee.ConditionCheck(condition_id=condition.id, standing=ConditionStanding.NOT_DUE))
    finding = db.session.query(Finding).filter_by(dialogue_id=dialogue.id).first()
    assert finding is not None
    _add(committee.DecisionCitation(decision_id=decision.id, finding_id=finding.id))
    shown = _add(register.ApplicationFinding(application_id=made.id, finding_id=finding.id))
    record = {
        "title": made.title, "organisation": made.organisation, "route": made.route.value, "data": "Chest scans",
        "controller": "", "summary": "We look for nodules.", "version": 1, "judged_version": 1,
        "outcome": decision.outcome.value, "decided_on": day.isoformat(), "published_on": day.isoformat(),
        "reasons": "It is careful.", "consensus": "", "dissent": [], "report_use": "nothing_more", "points": [],
        "findings": [], "purpose": "Finding nodules", "starts_on": day.isoformat(), "ends_on": day.isoformat(),
        "conditions": [], "workshop_on": "", "panel": [], "response": "", "contact_name": "", "contact_email": "",
        "is_synthetic": False,
    }  # fmt: skip
    entry = _add(register.RegisterEntry(application_id=made.id, decision_id=decision.id, record=record))
    _add(register.AccessChange(application_id=made.id, move=AccessMove.SUSPEND, reason="A report is late."))
    _add(register.AccessChange(application_id=made.id, move=AccessMove.RESTORE, reason="It came."))
    _add(register.ReviewReminder(application_id=made.id, trigger_kind=Trigger.ANNUAL_NUDGE, due_on=day))
    _add(register.LayResult(application_id=made.id, words="It helped in two hospitals."))
    _add(register.CommitteeLesson(dialogue_id=dialogue.id, words="Say who watches.", published_on=day))
    return {
        "query_id": [query.public_id],
        "condition_id": [condition.public_id],
        "shown_id": [shown.public_id],
        "register_id": [entry.public_id],
    }


def _panel_point(dialogue: Dialogue, made: AccessApplication) -> PanelPoint:
    workshop = _add(AssessmentWorkshop(application_id=made.id, dialogue_id=dialogue.id, starts_at=utcnow()))
    found: PanelPoint = _add(PanelPoint(workshop_id=workshop.id, number=1))
    return found


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
