"""The public ledger of what is not shown to everyone and why, and the log of every decision."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.db import db
from app.models.dialogues import Dialogue
from app.models.moderation import ModerationDecision, SecondOpinion
from app.models.people import Account
from app.models.voting import Statement
from app.queries.lineage import lines_from
from app.queries.moderation import Filters, counts, loaded
from app.queries.welfare import setting_of
from app.queries.word_kinds import KINDS, WordKind
from deliberation.moderation import EXCLUDED_FROM_ANALYSIS, ReasonCode, WordState
from deliberation.stages import StageState

LEDGER_MOST = 500
"""Entries on the public page; the counts are of all."""


@dataclass(frozen=True)
class LedgerEntry:
    """Words that are not shown. `text` is empty where the reason forbids to repeat it."""

    kind: WordKind
    reason: ReasonCode
    written_at: datetime
    text: str
    lang: str
    stands_as: str


@dataclass(frozen=True)
class Ledger:
    """Counts of everything, by reason, and the entries."""

    shown: int
    waiting: int
    by_reason: Mapping[ReasonCode, int]
    entries: list[LedgerEntry] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return sum(self.by_reason.values())


@dataclass(frozen=True)
class Decided:
    """One decision as the log lists it."""

    row: ModerationDecision
    decided_by: str
    undone_by: str
    opinions: int


def ledger_is_public(dialogue: Dialogue) -> bool:
    """From the day that the setting says so, or once every session has closed."""
    setting = setting_of(dialogue)
    states = [session.state for session in dialogue.sessions]
    closed = bool(states) and all(state is StageState.CLOSED for state in states)
    return closed or (setting is not None and setting.ledger_is_public)


def ledger_of(dialogue: Dialogue) -> Ledger:
    """What is not shown, newest first. No table, no author, no share."""
    parts = []
    for kind in KINDS.values():
        row = kind.model
        refused = select(row.id.label("id"), row.created_at.label("at"), literal(kind.key).label("kind"))
        refused = refused.where(row.state == WordState.REFUSED, row.reason.is_not(None))
        parts.append(kind.within(dialogue.id, refused))
    every = union_all(*parts).subquery()
    rows = db.session.execute(select(every).order_by(every.c.at.desc()).limit(LEDGER_MOST)).all()
    found = loaded([(row.kind, row.id) for row in rows])
    words = [(KINDS[row.kind], found[row.kind, row.id]) for row in rows]
    lines = lines_from([one.id for kind, one in words if kind.model is Statement])
    entries = [
        LedgerEntry(
            kind=kind,
            reason=one.reason,
            written_at=one.created_at,
            text="" if one.reason in EXCLUDED_FROM_ANALYSIS else kind.text_of(one),
            lang=one.lang,
            stands_as=" / ".join(
                line.new_words for line in lines.get(one.id, ()) if kind.model is Statement and line.new_words
            ),
        )
        for kind, one in words
    ]
    states = counts(dialogue, Filters(state=None)).states
    return Ledger(states.get(WordState.APPROVED, 0), states.get(WordState.WAITING, 0), _by_reason(dialogue), entries)


def decisions_in(dialogue: Dialogue) -> list[Decided]:
    """Every decision in its order, undone ones too, with who made it."""
    undoer = aliased(Account)
    rows = db.session.execute(
        select(ModerationDecision, Account.display_name, undoer.display_name)
        .join(Account, Account.id == ModerationDecision.decided_by_id)
        .outerjoin(undoer, undoer.id == ModerationDecision.undone_by_id)
        .where(ModerationDecision.dialogue_id == dialogue.id)
        .order_by(ModerationDecision.id)
    )
    given = select(SecondOpinion.words_ref).where(
        SecondOpinion.dialogue_id == dialogue.id, SecondOpinion.answered_at.is_not(None)
    )
    opinions = Counter(db.session.scalars(given))
    return [Decided(row, name, undone or "", opinions[row.words_ref]) for row, name, undone in rows]


def _by_reason(dialogue: Dialogue) -> dict[ReasonCode, int]:
    found: Counter[ReasonCode] = Counter()
    for kind in KINDS.values():
        refused = kind.within(dialogue.id, select(kind.model.reason, func.count())).where(
            kind.model.state == WordState.REFUSED, kind.model.reason.is_not(None)
        )
        for reason, count in db.session.execute(refused.group_by(kind.model.reason)):
            found[reason] += count
    return {code: found[code] for code in ReasonCode if found[code]}
