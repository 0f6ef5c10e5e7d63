"""The Oversight Group: what is put before it at which gate, and when reviewed content has changed since.

The digest rule. A thing is written down as labelled parts in a fixed order; their canonical text is the one JSON
text of the list of [label, words]; the digest is SHA-256 over that text in UTF-8, in hex. Nothing is tidied first:
one byte more, less or other in any label or any words is another digest, and words moved from one part to the next
are another digest too. Content has changed since review when the digest of the thing as it stands now is not the
digest of what was put before the group last.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from deliberation.events import canonical_json


class GateKind(StrEnum):
    """What a review gate is about."""

    FRAMING = "framing"
    RECRUITMENT = "recruitment"
    MATERIALS = "materials"
    FINDINGS = "findings"
    REPORT = "report"
    TERMS = "terms"


class ItemKind(StrEnum):
    """A thing that a gate binds to its exact content."""

    FRAMING = "framing"
    RECRUITMENT = "recruitment"
    MATERIAL = "material"
    STAGE_PLAN = "stage_plan"
    FINDINGS = "findings"
    REPORT = "report"
    TERMS = "terms"


class AdviceType(StrEnum):
    """What a piece of advice is about."""

    ACCURACY = "accuracy"
    BALANCE = "balance"
    CLARITY = "clarity"
    OMISSION = "omission"
    ACCESSIBILITY = "accessibility"
    LEGAL = "legal"
    PROCESS = "process"
    CONCERN = "concern"


class Severity(StrEnum):
    """How much hangs on it. An open must-fix keeps a material from participants."""

    MUST_FIX = "must_fix"
    SHOULD = "should"
    CONSIDER = "consider"


class Response(StrEnum):
    """What those who run the dialogue do with a piece of advice; each with its reason."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"
    OUT_OF_SCOPE = "out_of_scope"
    DEFERRED = "deferred"


WHOLE = {
    GateKind.FRAMING: ItemKind.FRAMING,
    GateKind.RECRUITMENT: ItemKind.RECRUITMENT,
    GateKind.FINDINGS: ItemKind.FINDINGS,
    GateKind.REPORT: ItemKind.REPORT,
    GateKind.TERMS: ItemKind.TERMS,
}
"""Gates about the one thing of their kind; a gate of materials is about texts and plans of sessions."""

STANDARD_GATES: tuple[tuple[str, GateKind], ...] = (
    ("G0", GateKind.FRAMING),
    ("G1", GateKind.RECRUITMENT),
    ("G2", GateKind.MATERIALS),
    ("G3", GateKind.MATERIALS),
    ("G4", GateKind.FINDINGS),
    ("G5", GateKind.REPORT),
    ("G6", GateKind.TERMS),
)
"""The gates that one button makes, in order: (code, kind)."""


def gate_of_session(number: int, sessions: int) -> str:
    """Code of the standard gate that looks at a session's materials: G2 for the first half, G3 for the rest."""
    return "G2" if number <= (sessions + 1) // 2 else "G3"


@dataclass(frozen=True)
class Part:
    """One labelled part of a thing: a title, a body, a clause."""

    label: str
    words: str


def canonical_text(parts: Sequence[Part]) -> str:
    """The one text of these parts in this order; `parts_of` reads it back."""
    return canonical_json([[part.label, part.words] for part in parts])


def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of a canonical text."""
    return tuple(Part(label, words) for label, words in json.loads(text))


def digest_of(text: str) -> str:
    """SHA-256, hex, over a canonical text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def readable(parts: Sequence[Part]) -> str:
    """The parts as one Markdown text: each label a heading above its words. What stands empty is left out."""
    return "\n\n".join(f"## {part.label}\n\n{part.words.strip()}" for part in parts if part.words.strip())


class Standing(StrEnum):
    """How an item of a gate stands. Never stored: it follows from facts."""

    NOT_SENT = "not_sent"
    WITH_GROUP = "with_group"
    REVIEWED = "reviewed"
    CHANGED = "changed"
    GONE = "gone"


def standing(sent: str | None, now: str | None, *, is_closed: bool) -> Standing:
    """How an item stands.

    Args:
        sent: digest of what was put before the group last; None when nothing was.
        now: digest of the thing as it stands now; None when it is there no longer.
        is_closed: the gate has closed.
    """
    if sent is None:
        return Standing.NOT_SENT if now is not None else Standing.GONE
    if now is None:
        return Standing.GONE
    if sent != now:
        return Standing.CHANGED
    return Standing.REVIEWED if is_closed else Standing.WITH_GROUP
