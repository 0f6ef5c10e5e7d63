"""Research questions in the Terms of Reference: naming one in a clause, and taking it out again."""

from app.db import db
from app.models.people import Account
from app.models.research_questions import ClauseResearchQuestion, ResearchQuestion
from app.models.terms import Clause
from app.queries.research_terms import links_of
from app.services.recording import record
from app.services.terms import check_standing
from deliberation.events import EventKind
from deliberation.research_questions import check_cite


def name_in_clause(clause: Clause, row: ResearchQuestion, *, by: Account) -> ClauseResearchQuestion:
    """The clause asks for this, or says that it is left out; only what was decided on, with its reason.

    Raises:
        RuleError: `not_decided_yet`, `already_linked`, `clause_removed`, `terms_published`.
    """
    check_standing(clause)
    is_linked = any(one.research_question_id == row.id for one in links_of(clause))
    check_cite(row.state, is_linked=is_linked)
    link = ClauseResearchQuestion(clause_id=clause.id, research_question_id=row.id, linked_by_id=by.id)
    db.session.add(link)
    db.session.flush()
    _record(EventKind.EVIDENCE_LINKED, clause, row, by)
    return link


def take_out_of_clause(clause: Clause, link: ClauseResearchQuestion, *, by: Account) -> None:
    """The clause no longer names it; the event log keeps that it did.

    Raises:
        RuleError: `clause_removed`, `terms_published`.
    """
    check_standing(clause)
    row = link.research_question
    db.session.delete(link)
    db.session.flush()
    _record(EventKind.EVIDENCE_UNLINKED, clause, row, by)


def _record(event: EventKind, clause: Clause, row: ResearchQuestion, by: Account, /) -> None:
    facts = {"section": clause.section.number, "research_question": row.number}
    record(event, by=by, dialogue_id=clause.section.terms.dialogue_id, about=clause, facts=facts)
