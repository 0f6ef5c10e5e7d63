"""What lies before the committee besides the assessment: panel points, and the public dialogue's findings."""

import uuid

from sqlalchemy import select

from app.db import db
from app.models.access_applications import AccessApplication, DataAsset
from app.models.analysis import Finding
from app.models.panel import PanelPoint
from app.models.register import ApplicationFinding
from app.models.terms import Clause, TermsOfReference, TermsSection
from app.queries.workshops import workshop_for


def points_for(application: AccessApplication) -> list[PanelPoint]:
    """The panel points that the newest workshop released, by number."""
    workshop = workshop_for(application)
    if workshop is None or workshop.points_released_at is None:
        return []
    found = (
        select(PanelPoint)
        .where(
            PanelPoint.workshop_id == workshop.id,
            PanelPoint.removed_at.is_(None),
            PanelPoint.released_version.is_not(None),
        )
        .order_by(PanelPoint.number)
    )
    return list(db.session.scalars(found))


def findings_for(application: AccessApplication) -> list[ApplicationFinding]:
    """Findings and clauses of the public dialogue that were chosen for this application, in the order chosen."""
    found = select(ApplicationFinding).where(ApplicationFinding.application_id == application.id)
    return [row for row in db.session.scalars(found.order_by(ApplicationFinding.id)) if _stands(row)]


def find_chosen(application: AccessApplication, public_id: uuid.UUID) -> ApplicationFinding | None:
    """One of these."""
    return db.session.scalar(
        select(ApplicationFinding).where(
            ApplicationFinding.public_id == public_id, ApplicationFinding.application_id == application.id
        )
    )


def choosable_findings(application: AccessApplication) -> list[Finding]:
    """Standing findings of the dialogue that were not chosen yet, by number."""
    chosen = {row.finding_id for row in findings_for(application)}
    found = select(Finding).where(
        Finding.dialogue_id == application.asset.dialogue_id, Finding.withdrawn_at.is_(None)
    )
    return [one for one in db.session.scalars(found.order_by(Finding.number)) if one.id not in chosen]


def choosable_clauses(application: AccessApplication) -> list[Clause]:
    """Standing clauses of the dialogue's Terms of Reference that were not chosen yet, in their order."""
    chosen = {row.clause_id for row in findings_for(application)}
    found = (
        select(Clause)
        .join(TermsSection, TermsSection.id == Clause.section_id)
        .join(TermsOfReference, TermsOfReference.id == TermsSection.terms_id)
        .where(TermsOfReference.dialogue_id == application.asset.dialogue_id, Clause.removed_at.is_(None))
        .order_by(TermsSection.number, Clause.place)
    )
    return [one for one in db.session.scalars(found) if one.id not in chosen]


def applications_shown(finding: Finding) -> list[AccessApplication]:
    """Applications whose panel and committee are shown this finding."""
    found = (
        select(AccessApplication)
        .join(ApplicationFinding, ApplicationFinding.application_id == AccessApplication.id)
        .join(DataAsset, DataAsset.id == AccessApplication.asset_id)
        .where(ApplicationFinding.finding_id == finding.id)
        .order_by(AccessApplication.id)
    )
    return list(db.session.scalars(found))


def _stands(row: ApplicationFinding) -> bool:
    if row.finding is not None:
        return row.finding.withdrawn_at is None
    return row.clause is not None and row.clause.removed_at is None
