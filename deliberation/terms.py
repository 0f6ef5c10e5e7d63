"""Terms of Reference: what supports a clause, what is missing, what was left unused."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from deliberation.errors import RuleError


class LinkStance(StrEnum):
    """Why a finding is linked to a clause."""

    SUPPORTS = "supports"
    TEMPERS = "tempers"


class EvidenceKind(StrEnum):
    """What a finding cites in its snapshot."""

    THEME = "theme"
    STATEMENT = "statement"
    COMMENT = "comment"
    CONDITION = "condition"


class WordingKind(StrEnum):
    """Whose words a wording is: both are kept and shown."""

    PARTICIPANTS = "participants"
    COMMISSIONER = "commissioner"


class TermsState(StrEnum):
    """Draft until the commissioner publishes; a published document's wording is frozen."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True)
class ClauseSummary:
    """A clause, counted."""

    number: str
    supporting: int
    tempering: int


@dataclass(frozen=True)
class SectionSummary:
    """A section of the document, counted."""

    number: int
    title: str
    is_required: bool
    clauses: Sequence[ClauseSummary]


def clauses_without_evidence(sections: Sequence[SectionSummary]) -> list[str]:
    """Numbers of the clauses that no finding supports, in order."""
    return [c.number for s in sections for c in s.clauses if c.supporting == 0]


def empty_required_sections(sections: Sequence[SectionSummary]) -> list[int]:
    """Numbers of required sections that hold no clause yet."""
    return [s.number for s in sections if s.is_required and not s.clauses]


def check_publishable(sections: Sequence[SectionSummary], *, is_synthetic: bool, says_synthetic: bool) -> None:
    """RuleError `sections_missing` or `synthetic_unmarked`; a bare clause warns and does not block."""
    missing = empty_required_sections(sections)
    if missing:
        raise RuleError("sections_missing", sections=", ".join(str(number) for number in missing))
    if is_synthetic and not says_synthetic:
        raise RuleError("synthetic_unmarked")
