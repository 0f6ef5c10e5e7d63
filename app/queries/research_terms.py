"""Research questions as clauses name them: for the editor, the walk back and the files."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.models.research_questions import ClauseResearchQuestion, ResearchQuestion
from app.models.terms import Clause, TermsOfReference, TermsSection
from app.queries.research_questions import ResearchLine, lines
from deliberation.research_questions import ResearchState


@dataclass(frozen=True)
class NamedQuestion:
    """A research question that a clause names, as pages and files show it.

    sources: how many raised ones stand behind it, itself included. edits: wordings since participants saw it.
    """

    link_public_id: uuid.UUID
    public_id: uuid.UUID
    number: int
    state: ResearchState
    words: str
    lang: str
    verbatim: str
    verbatim_lang: str
    sources: int
    rank: int | None
    approvals: int | None
    edits: int
    outcome_reason: str


def named_in(clause: Clause) -> tuple[NamedQuestion, ...]:
    """What the clause names, by number."""
    links = links_of(clause)
    if not links:
        return ()
    shown = {one.row.id: one for one in lines([link.research_question for link in links], None)}
    return tuple(_named(link, shown[link.research_question_id]) for link in links)


def _named(link: ClauseResearchQuestion, line: ResearchLine) -> NamedQuestion:
    row = line.row
    return NamedQuestion(
        link_public_id=link.public_id,
        public_id=row.public_id,
        number=row.number,
        state=row.state,
        words=line.words,
        lang=line.words_lang,
        verbatim=line.verbatim,
        verbatim_lang=line.verbatim_lang,
        sources=1 + len(line.merged),
        rank=row.priority_rank,
        approvals=row.priority_approvals,
        edits=len(row.wordings),
        outcome_reason=row.outcome_reason,
    )


def links_of(clause: Clause) -> list[ClauseResearchQuestion]:
    """What the clause names, by number."""
    found = (
        select(ClauseResearchQuestion)
        .join(ResearchQuestion)
        .where(ClauseResearchQuestion.clause_id == clause.id)
        .options(selectinload(ClauseResearchQuestion.research_question))
        .order_by(ResearchQuestion.number)
    )
    return list(db.session.scalars(found))


def links_of_terms(terms: TermsOfReference) -> dict[int, list[ClauseResearchQuestion]]:
    """Clause id -> what the clause names, for a whole document in one query."""
    found = (
        select(ClauseResearchQuestion)
        .join(ResearchQuestion)
        .join(Clause, Clause.id == ClauseResearchQuestion.clause_id)
        .join(TermsSection, TermsSection.id == Clause.section_id)
        .where(TermsSection.terms_id == terms.id)
        .order_by(ResearchQuestion.number)
    )
    by_clause: dict[int, list[ClauseResearchQuestion]] = {}
    for one in db.session.scalars(found):
        by_clause.setdefault(one.clause_id, []).append(one)
    return by_clause
