"""The Terms of Reference: clauses and their wordings, evidence under them, and publishing."""

from enum import StrEnum

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.analysis import Finding
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.terms import Clause, ClauseWording, EvidenceLink, TermsOfReference, TermsSection
from app.queries.terms import section_summaries
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.terms import LinkStance, TermsState, WordingKind, check_publishable

TEXT_LIMIT = 4000
SAYS_SYNTHETIC = True
"""Every page and export of a synthetic dialogue carries the word: the layouts and the writers put it there."""


class Shift(StrEnum):
    """Which way a clause moves within its section."""

    UP = "up"
    DOWN = "down"


def add_clause(section: TermsSection, *, text: str, kind: WordingKind, by: Account) -> Clause:
    """A clause at the end of a section.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `terms_published`.
    """
    _check_draft(section.terms)
    words = _checked(text)
    place = db.session.scalar(select(func.max(Clause.place)).where(Clause.section_id == section.id)) or 0
    clause = Clause(section_id=section.id, place=place + 1)
    db.session.add(clause)
    db.session.flush()
    _word(clause, words, kind, section.terms, by)
    _record(EventKind.CLAUSE_WRITTEN, clause, by, version=1, whose=kind.value)
    return clause


def reword_clause(clause: Clause, *, text: str, kind: WordingKind, by: Account) -> ClauseWording:
    """A new wording; every earlier one is kept, the participants' and the commissioner's alike.

    Raises:
        RuleError: as `add_clause`, and `unchanged` for the same words from the same side.
    """
    check_standing(clause)
    words = _checked(text)
    newest = clause.wordings[-1]
    if newest.text == words and newest.kind is kind:
        raise RuleError("unchanged")
    added = _word(clause, words, kind, clause.section.terms, by)
    _record(EventKind.CLAUSE_WRITTEN, clause, by, version=added.version, whose=kind.value)
    return added


def remove_clause(clause: Clause, *, by: Account) -> None:
    """Takes a clause out of the document; its row, wordings and evidence stay in the record."""
    check_standing(clause)
    clause.removed_at = utcnow()
    db.session.flush()
    _record(EventKind.CLAUSE_REMOVED, clause, by)


def move_clause(clause: Clause, shift: Shift, *, by: Account) -> None:
    """One place up or down among the standing clauses of its section; at the end it stays."""
    check_standing(clause)
    standing = [one for one in clause.section.clauses if one.removed_at is None]
    at = standing.index(clause)
    to = at - 1 if shift is Shift.UP else at + 1
    if not 0 <= to < len(standing):
        return
    other = standing[to]
    clause.place, other.place = other.place, clause.place
    db.session.flush()
    _record(EventKind.CLAUSE_WRITTEN, clause, by, moved=shift.value)


def link_evidence(clause: Clause, finding: Finding, *, stance: LinkStance, why: str, by: Account) -> EvidenceLink:
    """Clause -> finding, pinned to the finding's snapshot. From now on the finding's words are frozen.

    Raises:
        RuleError: `finding_withdrawn`, `already_linked`, `terms_published`.
    """
    check_standing(clause)
    if finding.withdrawn_at is not None:
        raise RuleError("finding_withdrawn")
    if any(link.finding_id == finding.id for link in clause.links):
        raise RuleError("already_linked")
    link = EvidenceLink(
        clause_id=clause.id,
        finding_id=finding.id,
        snapshot_id=finding.snapshot_id,
        stance=stance,
        why=why.strip(),
        linked_by_id=by.id,
    )
    clause.links.append(link)
    db.session.flush()
    _record(EventKind.EVIDENCE_LINKED, clause, by, finding=finding.number, stance=stance.value)
    return link


def unlink_evidence(link: EvidenceLink, *, by: Account) -> None:
    """Takes a finding from under a clause; the event log keeps that it was there."""
    clause = link.clause
    check_standing(clause)
    number = link.finding.number
    clause.links.remove(link)
    db.session.flush()
    _record(EventKind.EVIDENCE_UNLINKED, clause, by, finding=number)


def publish_terms(dialogue: Dialogue, *, by: Account) -> TermsOfReference:
    """Publishes the document; its wording is frozen.

    Raises:
        RuleError: `terms_published`, `sections_missing`, `synthetic_unmarked`.
    """
    terms = db.session.scalars(select(TermsOfReference).where(TermsOfReference.dialogue_id == dialogue.id)).one()
    _check_draft(terms)
    check_publishable(section_summaries(terms), is_synthetic=dialogue.is_synthetic, says_synthetic=SAYS_SYNTHETIC)
    terms.state, terms.published_at = TermsState.PUBLISHED, utcnow()
    db.session.flush()
    record(EventKind.TERMS_PUBLISHED, by=by, dialogue_id=dialogue.id, about=terms)
    return terms


def _word(clause: Clause, text: str, kind: WordingKind, terms: TermsOfReference, by: Account) -> ClauseWording:
    added = ClauseWording(version=len(clause.wordings) + 1, kind=kind, text=text, lang=terms.lang, written_by_id=by.id)
    clause.wordings.append(added)
    db.session.flush()
    return added


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise RuleError("words_empty")
    if len(text) > TEXT_LIMIT:
        raise RuleError("words_too_long", over=len(text) - TEXT_LIMIT, limit=TEXT_LIMIT)
    return text


def _check_draft(terms: TermsOfReference) -> None:
    if terms.state is TermsState.PUBLISHED:
        raise RuleError("terms_published")


def check_standing(clause: Clause) -> None:
    """RuleError `clause_removed` or `terms_published`: only a standing clause of a draft is changed."""
    if clause.removed_at is not None:
        raise RuleError("clause_removed")
    _check_draft(clause.section.terms)


def _record(event: EventKind, clause: Clause, by: Account, /, **facts: object) -> None:
    dialogue_id = clause.section.terms.dialogue_id
    record(event, by=by, dialogue_id=dialogue_id, about=clause, facts={"section": clause.section.number, **facts})
