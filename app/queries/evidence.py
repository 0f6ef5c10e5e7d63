"""What lies under findings and clauses: themes, statements and comments with counts as they stood in the snapshot."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db import db
from app.models.analysis import Citation, Finding, Snapshot, Theme
from app.models.dialogues import Dialogue
from app.models.terms import Clause, EvidenceLink
from app.models.voting import Statement
from app.queries.analysis import (
    Tally,
    Words,
    comments_as_read,
    people_in,
    snapshot_of,
    statements_of,
    tallies,
    themes_of,
    words_of,
)
from app.queries.conditions import ConditionLine, conditions_as_read, conditions_citable
from app.queries.drafting import draft_of_finding
from deliberation.terms import EvidenceKind, LinkStance


@dataclass(frozen=True)
class StatementLine:
    """A statement with its counts in one snapshot. `text` is None once its words are no longer shown."""

    id: int
    public_id: uuid.UUID
    number: int
    text: str | None
    lang: str
    tally: Tally
    stance: LinkStance = LinkStance.SUPPORTS


@dataclass(frozen=True)
class CommentLine:
    """A comment as this reader may see it: `text` is None where it may not be quoted."""

    id: int
    public_id: uuid.UUID
    text: str | None
    lang: str
    stance: LinkStance = LinkStance.SUPPORTS


@dataclass(frozen=True)
class ThemeLine:
    """A theme with its statements and comments. `is_final` is True once a person stands behind it."""

    id: int
    public_id: uuid.UUID
    title: str
    description: str
    is_final: bool
    statements: tuple[StatementLine, ...]
    comments: tuple[CommentLine, ...]
    conditions: tuple[ConditionLine, ...] = ()
    stance: LinkStance = LinkStance.SUPPORTS

    @property
    def unquoted(self) -> int:
        """Comments whose words are not shown to this reader."""
        return sum(one.text is None for one in self.comments)


@dataclass(frozen=True)
class FindingLine:
    """A finding, everything it cites, and why a clause links it (`stance` and `why`), if one does."""

    id: int
    public_id: uuid.UUID
    number: int
    text: str
    limits: str
    lang: str
    written_at: datetime
    is_withdrawn: bool
    snapshot_number: int
    snapshot_public_id: uuid.UUID
    taken_at: datetime
    people: int
    themes: tuple[ThemeLine, ...]
    statements: tuple[StatementLine, ...]
    comments: tuple[CommentLine, ...]
    conditions: tuple[ConditionLine, ...] = ()
    stance: LinkStance = LinkStance.SUPPORTS
    why: str = ""
    link_public_id: uuid.UUID | None = None
    by_a_table: bool = False
    """Whether a table of participants wrote the words; which one is never said."""

    @property
    def all_statements(self) -> tuple[StatementLine, ...]:
        """Each statement once, whether cited itself or through a theme."""
        found = {one.id: one for theme in self.themes for one in theme.statements}
        found.update({one.id: one for one in self.statements})
        return tuple(found.values())

    @property
    def all_conditions(self) -> tuple[ConditionLine, ...]:
        """Each condition once, whether cited itself or put in a theme that is."""
        return each_once((*self.conditions, *(one for theme in self.themes for one in theme.conditions)))

    @property
    def supporting(self) -> tuple[StatementLine, ...]:
        """Statements cited for the finding."""
        return tuple(one for one in self.statements if one.stance is LinkStance.SUPPORTS)

    @property
    def tempering(self) -> tuple[StatementLine, ...]:
        """Statements cited because they pull the other way."""
        return tuple(one for one in self.statements if one.stance is LinkStance.TEMPERS)

    @property
    def dissent(self) -> tuple[StatementLine, ...]:
        """Statements where some people voted the other way, the most first."""
        split = [one for one in self.all_statements if one.tally.is_open and one.tally.against]
        return tuple(sorted(split, key=lambda one: (-one.tally.against, one.number)))


@dataclass(frozen=True)
class Resting:
    """What a clause rests on, counted: each statement once, as it stood in the newest snapshot behind the clause.

    votes and against leave out statements whose counts this reader may not see; `hidden` says how many those are.
    """

    findings: int
    themes: int
    statements: int
    comments: int
    votes: int
    against: int
    people: int
    hidden: int
    conditions: int = 0


class Evidence:
    """Reads what lies under findings, each snapshot and statement once.

    Args:
        exact: an analyst reads: each count and each readable comment.
    """

    def __init__(self, dialogue: Dialogue, *, exact: bool) -> None:
        self.dialogue = dialogue
        self.exact = exact
        self._statements: dict[int, Statement] = statements_of(dialogue)
        self._tallies: dict[int, dict[int, Tally]] = {}

    def of(self, finding: Finding, link: EvidenceLink | None = None) -> FindingLine:
        """A finding with everything it cites, and the link that carries it."""
        snapshot = finding.snapshot
        comments = self._comments(finding.citations)
        return FindingLine(
            id=finding.id,
            public_id=finding.public_id,
            number=finding.number,
            text=finding.text,
            limits=finding.limits,
            lang=finding.lang,
            written_at=finding.written_at,
            is_withdrawn=finding.withdrawn_at is not None,
            snapshot_number=snapshot.number,
            snapshot_public_id=snapshot.public_id,
            taken_at=snapshot.taken_at,
            people=people_in(snapshot),
            themes=tuple(
                self.theme(db.session.get_one(Theme, one.theme_id), one.stance)
                for one in finding.citations
                if one.kind is EvidenceKind.THEME
            ),
            statements=self.statements(
                snapshot, [(one.statement_id, one.stance) for one in finding.citations if one.statement_id is not None]
            ),
            comments=comments,
            conditions=conditions_as_read(
                self.dialogue,
                [(one.condition_id, f"finding-{one.id}", one.stance) for one in finding.conditions],
                exact=self.exact,
            ),
            stance=link.stance if link is not None else LinkStance.SUPPORTS,
            why=link.why if link is not None else "",
            link_public_id=link.public_id if link is not None else None,
            by_a_table=draft_of_finding(finding.id) is not None,
        )

    def under(self, clause: Clause) -> tuple[FindingLine, ...]:
        """The findings under a clause, supporting ones first."""
        lines = [self.of(link.finding, link) for link in clause.links]
        return tuple(sorted(lines, key=lambda one: (one.stance is LinkStance.TEMPERS, one.number)))

    def theme(self, theme: Theme, stance: LinkStance = LinkStance.SUPPORTS) -> ThemeLine:
        """A theme with its members' counts in its own snapshot."""
        ids = [one.statement_id for one in theme.members if one.statement_id is not None]
        words = comments_as_read(
            self.dialogue, [one.comment_id for one in theme.members if one.comment_id is not None], exact=self.exact
        )
        return ThemeLine(
            id=theme.id,
            public_id=theme.public_id,
            title=theme.title,
            description=theme.description,
            is_final=theme.finalised_at is not None,
            statements=self.statements(snapshot_of(theme), [(one, stance) for one in ids]),
            comments=tuple(_comment(one, stance) for one in words.values()),
            conditions=conditions_as_read(
                self.dialogue,
                [(one.condition_id, f"theme-{one.id}", stance) for one in theme.conditions],
                exact=self.exact,
            ),
            stance=stance,
        )

    def statements(self, snapshot: Snapshot, wanted: Sequence[tuple[int, LinkStance]]) -> tuple[StatementLine, ...]:
        """Statements with their counts in a snapshot, by number."""
        counts = self.tallies(snapshot)
        lines = []
        for key, stance in wanted:
            statement = self._statements.get(key)
            if statement is not None and key in counts:
                lines.append(
                    StatementLine(
                        id=key,
                        public_id=statement.public_id,
                        number=statement.number,
                        text=words_of(statement),
                        lang=statement.lang,
                        tally=counts[key],
                        stance=stance,
                    )
                )
        return tuple(sorted(lines, key=lambda one: one.number))

    def tallies(self, snapshot: Snapshot) -> dict[int, Tally]:
        """The counts of a snapshot, read once."""
        if snapshot.id not in self._tallies:
            self._tallies[snapshot.id] = tallies(snapshot, self.dialogue.mode, exact=self.exact)
        return self._tallies[snapshot.id]

    def _comments(self, citations: Sequence[Citation]) -> tuple[CommentLine, ...]:
        stances = {one.comment_id: one.stance for one in citations if one.comment_id is not None}
        words = comments_as_read(self.dialogue, [one for one in stances if one is not None], exact=self.exact)
        return tuple(_comment(one, stances[one.id]) for one in words.values())


def resting(findings: Sequence[FindingLine]) -> Resting:
    """What findings rest on, counted."""
    by_age = sorted(findings, key=lambda one: one.snapshot_number)
    statements = {one.id: one for finding in by_age for one in finding.all_statements}
    shown = [one.tally for one in statements.values() if one.tally.is_open]
    comments = {one.id for finding in findings for one in finding.comments}
    comments |= {one.id for finding in findings for theme in finding.themes for one in theme.comments}
    return Resting(
        findings=len(findings),
        themes=len({theme.id for finding in findings for theme in finding.themes}),
        statements=len(statements),
        comments=len(comments),
        votes=sum(one.seen for one in shown),
        against=sum(one.against for one in shown),
        people=max((one.people for one in findings), default=0),
        hidden=len(statements) - len(shown),
        conditions=len(each_once(one for finding in findings for one in finding.all_conditions)),
    )


def each_once(lines: Iterable[ConditionLine]) -> tuple[ConditionLine, ...]:
    """Conditions without repeats, in their order."""
    return tuple({one.key: one for one in lines}.values())


def _comment(words: Words, stance: LinkStance) -> CommentLine:
    return CommentLine(words.id, words.public_id, words.text, words.lang, stance)


@dataclass(frozen=True)
class Citable:
    """What a finding on a snapshot may cite."""

    themes: tuple[ThemeLine, ...]
    statements: tuple[StatementLine, ...]
    comments: tuple[CommentLine, ...]
    conditions: tuple[ConditionLine, ...]


def citable(dialogue: Dialogue, snapshot: Snapshot) -> Citable:
    """Themes, statements whose words everyone may see, and comments an analyst may read: all of one snapshot."""
    evidence = Evidence(dialogue, exact=True)
    supports = LinkStance.SUPPORTS
    wanted = [(one["id"], supports) for one in snapshot.result["statements"]]
    inputs = snapshot.settings["inputs"]
    words = comments_as_read(dialogue, [*inputs["comments"], *inputs["by_people"]], exact=True)
    return Citable(
        themes=tuple(evidence.theme(one) for one in themes_of(snapshot)),
        statements=tuple(one for one in evidence.statements(snapshot, wanted) if one.text is not None),
        comments=tuple(_comment(one, supports) for one in words.values() if one.text is not None),
        conditions=conditions_citable(dialogue, snapshot.taken_at),
    )
