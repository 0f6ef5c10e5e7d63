"""Deciding about participants' words, and undoing a decision; each is an event."""

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.comments import Comment, ModerationDecision
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.voting import StageStatement, Statement
from app.queries.moderation import WordKind, Words, decision_label, newest_decision, words_of
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState, state_after_decision

DECIDED = {Decision.APPROVE: EventKind.WORDS_APPROVED, Decision.REFUSE: EventKind.WORDS_REFUSED}


def kind_of(words: Words) -> WordKind:
    """Statement, comment or condition."""
    if isinstance(words, Statement):
        return WordKind.STATEMENT
    return WordKind.COMMENT if isinstance(words, Comment) else WordKind.CONDITION


def decide(
    dialogue: Dialogue,
    words: Words,
    decision: Decision,
    reason: ReasonCode | None = None,
    *,
    by: Account,
) -> ModerationDecision:
    """Shows words to everyone, or keeps them from being shown with a reason that their author reads.

    Raises:
        RuleError: `already_withdrawn`, `reason_missing` or `already_decided`.
    """
    given = reason if decision is Decision.REFUSE else None
    after = state_after_decision(words.state, decision, given)
    kind = kind_of(words)
    row = ModerationDecision(
        dialogue_id=dialogue.id,
        decision=decision,
        reason=given,
        state_before=words.state,
        reason_before=words.reason,
        decided_by_id=by.id,
        **{f"{kind.value}_id": words.id},
    )
    words.state, words.reason = after, given
    if isinstance(words, Statement) and after is WordState.APPROVED:
        _place(words)
    db.session.add(row)
    db.session.flush()
    facts = {"what": kind.value, "reason": given.value if given else ""}
    record(DECIDED[decision], by=by, dialogue_id=dialogue.id, about=words, facts=facts)
    return row


def undo(dialogue: Dialogue, decision: ModerationDecision, *, by: Account) -> Words:
    """Puts the words back to what they were before the decision; the decision's row stays, marked undone.

    Raises:
        RuleError: `decision_undone`, `decision_not_newest` or `already_withdrawn`.
    """
    if decision.undone_at is not None:
        raise RuleError("decision_undone")
    words = words_of(decision)
    if words.state is WordState.WITHDRAWN:
        raise RuleError("already_withdrawn")
    newest = newest_decision(decision_label(decision), words.id)
    if newest is None or newest.id != decision.id:
        raise RuleError("decision_not_newest")
    words.state, words.reason = decision.state_before, decision.reason_before
    decision.undone_at = utcnow()
    db.session.flush()
    facts = {"what": kind_of(words).value, "decision": decision.decision.value}
    record(EventKind.MODERATION_UNDONE, by=by, dialogue_id=dialogue.id, about=words, facts=facts)
    return words


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

