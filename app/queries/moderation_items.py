"""What stands around words on the moderation desk: what they answer, what was decided, similar ones."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.moderation import ModerationDecision, WordMark
from app.models.people import Account
from app.models.voting import Statement
from app.queries.moderation import Entry
from app.queries.similar import similar_statements, similar_to_each
from app.queries.word_kinds import KINDS, About, WordKind, Words, find_words
from deliberation.moderation import WordState, words_digest

LOOKED_THROUGH = 500
"""How many of the newest statements are looked through for similar ones: the page has to stay quick."""


@dataclass(frozen=True)
class Item:
    """Words with where they came from. No author and no table: a moderator decides about words."""

    kind: WordKind
    words: Words
    stage: Stage | None
    about: About
    decision: ModerationDecision | None
    mark: WordMark | None
    looked_at_by: Account | None = None

    @property
    def text(self) -> str:
        """The words; empty once they were taken back."""
        return "" if self.words.state is WordState.WITHDRAWN else self.kind.text_of(self.words)

    @property
    def digest(self) -> str:
        """A sign by which the desk knows these words again."""
        return words_digest(self.kind.text_of(self.words))

    @property
    def is_late(self) -> bool:
        """Whether they came after the stage had closed."""
        return self.kind.late is not None and bool(getattr(self.words, self.kind.late.key))


def items_of(entries: Sequence[Entry], now: datetime, reader: Account | None = None) -> list[Item]:
    """The entries with what stands around them, in four queries beside those for what they answer.

    Args:
        reader: whose own claims are no news.
    """
    refs = [entry.words.public_id for entry in entries]
    decisions = newest_decisions(refs)
    marks = {mark.words_ref: mark for mark in db.session.scalars(select(WordMark).where(WordMark.words_ref.in_(refs)))}
    stage_ids = {_stage_id(entry) for entry in entries} - {None}
    stages = {one.id: one for one in db.session.scalars(select(Stage).where(Stage.id.in_(stage_ids)))}
    found = []
    for entry in entries:
        mark = marks.get(entry.words.public_id)
        found.append(
            Item(
                kind=entry.kind,
                words=entry.words,
                stage=stages.get(_stage_id(entry) or 0),
                about=entry.kind.about(entry.words),
                decision=decisions.get(entry.words.public_id),
                mark=mark,
                looked_at_by=_looked_at_by(mark, now, reader),
            )
        )
    return found


def similar_shown(dialogue: Dialogue, words: Words, text: str) -> list[Statement]:
    """Up to three statements that everyone can see and that say nearly the same; nothing is encoded for it."""
    if isinstance(words, Statement):
        return [one.statement for one in similar_to_each(dialogue, [words], most=LOOKED_THROUGH)[words.id]]
    return [one.statement for one in similar_statements(dialogue, text, by_words=True, most=LOOKED_THROUGH)]


def find_decision(dialogue: Dialogue, public_id: uuid.UUID) -> ModerationDecision | None:
    """A decision of this dialogue."""
    return db.session.scalar(
        select(ModerationDecision).where(
            ModerationDecision.public_id == public_id, ModerationDecision.dialogue_id == dialogue.id
        )
    )


def in_batch(dialogue: Dialogue, batch: uuid.UUID) -> list[ModerationDecision]:
    """The decisions made by one act about several words, in their order."""
    found = select(ModerationDecision).where(
        ModerationDecision.batch == batch, ModerationDecision.dialogue_id == dialogue.id
    )
    return list(db.session.scalars(found.order_by(ModerationDecision.id)))


def decisions_of(dialogue: Dialogue, limit: int = 10) -> list[tuple[ModerationDecision, Words | None]]:
    """The newest decisions, undone ones too, each with its words (None once they are gone)."""
    found = (
        select(ModerationDecision)
        .where(ModerationDecision.dialogue_id == dialogue.id)
        .order_by(ModerationDecision.id.desc())
        .limit(limit)
    )
    return [(decision, words_of(dialogue, decision)) for decision in db.session.scalars(found)]


def words_of(dialogue: Dialogue, decision: ModerationDecision) -> Words | None:
    """The words that a decision was about; None once they are gone."""
    kind = KINDS.get(decision.kind)
    return None if kind is None else find_words(dialogue, kind, decision.words_ref)


def newest_decisions(refs: Sequence[uuid.UUID]) -> dict[uuid.UUID, ModerationDecision]:
    """Words -> the newest decision about them that has not been undone."""
    found = select(ModerationDecision).where(
        ModerationDecision.words_ref.in_(refs), ModerationDecision.undone_at.is_(None)
    )
    return {one.words_ref: one for one in db.session.scalars(found.order_by(ModerationDecision.id))}


def _stage_id(entry: Entry) -> int | None:
    return None if entry.kind.stage is None else getattr(entry.words, entry.kind.stage.key)


def _looked_at_by(mark: WordMark | None, now: datetime, reader: Account | None) -> Account | None:
    if mark is None or mark.claimed_by_id is None or mark.claimed_until is None or mark.claimed_until <= now:
        return None
    if reader is not None and mark.claimed_by_id == reader.id:
        return None
    return db.session.get(Account, mark.claimed_by_id)
