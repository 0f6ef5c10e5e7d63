"""The Terms of Reference as pages and writers read it: sections, clauses, what is missing, the whole document."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models.analysis import Citation, Finding, Snapshot, Theme, ThemeMember
from app.models.dialogues import Dialogue
from app.models.terms import Clause, ClauseWording, EvidenceLink, TermsOfReference, TermsSection
from app.models.voting import Statement
from app.queries.conditions import ConditionLine
from app.queries.evidence import Evidence, FindingLine, Resting, each_once, resting
from app.queries.findings import clauses_using, findings_of
from app.queries.research_terms import NamedQuestion, links_of_terms, named_in
from deliberation.sessions import DialogueMode
from deliberation.terms import ClauseSummary, LinkStance, SectionSummary, TermsState, WordingKind


def terms_of(dialogue: Dialogue) -> TermsOfReference:
    """The document of a dialogue; each dialogue is made with one."""
    return db.session.scalars(select(TermsOfReference).where(TermsOfReference.dialogue_id == dialogue.id)).one()


def is_published(dialogue: Dialogue) -> bool:
    """Whether the document is there for everybody of the dialogue to read."""
    state = db.session.scalar(select(TermsOfReference.state).where(TermsOfReference.dialogue_id == dialogue.id))
    return state is TermsState.PUBLISHED


def find_section(dialogue: Dialogue, public_id: uuid.UUID) -> TermsSection | None:
    """A section of this dialogue's document."""
    return db.session.scalar(
        select(TermsSection)
        .join(TermsOfReference)
        .where(TermsSection.public_id == public_id, TermsOfReference.dialogue_id == dialogue.id)
    )


def find_clause(dialogue: Dialogue, public_id: uuid.UUID) -> Clause | None:
    """A clause of this dialogue's document, standing or removed."""
    return db.session.scalar(
        select(Clause)
        .join(TermsSection)
        .join(TermsOfReference)
        .where(Clause.public_id == public_id, TermsOfReference.dialogue_id == dialogue.id)
    )


def find_link(clause: Clause, public_id: uuid.UUID) -> EvidenceLink | None:
    """A link under this clause."""
    return next((one for one in clause.links if one.public_id == public_id), None)


def standing(section: TermsSection) -> list[Clause]:
    """The clauses of a section that have not been removed, in order."""
    found = [one for one in section.clauses if one.removed_at is None]
    return sorted(found, key=lambda one: (one.place, one.id))


def number_of(clause: Clause) -> str:
    """Such as 4.2; a removed clause has only its section's number and a dash."""
    places = standing(clause.section)
    return f"{clause.section.number}.{places.index(clause) + 1 if clause in places else '–'}"


def newest(clause: Clause, kind: WordingKind | None = None) -> ClauseWording | None:
    """The newest wording, or the newest of one side; None where that side has written none."""
    found = [one for one in clause.wordings if kind is None or one.kind is kind]
    return found[-1] if found else None


def words_now(clause: Clause) -> str:
    """The clause as it reads now."""
    return clause.wordings[-1].text


def other_wording(clause: Clause) -> ClauseWording | None:
    """The newest wording of the other side, where it reads differently: both are shown."""
    now = clause.wordings[-1]
    other = newest(
        clause, WordingKind.COMMISSIONER if now.kind is WordingKind.PARTICIPANTS else WordingKind.PARTICIPANTS
    )
    return other if other is not None and other.text != now.text else None


def section_summaries(terms: TermsOfReference) -> list[SectionSummary]:
    """Sections and clauses, counted for the rules; a research question that a clause names carries it too."""
    named = links_of_terms(terms)
    return [
        SectionSummary(
            section.number,
            section.title,
            section.is_required,
            [
                ClauseSummary(
                    number_of(clause),
                    sum(_carries(one, LinkStance.SUPPORTS) for one in clause.links) + len(named.get(clause.id, ())),
                    sum(_carries(one, LinkStance.TEMPERS) for one in clause.links),
                )
                for clause in standing(section)
            ],
        )
        for section in terms.sections
    ]


def _carries(link: EvidenceLink, stance: LinkStance) -> bool:
    return link.stance is stance and link.finding.withdrawn_at is None


def is_bare(clause: Clause) -> bool:
    """Whether no standing finding supports the clause."""
    return not any(_carries(one, LinkStance.SUPPORTS) for one in clause.links)


def unused_findings(dialogue: Dialogue) -> list[Finding]:
    """Standing findings that no standing clause links."""
    used = clauses_using(dialogue)
    return [one for one in findings_of(dialogue) if one.withdrawn_at is None and one.id not in used]


@dataclass(frozen=True)
class ClauseDoc:
    """A clause in the document, with everything behind it."""

    public_id: uuid.UUID
    number: str
    text: str
    lang: str
    kind: WordingKind
    other_text: str
    other_kind: WordingKind | None
    findings: tuple[FindingLine, ...]
    resting: Resting
    research: tuple[NamedQuestion, ...] = ()

    @property
    def conditions(self) -> tuple[ConditionLine, ...]:
        """What people said it depends on: conditions of the standing findings under it, each once."""
        return each_once(one for finding in self.findings if not finding.is_withdrawn for one in finding.all_conditions)

    @property
    def is_bare(self) -> bool:
        """No standing finding supports it, and it names no research question."""
        supported = any(one.stance is LinkStance.SUPPORTS and not one.is_withdrawn for one in self.findings)
        return not supported and not self.research


@dataclass(frozen=True)
class SectionDoc:
    """A section in the document."""

    public_id: uuid.UUID
    number: int
    title: str
    is_required: bool
    evidence_needed: str
    guidance: str
    clauses: tuple[ClauseDoc, ...]

    @property
    def state(self) -> str:
        """missing (required and empty), empty, bare (some clause without evidence) or ready."""
        if not self.clauses:
            return "missing" if self.is_required else "empty"
        return "bare" if any(one.is_bare for one in self.clauses) else "ready"


@dataclass(frozen=True)
class TermsDocument:
    """The whole document as plain values: what the pages show and the writers write."""

    title: str
    introduction: str
    lang: str
    state: TermsState
    published_at: datetime | None
    dialogue_title: str
    question: str
    organiser: str
    mode: DialogueMode
    is_synthetic: bool
    attribution: str
    timezone: str
    sections: tuple[SectionDoc, ...]
    not_taken_forward: tuple[FindingLine, ...]

    @property
    def clauses(self) -> tuple[ClauseDoc, ...]:
        """All clauses in order."""
        return tuple(clause for section in self.sections for clause in section.clauses)


def terms_document(dialogue: Dialogue, *, exact: bool = False) -> TermsDocument:
    """The document with its evidence, as everybody may read it; `exact` for analysts."""
    terms = terms_of(dialogue)
    evidence = Evidence(dialogue, exact=exact)
    return TermsDocument(
        title=terms.title,
        introduction=terms.introduction,
        lang=terms.lang,
        state=terms.state,
        published_at=terms.published_at,
        dialogue_title=dialogue.title,
        question=dialogue.question,
        organiser=dialogue.organiser,
        mode=dialogue.mode,
        is_synthetic=dialogue.is_synthetic,
        attribution=dialogue.attribution,
        timezone=dialogue.timezone,
        sections=tuple(_section(section, evidence) for section in terms.sections),
        not_taken_forward=tuple(evidence.of(one) for one in unused_findings(dialogue)),
    )


def _section(section: TermsSection, evidence: Evidence) -> SectionDoc:
    return SectionDoc(
        public_id=section.public_id,
        number=section.number,
        title=section.title,
        is_required=section.is_required,
        evidence_needed=section.evidence_needed,
        guidance=section.guidance,
        clauses=tuple(clause_doc(clause, evidence) for clause in standing(section)),
    )


def clause_doc(clause: Clause, evidence: Evidence) -> ClauseDoc:
    """One clause with everything behind it."""
    now, other = clause.wordings[-1], other_wording(clause)
    findings = evidence.under(clause)
    return ClauseDoc(
        public_id=clause.public_id,
        number=number_of(clause),
        text=now.text,
        lang=now.lang,
        kind=now.kind,
        other_text=other.text if other else "",
        other_kind=other.kind if other else None,
        findings=findings,
        resting=resting(findings),
        research=named_in(clause),
    )


@dataclass(frozen=True)
class WhereItWent:
    """From one statement forward: themes that hold it, findings that cite it or them, clauses that use these."""

    themes: tuple[tuple[Theme, int], ...]
    findings: tuple[Finding, ...]
    clauses: tuple[Clause, ...]


def where_it_went(dialogue: Dialogue, statement: Statement) -> WhereItWent:
    """Everything that a statement reached. Themes come with the number of their snapshot."""
    themes = [
        (theme, number)
        for theme, number in db.session.execute(
            select(Theme, Snapshot.number)
            .join(ThemeMember, ThemeMember.theme_id == Theme.id)
            .join(Snapshot, Snapshot.id == Theme.snapshot_id)
            .where(ThemeMember.statement_id == statement.id, Snapshot.dialogue_id == dialogue.id)
            .order_by(Snapshot.number.desc(), Theme.place)
        )
    ]
    cited = (Citation.statement_id == statement.id) | Citation.theme_id.in_([theme.id for theme, _ in themes])
    findings = list(
        db.session.scalars(
            select(Finding)
            .where(
                Finding.dialogue_id == dialogue.id,
                Finding.withdrawn_at.is_(None),
                Finding.id.in_(select(Citation.finding_id).where(cited)),
            )
            .order_by(Finding.number)
        )
    )
    used = clauses_using(dialogue)
    clauses = {clause.id: clause for one in findings for clause in used.get(one.id, [])}
    ordered = sorted(clauses.values(), key=lambda one: (one.section.number, one.place))
    return WhereItWent(tuple(themes), tuple(findings), tuple(ordered))


def cited_publicly(document: TermsDocument | Sequence[ClauseDoc], statement: Statement) -> bool:
    """Whether a published document rests on this statement."""
    clauses = document.clauses if isinstance(document, TermsDocument) else document
    return any(one.id == statement.id for c in clauses for f in c.findings for one in f.all_statements)
