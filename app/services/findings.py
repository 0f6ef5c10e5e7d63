"""Findings: writing one on a snapshot, changing it until a clause cites it, and withdrawing it."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.analysis import Citation, ConditionCitation, Finding, Snapshot, Theme
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.terms import Clause, EvidenceLink
from app.models.voting import Statement
from app.queries.analysis import words_of
from app.queries.conditions import find_condition
from app.queries.findings import Cited, is_cited
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import showing
from deliberation.terms import EvidenceKind

TEXT_LIMIT = 1000


def write_finding(
    dialogue: Dialogue, snapshot: Snapshot, *, text: str, limits: str, cited: Sequence[Cited], by: Account
) -> Finding:
    """A sentence that `by` stands behind, resting on things of one snapshot.

    Raises:
        RuleError: `words_empty`, `words_too_long`; `nothing_cited`; `not_in_snapshot` for a thing that the snapshot
            does not hold; `not_shown` for words that are not shown to everyone or read by analysts.
    """
    finding = Finding(
        dialogue_id=dialogue.id,
        snapshot_id=snapshot.id,
        number=_next_number(dialogue),
        text=_checked(text),
        limits=limits.strip(),
        lang=dialogue.lang,
        written_by_id=by.id,
    )
    finding.citations = _citations(dialogue, snapshot, cited)
    finding.conditions = _conditions(dialogue, snapshot, cited)
    db.session.add(finding)
    db.session.flush()
    _record(finding, by, "written")
    return finding


def edit_finding(finding: Finding, *, text: str, limits: str, cited: Sequence[Cited], by: Account) -> None:
    """Changes a finding that no clause has cited yet.

    Raises:
        RuleError: `finding_frozen`, `finding_withdrawn`, or as `write_finding`.
    """
    check_editable(finding)
    dialogue = db.session.get_one(Dialogue, finding.dialogue_id)
    finding.text, finding.limits = _checked(text), limits.strip()
    wanted = _citations(dialogue, finding.snapshot, cited)
    depends = _conditions(dialogue, finding.snapshot, cited)
    finding.citations.clear()
    finding.conditions.clear()
    db.session.flush()
    finding.citations.extend(wanted)
    finding.conditions.extend(depends)
    db.session.flush()
    _record(finding, by, "edited")


def withdraw_finding(finding: Finding, *, by: Account) -> None:
    """Takes a finding out of use; it stays readable, and clauses that cite it say so."""
    if finding.withdrawn_at is not None:
        raise RuleError("finding_withdrawn")
    finding.withdrawn_at = utcnow()
    db.session.flush()
    _record(finding, by, "withdrawn")


def check_editable(finding: Finding) -> None:
    """RuleError `finding_withdrawn`, `finding_frozen` once a clause links it, or `finding_cited` by a decision."""
    if finding.withdrawn_at is not None:
        raise RuleError("finding_withdrawn")
    linked = db.session.scalar(
        select(func.count())
        .select_from(EvidenceLink)
        .join(Clause, Clause.id == EvidenceLink.clause_id)
        .where(EvidenceLink.finding_id == finding.id)
    )
    if linked:
        raise RuleError("finding_frozen", clauses=linked)
    if is_cited(finding):
        raise RuleError("finding_cited")


def _next_number(dialogue: Dialogue) -> int:
    return (db.session.scalar(select(func.max(Finding.number)).where(Finding.dialogue_id == dialogue.id)) or 0) + 1


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise RuleError("words_empty")
    if len(text) > TEXT_LIMIT:
        raise RuleError("words_too_long", over=len(text) - TEXT_LIMIT, limit=TEXT_LIMIT)
    return text


def _citations(dialogue: Dialogue, snapshot: Snapshot, cited: Sequence[Cited]) -> list[Citation]:
    if not cited:
        raise RuleError("nothing_cited")
    held = {one["id"] for one in snapshot.result["statements"]}
    made = {}
    for one in (other for other in cited if other.kind is not EvidenceKind.CONDITION):
        target = _target(dialogue, snapshot, one, held)
        citation = Citation(kind=one.kind, stance=one.stance)
        setattr(citation, f"{one.kind.value}_id", target)
        made[one.kind, target] = citation
    return list(made.values())


def _conditions(dialogue: Dialogue, snapshot: Snapshot, cited: Sequence[Cited]) -> list[ConditionCitation]:
    """What is cited of conditions: checked ones that had been written when the snapshot was taken."""
    made = {}
    for one in (other for other in cited if other.kind is EvidenceKind.CONDITION):
        condition = find_condition(dialogue, one.public_id)
        if condition is None or condition.created_at > snapshot.taken_at:
            _refuse()
        elif not showing(condition.state, condition.reason).shown_to_all:
            raise RuleError("not_shown")
        else:
            made[condition.id] = ConditionCitation(condition_id=condition.id, stance=one.stance)
    return list(made.values())


def _target(dialogue: Dialogue, snapshot: Snapshot, one: Cited, held: set[int]) -> int:
    """The inner key of what is cited, checked to be of this snapshot."""
    if one.kind is EvidenceKind.THEME:
        found = db.session.scalar(
            select(Theme.id).where(Theme.public_id == one.public_id, Theme.snapshot_id == snapshot.id)
        )
        return found if found is not None else _refuse()
    if one.kind is EvidenceKind.STATEMENT:
        statement = db.session.scalar(
            select(Statement).where(Statement.public_id == one.public_id, Statement.dialogue_id == dialogue.id)
        )
        if statement is None or statement.id not in held:
            return _refuse()
        if words_of(statement) is None:
            raise RuleError("not_shown")
        return statement.id
    comment = db.session.scalar(
        select(Comment).where(Comment.public_id == one.public_id, Comment.dialogue_id == dialogue.id)
    )
    inputs = snapshot.settings["inputs"]
    if comment is None or comment.id not in {*inputs["comments"], *inputs["by_people"]}:
        return _refuse()
    if comment.withdrawn_at is not None or not showing(comment.state, comment.reason).read_by_analysts:
        raise RuleError("not_shown")
    return comment.id


def _refuse() -> int:
    raise RuleError("not_in_snapshot")


def _record(finding: Finding, by: Account, act: str) -> None:
    facts = {"number": finding.number, "act": act, "citations": len(finding.citations) + len(finding.conditions)}
    record(EventKind.FINDING_WRITTEN, by=by, dialogue_id=finding.dialogue_id, about=finding, facts=facts)
