"""From views to terms in the example: a snapshot, two finalised themes, findings, clauses and their evidence."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from app.db import db, transaction
from app.demo.words import CITED_CONDITIONS, CLAUSES, EVIDENCE, FINDINGS, PARTICIPANTS_WORDING, THEME_WORDS
from app.models.analysis import Finding, Snapshot, Theme, ThemeMember
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.terms import Clause, TermsOfReference, TermsSection
from app.models.voting import Condition, Statement
from app.services.analysis import take_snapshot
from app.services.findings import Cited, write_finding
from app.services.terms import add_clause, link_evidence, reword_clause
from app.services.themes import edit_theme
from deliberation.moderation import WordState
from deliberation.terms import EvidenceKind, LinkStance, WordingKind

OPENNESS = 0
"""The place in FINDINGS that two clauses rest on, one of them in the participants' own words."""


def write_conclusions(dialogue_id: int, staff: Mapping[str, Account]) -> None:
    """Each part in a transaction of its own; all of it through the services that people use."""
    with transaction():
        take_snapshot(db.session.get_one(Dialogue, dialogue_id), by=_again(staff, "analyst"))
    with transaction():
        _finalise_themes(dialogue_id, _again(staff, "analyst"))
    with transaction():
        _write_findings(dialogue_id, _again(staff, "analyst"))
    with transaction():
        _write_clauses(dialogue_id, _again(staff, "commissioner"))


def _again(staff: Mapping[str, Account], role: str) -> Account:
    return db.session.get_one(Account, staff[role].id)


def _snapshot(dialogue_id: int) -> Snapshot:
    return db.session.scalars(select(Snapshot).where(Snapshot.dialogue_id == dialogue_id).order_by(Snapshot.id)).one()


def _themes(snapshot: Snapshot) -> Sequence[Theme]:
    return db.session.scalars(select(Theme).where(Theme.snapshot_id == snapshot.id).order_by(Theme.place)).all()


def _finalise_themes(dialogue_id: int, by: Account) -> None:
    names = (
        ("Seeing what was decided, and why", "People want decisions and reasons in the open, in plain words."),
        ("Who sits at the table", "How deciders are picked, paid and trained, and who is left out."),
    )
    for theme, (title, description) in zip(_themes(_snapshot(dialogue_id)), names, strict=False):
        edit_theme(theme, title=title, description=description, is_final=True, by=by)


def _write_findings(dialogue_id: int, by: Account) -> None:
    dialogue, snapshot = db.session.get_one(Dialogue, dialogue_id), _snapshot(dialogue_id)
    by_text = {
        statement.text: statement
        for statement in db.session.scalars(select(Statement).where(Statement.dialogue_id == dialogue_id))
    }
    themes = list(_themes(snapshot))
    for place, (text, evidence, word) in enumerate(zip(FINDINGS, EVIDENCE, THEME_WORDS, strict=True)):
        cited = [
            Cited(EvidenceKind.STATEMENT, by_text[words].public_id, LinkStance(stance))
            for words, stance in evidence
            if words in by_text
        ]
        theme = _theme_of(themes, word)
        if theme is not None:
            cited.append(Cited(EvidenceKind.THEME, theme.public_id))
            cited += [Cited(EvidenceKind.COMMENT, comment.public_id) for comment in _comments_of(theme, word)]
        cited += _conditions(dialogue_id, CITED_CONDITIONS.get(place, ""))
        limits = "47 synthetic people; made to show how Folkmoot works."
        write_finding(dialogue, snapshot, text=text, limits=limits, cited=cited, by=by)


def _conditions(dialogue_id: int, words: str) -> list[Cited]:
    """At most two checked conditions with these words."""
    found = db.session.scalars(
        select(Condition)
        .join(Statement, Statement.id == Condition.statement_id)
        .where(
            Statement.dialogue_id == dialogue_id, Condition.text == words, Condition.state == WordState.APPROVED
        )
        .order_by(Condition.id)
        .limit(2)
    )
    return [Cited(EvidenceKind.CONDITION, one.public_id) for one in found]


def _theme_of(themes: Sequence[Theme], word: str) -> Theme | None:
    """The theme with the most comments that hold the word; None when there is none."""
    held = {
        theme: db.session.scalar(
            select(func.count())
            .select_from(ThemeMember)
            .join(Comment, ThemeMember.comment_id == Comment.id)
            .where(ThemeMember.theme_id == theme.id, Comment.text.contains(word))
        )
        or 0
        for theme in themes
    }
    best = max(held, key=lambda theme: held[theme], default=None)
    return best if best is not None and held[best] else None


def _comments_of(theme: Theme, word: str) -> list[Comment]:
    """At most two approved comments of the theme that hold the word."""
    found = db.session.scalars(
        select(Comment)
        .join(ThemeMember, ThemeMember.comment_id == Comment.id)
        .where(ThemeMember.theme_id == theme.id, Comment.state == WordState.APPROVED, Comment.text.contains(word))
        .order_by(Comment.id)
        .limit(2)
    )
    return list(found)


def _write_clauses(dialogue_id: int, by: Account) -> None:
    terms = db.session.scalars(select(TermsOfReference).where(TermsOfReference.dialogue_id == dialogue_id)).one()
    sections = {section.number: section for section in terms.sections}
    findings = list(
        db.session.scalars(select(Finding).where(Finding.dialogue_id == dialogue_id).order_by(Finding.number))
    )
    for number, text, rests_on in CLAUSES:
        clause = _clause(sections[number], text, rests_on, by)
        for order, place in enumerate(rests_on):
            stance = LinkStance.SUPPORTS if order == 0 else LinkStance.TEMPERS
            why = "It says what people want most." if order == 0 else "It says what would make this hard."
            link_evidence(clause, findings[place], stance=stance, why=why, by=by)


def _clause(section: TermsSection, text: str, rests_on: Sequence[int], by: Account) -> Clause:
    if section.number == 13 and OPENNESS in rests_on:
        clause = add_clause(section, text=PARTICIPANTS_WORDING, kind=WordingKind.PARTICIPANTS, by=by)
        reword_clause(clause, text=text, kind=WordingKind.COMMISSIONER, by=by)
        return clause
    return add_clause(section, text=text, kind=WordingKind.COMMISSIONER, by=by)
