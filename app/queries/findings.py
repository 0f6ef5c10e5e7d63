"""Findings of a dialogue, and which clauses use them."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from app.db import db
from app.models.analysis import Finding, Snapshot, Theme
from app.models.comments import Comment
from app.models.committee import DecisionCitation
from app.models.dialogues import Dialogue
from app.models.terms import Clause, EvidenceLink
from app.models.voting import Condition, Statement
from deliberation.terms import EvidenceKind, LinkStance


@dataclass(frozen=True)
class Cited:
    """What a finding cites, as a form says it: a kind, the public id of one, and a stance."""

    kind: EvidenceKind
    public_id: uuid.UUID
    stance: LinkStance = LinkStance.SUPPORTS


def cited_by(finding: Finding) -> list[Cited]:
    """What a finding cites, as a form says it."""
    found = []
    for one in finding.citations:
        target: Theme | Statement | Comment | None
        if one.theme_id is not None:
            target = db.session.get(Theme, one.theme_id)
        elif one.statement_id is not None:
            target = db.session.get(Statement, one.statement_id)
        else:
            target = db.session.get(Comment, one.comment_id)
        if target is not None:
            found.append(Cited(one.kind, target.public_id, one.stance))
    for depends in finding.conditions:
        condition = db.session.get(Condition, depends.condition_id) if depends.condition_id is not None else None
        if condition is not None:
            found.append(Cited(EvidenceKind.CONDITION, condition.public_id, depends.stance))
    return found


def findings_of(dialogue: Dialogue) -> list[Finding]:
    """Every finding by number, withdrawn ones too."""
    return list(
        db.session.scalars(
            select(Finding)
            .where(Finding.dialogue_id == dialogue.id)
            .order_by(Finding.number)
            .options(selectinload(Finding.citations), joinedload(Finding.snapshot).options(defer(Snapshot.result)))
        )
    )


def find_finding(dialogue: Dialogue, public_id: uuid.UUID) -> Finding | None:
    """A finding of this dialogue."""
    return db.session.scalar(select(Finding).where(Finding.public_id == public_id, Finding.dialogue_id == dialogue.id))


def clauses_using(dialogue: Dialogue) -> dict[int, list[Clause]]:
    """Finding -> the standing clauses that link it."""
    rows = db.session.execute(
        select(EvidenceLink.finding_id, Clause)
        .join(Clause, Clause.id == EvidenceLink.clause_id)
        .join(Finding, Finding.id == EvidenceLink.finding_id)
        .where(Finding.dialogue_id == dialogue.id, Clause.removed_at.is_(None))
        .order_by(Clause.section_id, Clause.place)
    )
    found: dict[int, list[Clause]] = {}
    for finding_id, clause in rows:
        found.setdefault(finding_id, []).append(clause)
    return found


def is_linked(finding: Finding) -> bool:
    """Whether any clause links it, or a decision on access cites it: then its words are frozen."""
    linked = select(EvidenceLink.id).where(EvidenceLink.finding_id == finding.id).limit(1)
    return db.session.scalar(linked) is not None or is_cited(finding)


def is_cited(finding: Finding) -> bool:
    """Whether a decision on access cites it."""
    found = select(DecisionCitation.id).where(DecisionCitation.finding_id == finding.id).limit(1)
    return db.session.scalar(found) is not None
