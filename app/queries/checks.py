"""Checks of the Terms of Reference: what is missing, what claims more than its evidence, what went stale."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models.comments import Comment
from app.queries.evidence import FindingLine
from app.queries.terms import ClauseDoc, TermsDocument
from deliberation.sessions import DialogueMode
from deliberation.terms import LinkStance

_PUBLIC = re.compile(r"\b(the (general )?public|everyone|everybody|all people|citizens|the nation)\b", re.IGNORECASE)
_DISSENT = 0.25
"""The share of agreeing and disagreeing votes from which the smaller side is named in a check."""


@dataclass(frozen=True)
class Check:
    """One line of the list of checks: `code` names its sentence; where it is about a clause, its number and id."""

    code: str
    section: int
    number: str = ""
    clause: uuid.UUID | None = None


def checks_of(document: TermsDocument) -> list[Check]:
    """Every check that has something to say, in the document's order."""
    found = []
    for section in document.sections:
        if section.state == "missing":
            found.append(Check("required_empty", section.number))
        for clause in section.clauses:
            found += [
                Check(code, section.number, clause.number, clause.public_id) for code in checks_on(clause, document)
            ]
    return found


def checks_on(clause: ClauseDoc, document: TermsDocument) -> list[str]:
    """Codes of the checks that a clause fails."""
    return list(dict.fromkeys(_codes(clause, document)))


def _codes(clause: ClauseDoc, document: TermsDocument) -> Iterator[str]:
    if clause.is_bare:
        yield "bare"
    if any(one.is_withdrawn for one in clause.findings):
        yield "withdrawn"
    if document.mode is DialogueMode.PANEL and _PUBLIC.search(clause.text):
        yield "says_public"
    if clause.other_kind is not None:
        yield "other_words"
    standing = [one for one in clause.findings if not one.is_withdrawn]
    supporting = [one for one in standing if one.stance is LinkStance.SUPPORTS]
    names_dissent = any(one.stance is LinkStance.TEMPERS or one.tempering for one in standing)
    for finding in supporting:
        yield from _over_claims(finding, names_dissent)


def _over_claims(finding: FindingLine, names_dissent: bool) -> Iterator[str]:
    cited = finding.supporting or finding.all_statements
    if cited and finding.people and max(one.tally.seen for one in cited) * 2 < finding.people:
        yield "few_people"
    for one in cited:
        sides = one.tally.agree + one.tally.disagree
        if not names_dissent and sides and one.tally.against / sides > _DISSENT:
            yield "dropped_dissent"
    if any(not theme.is_final for theme in finding.themes):
        yield "draft_theme"
    if not cited and not finding.themes and len(_tables(finding)) == 1:
        yield "one_table"


def _tables(finding: FindingLine) -> set[int]:
    """Tables that the cited comments came from; which one it was is never said."""
    ids = [one.id for one in finding.comments]
    tables = db.session.scalars(select(Comment.table_id).where(Comment.id.in_(ids)))
    return {one for one in tables if one is not None}
