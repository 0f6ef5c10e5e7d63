"""Deciding about participants' words, one or many at once, and undoing it; each is an event."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.moderation import AuthorNotice, ModerationDecision, StatementLineage
from app.models.people import Account
from app.models.types import new_public_id
from app.models.voting import StageStatement, Statement, Vote
from app.queries.moderation_items import in_batch, newest_decisions, words_of
from app.queries.word_kinds import Words, kind_of
from app.services.recording import record
from deliberation.comments import tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import (
    Decision,
    LineageKind,
    ReasonCode,
    WordState,
    check_same_words,
    check_seen,
    state_after_decision,
)

NOTE_LIMIT = 500
DECIDED = {Decision.APPROVE: EventKind.WORDS_APPROVED, Decision.REFUSE: EventKind.WORDS_REFUSED}


def decide(
    dialogue: Dialogue,
    words: Words,
    decision: Decision,
    reason: ReasonCode | None = None,
    *,
    by: Account,
    seen: WordState | None = None,
    read: str = "",
    batch: uuid.UUID | None = None,
    note: str = "",
) -> ModerationDecision:
    """Shows words to everyone, or keeps them from being shown with a reason that their author reads.

    Args:
        seen: the state the moderator saw; None where nobody looked at a page.
        read: `words_digest` of the words the moderator read; "" where nobody looked at a page.
        batch: one id for all decisions of one act.
        note: what the author reads besides the reason.

    Raises:
        RuleError: `shown_meanwhile` or `refused_meanwhile` (who) when somebody else has decided since;
            `words_changed` when the author has; `already_withdrawn`, `reason_missing` or `already_decided`.
    """
    newest = newest_decisions([words.public_id]).get(words.public_id)
    check_seen(seen, words.state, _name_of(newest, by))
    check_same_words(read, kind_of(words).text_of(words))
    given = reason if decision is Decision.REFUSE else None
    after = state_after_decision(words.state, decision, given)
    kind = kind_of(words)
    row = ModerationDecision(
        dialogue_id=dialogue.id,
        kind=kind.key,
        words_ref=words.public_id,
        decision=decision,
        reason=given,
        state_before=words.state,
        reason_before=words.reason,
        decided_by_id=by.id,
        batch=batch,
    )
    words.state, words.reason = after, given
    if isinstance(words, Statement) and after is WordState.APPROVED:
        _place(words)
    db.session.add(row)
    db.session.flush()
    author_id, clean = kind.author_of(words), tidy(note)[:NOTE_LIMIT]
    if clean and author_id is not None:
        db.session.add(AuthorNotice(decision_id=row.id, participant_id=author_id, note=clean))
    facts = {"what": kind.key, "reason": given.value if given else ""}
    record(DECIDED[decision], by=by, dialogue_id=dialogue.id, about=words, facts=facts)
    return row


def decide_many(
    dialogue: Dialogue,
    words: Sequence[tuple[Words, WordState]],
    decision: Decision,
    reason: ReasonCode | None = None,
    *,
    by: Account,
) -> list[ModerationDecision]:
    """One decision with one reason about several words, all or none; undone as one.

    Args:
        words: each with the state in which the moderator saw it.

    Raises:
        RuleError: `nothing_chosen`, and those of `decide`.
    """
    if not words:
        raise RuleError("nothing_chosen")
    batch = new_public_id()
    return [decide(dialogue, one, decision, reason, by=by, seen=seen, batch=batch) for one, seen in words]


def undo(dialogue: Dialogue, decision: ModerationDecision, *, by: Account) -> list[ModerationDecision]:
    """Puts words back to what they were before a decision, or before the whole act that it was part of.

    The rows stay, marked undone. Words of a bulk act that were taken back meanwhile stay as they are.

    Raises:
        RuleError: `decision_undone`, `decision_not_newest` or `already_withdrawn`.
    """
    if decision.undone_at is not None:
        raise RuleError("decision_undone")
    if decision.batch is None:
        _undo_one(dialogue, decision, by=by)
        return [decision]
    together = [one for one in in_batch(dialogue, decision.batch) if one.undone_at is None]
    for one in together:
        words = words_of(dialogue, one)
        if words is not None and words.state is not WordState.WITHDRAWN:
            _undo_one(dialogue, one, by=by)
    return together


def _undo_one(dialogue: Dialogue, decision: ModerationDecision, *, by: Account) -> None:
    words = words_of(dialogue, decision)
    if words is None or words.state is WordState.WITHDRAWN:
        raise RuleError("already_withdrawn")
    newest = newest_decisions([decision.words_ref]).get(decision.words_ref)
    if newest is None or newest.id != decision.id:
        raise RuleError("decision_not_newest")
    _unmake(decision)
    words.state, words.reason = decision.state_before, decision.reason_before
    decision.undone_at, decision.undone_by_id = utcnow(), by.id
    db.session.flush()
    facts = {"what": decision.kind, "decision": decision.decision.value}
    record(EventKind.MODERATION_UNDONE, by=by, dialogue_id=dialogue.id, about=words, facts=facts)


def _unmake(decision: ModerationDecision) -> None:
    """Takes back what stood in the place of the words: new wordings that nobody has voted on, and the lines to them."""
    for line in db.session.scalars(select(StatementLineage).where(StatementLineage.decision_id == decision.id)):
        if line.kind is not LineageKind.MERGED:
            if db.session.scalar(select(Vote.id).where(Vote.statement_id == line.child_id).limit(1)) is not None:
                raise RuleError("derived_voted")
            child = db.session.get_one(Statement, line.child_id)
            child.state, child.withdrawn_at = WordState.WITHDRAWN, utcnow()
        db.session.delete(line)


def _name_of(decision: ModerationDecision | None, reader: Account) -> str:
    """Who decided last, unless it was the reader: the second press of a button is no news from somebody else."""
    if decision is None or decision.decided_by_id == reader.id:
        return ""
    return db.session.get_one(Account, decision.decided_by_id).display_name


def _place(statement: Statement) -> None:
    """A participant's approved statement is voted on in the stage in which it was written."""
    if statement.stage_id is None:
        return
    placed = select(StageStatement.id).where(
        StageStatement.stage_id == statement.stage_id, StageStatement.statement_id == statement.id
    )
    if db.session.scalar(placed) is None:
        last = db.session.scalar(
            select(func.max(StageStatement.place)).where(StageStatement.stage_id == statement.stage_id)
        )
        db.session.add(
            StageStatement(stage_id=statement.stage_id, statement_id=statement.id, place=(last or 0) + 1)
        )
