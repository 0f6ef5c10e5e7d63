"""The Terms of Reference as a flat list of parts, so that each writer writes the same document."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import force_locale, gettext, ngettext

from app.exports.sanitise import when
from app.exports.terms_words import (
    SYNTHETIC,
    counts,
    gone,
    only_if,
    research_facts,
    research_states,
    rests_on,
    stances,
    unquoted_conditions,
    wordings,
)
from app.languages import LANGUAGES
from app.queries.evidence import FindingLine, StatementLine, ThemeLine
from app.queries.research_terms import NamedQuestion
from app.queries.terms import ClauseDoc, TermsDocument
from deliberation.terms import LinkStance, TermsState


class Style(StrEnum):
    """How a part is set."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    CLAUSE = "clause"
    ITEM = "item"
    DEEPER = "deeper"
    NOTE = "note"


@dataclass(frozen=True)
class Part:
    """One paragraph. `lang` where it differs from the document's."""

    style: Style
    text: str
    lang: str = ""


def parts(document: TermsDocument) -> list[Part]:
    """The whole document, from its title to the last line of its annexes, in its own language if we have that."""
    with force_locale(document.lang if document.lang in LANGUAGES else "en"):
        return [Part(one.style, one.text.strip(), one.lang) for one in _all(document) if one.text.strip()]


def _all(document: TermsDocument) -> Iterator[Part]:
    yield Part(Style.TITLE, document.title)
    if document.is_synthetic:
        yield Part(Style.NOTE, SYNTHETIC)
    yield from _front(document)
    for section in document.sections:
        yield Part(Style.HEADING, f"{section.number}. {section.title}")
        if not section.clauses:
            yield Part(Style.NOTE, gettext("No clause yet."))
        for clause in section.clauses:
            yield from _clause(clause)
    yield Part(Style.HEADING, gettext("Annex A: the evidence under each clause"))
    if document.is_synthetic:
        yield Part(Style.NOTE, SYNTHETIC)
    yield Part(Style.TEXT, gettext("Numbers are as they stood when each snapshot was taken. No person is named."))
    for clause in document.clauses:
        yield from _evidence(clause, document)
    yield from _not_taken_forward(document)
    if document.attribution:
        yield Part(Style.HEADING, gettext("Where the data comes from"))
        yield Part(Style.TEXT, document.attribution)


def _front(document: TermsDocument) -> Iterator[Part]:
    yield Part(Style.TEXT, f"{document.dialogue_title}: {document.question}")
    if document.organiser:
        yield Part(Style.TEXT, gettext("Run by %(organiser)s", organiser=document.organiser))
    if document.state is TermsState.PUBLISHED:
        moment = when(document.published_at, document.timezone, "d MMMM y")
        yield Part(Style.NOTE, gettext("Published on %(moment)s", moment=moment))
    else:
        yield Part(Style.NOTE, gettext("Draft: not published yet."))
    for paragraph in document.introduction.split("\n\n"):
        yield Part(Style.TEXT, paragraph)


def _clause(clause: ClauseDoc) -> Iterator[Part]:
    yield Part(Style.CLAUSE, f"{clause.number}  {clause.text}", clause.lang)
    names = wordings()
    if clause.other_kind is not None:
        yield Part(Style.NOTE, f"{names[clause.kind]}. {names[clause.other_kind]}: {clause.other_text}")
    if clause.conditions:
        yield Part(Style.NOTE, gettext("Acceptable only if: %(conditions)s", conditions=only_if(clause.conditions)))
    tags = [
        gettext("finding %(number)s", number=one.number)
        + (f" ({stances()[one.stance]})" if one.stance is LinkStance.TEMPERS else "")
        for one in clause.findings
    ]
    tags += [gettext("research question %(number)s", number=one.number) for one in clause.research]
    evidence = ", ".join(tags) or gettext("no public evidence")
    yield Part(Style.NOTE, gettext("Evidence: %(evidence)s", evidence=evidence))


def _evidence(clause: ClauseDoc, document: TermsDocument) -> Iterator[Part]:
    yield Part(Style.SUBHEADING, gettext("Clause %(number)s", number=clause.number))
    yield Part(Style.TEXT, clause.text, clause.lang)
    yield Part(Style.TEXT, rests_on(clause.resting))
    for finding in clause.findings:
        yield from _finding(finding, document, linked=True)
    for one in clause.research:
        yield from _research(one)


def _research(one: NamedQuestion) -> Iterator[Part]:
    """A research question under a clause: its source, priority, and edits since participants saw it."""
    head = gettext("Research question %(number)s (%(state)s)", number=one.number, state=research_states()[one.state])
    yield Part(Style.ITEM, f"{head}: {one.words or gone()}", one.lang)
    if one.edits and one.verbatim:
        yield Part(Style.DEEPER, gettext("First said as: “%(words)s”", words=one.verbatim), one.verbatim_lang)
    yield Part(Style.DEEPER, research_facts(one))
    if one.outcome_reason:
        yield Part(Style.DEEPER, gettext("Why: %(why)s", why=one.outcome_reason))


def _finding(finding: FindingLine, document: TermsDocument, *, linked: bool) -> Iterator[Part]:
    head = gettext("Finding %(number)s", number=finding.number)
    if linked:
        head += f" ({stances()[finding.stance]})"
    if finding.is_withdrawn:
        head += " " + gettext("(withdrawn)")
    if finding.by_a_table:
        head += " " + gettext("(written by a table of participants)")
    yield Part(Style.ITEM, f"{head}: {finding.text}", finding.lang)
    if finding.why:
        yield Part(Style.DEEPER, gettext("Why: %(why)s", why=finding.why))
    if finding.limits:
        yield Part(Style.DEEPER, gettext("What it does not say: %(limits)s", limits=finding.limits))
    moment = when(finding.taken_at, document.timezone, "d MMMM y")
    yield Part(
        Style.DEEPER,
        gettext("From snapshot %(number)s, taken on %(moment)s.", number=finding.snapshot_number, moment=moment),
    )
    for theme in finding.themes:
        yield from _theme(theme)
    for statement in finding.statements:
        yield _statement(statement)
    yield from _comments(finding)
    yield from _conditions(finding)
    yield from _dissent(finding)


def _theme(theme: ThemeLine) -> Iterator[Part]:
    mark = "" if theme.is_final else " " + gettext("(drafted by machine, not yet checked by a person)")
    yield Part(Style.ITEM, gettext("Theme: %(title)s", title=theme.title) + mark)
    yield Part(Style.DEEPER, theme.description)
    for statement in theme.statements:
        yield _statement(statement)
    if theme.comments:
        yield Part(Style.DEEPER, ngettext("%(num)s comment", "%(num)s comments", len(theme.comments)))


def _statement(line: StatementLine) -> Part:
    words = f"“{line.text}”" if line.text is not None else gone()
    head = gettext("Statement %(number)s", number=line.number)
    if line.stance is LinkStance.TEMPERS:
        head += f" ({stances()[line.stance]})"
    return Part(Style.DEEPER, f"{head}: {words} {counts(line.tally)}", line.lang)


def _comments(finding: FindingLine) -> Iterator[Part]:
    for one in finding.comments:
        if one.text is not None:
            yield Part(Style.DEEPER, gettext("Comment: “%(text)s”", text=one.text), one.lang)
    unquoted = sum(one.text is None for one in finding.comments)
    if unquoted:
        words = ngettext("%(num)s comment that is not quoted", "%(num)s comments that are not quoted", unquoted)
        yield Part(Style.DEEPER, words)


def _conditions(finding: FindingLine) -> Iterator[Part]:
    lines = finding.all_conditions
    if not lines:
        return
    yield Part(Style.ITEM, gettext("Conditions: acceptable only if"))
    for one in lines:
        if one.text is not None:
            head = gettext("On statement %(number)s", number=one.number)
            yield Part(Style.DEEPER, f"{head}: “{one.text}”", one.lang)
    yield Part(Style.DEEPER, unquoted_conditions(lines))


def _dissent(finding: FindingLine) -> Iterator[Part]:
    if not finding.dissent:
        return
    yield Part(Style.ITEM, gettext("Dissent"))
    for line in finding.dissent:
        tally = line.tally
        if tally.mostly_agree:
            words = gettext("%(count)s of %(seen)s disagreed", count=f"{tally.disagree:,}", seen=f"{tally.seen:,}")
        else:
            words = gettext("%(count)s of %(seen)s agreed", count=f"{tally.agree:,}", seen=f"{tally.seen:,}")
        yield Part(Style.DEEPER, gettext("Statement %(number)s", number=line.number) + f": {words}")


def _not_taken_forward(document: TermsDocument) -> Iterator[Part]:
    yield Part(Style.HEADING, gettext("Annex B: not taken forward"))
    if not document.not_taken_forward:
        yield Part(Style.TEXT, gettext("Every finding is used by a clause."))
        return
    yield Part(Style.TEXT, gettext("No clause uses these findings."))
    for finding in document.not_taken_forward:
        yield from _finding(finding, document, linked=False)
