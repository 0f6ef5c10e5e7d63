"""Rewording, splitting and merging participants' statements: new rows, and a line from each to where it came from.

Votes stay with the words they were cast on. An old statement that nobody has voted on is no longer put to the vote;
one that has votes stays as it is, and its new words stand beside it.
"""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.moderation import ModerationDecision, StatementLineage
from app.models.people import Account, Participant
from app.models.voting import Statement, Vote
from app.queries.moderation_items import newest_decisions
from app.queries.statements import next_number
from app.services.moderation import decide
from app.services.recording import record
from app.services.word_marks import mark_of
from deliberation.comments import check_statement
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, LineageKind, ReasonCode, WordState, check_parts
from deliberation.voting import Origin

RECORDED = {LineageKind.REWORDED: EventKind.STATEMENT_REWORDED, LineageKind.SPLIT: EventKind.STATEMENT_SPLIT}


def reword(dialogue: Dialogue, statement: Statement, texts: Sequence[str], *, by: Account) -> list[Statement]:
    """New statements with other words in the place of one: a single one rewords it, several split it.

    They belong to its author, who is asked whether they still say what was meant.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `unchanged`, `parts_repeated`, `already_withdrawn`.
    """
    if statement.state is WordState.WITHDRAWN:
        raise RuleError("already_withdrawn")
    wanted = [check_statement(text) for text in texts if text.strip()]
    check_parts(statement.text, wanted)
    kind = LineageKind.REWORDED if len(wanted) == 1 else LineageKind.SPLIT
    closing = _close(dialogue, statement, ReasonCode.UNCLEAR, by=by)
    made = []
    for text in wanted:
        derived = Statement(
            dialogue_id=dialogue.id,
            number=next_number(dialogue.id),
            text=text,
            lang=statement.lang,
            origin=Origin.DERIVED,
            author_id=statement.author_id,
            approach=statement.approach,
            stance=statement.stance,
            derived_from_id=statement.id,
            stage_id=statement.stage_id,
            table_id=statement.table_id,
            is_late=statement.is_late,
        )
        db.session.add(derived)
        db.session.flush()
        _link(statement, derived, kind, closing, by=by)
        decide(dialogue, derived, Decision.APPROVE, by=by)
        made.append(derived)
    facts = {"number": statement.number, "count": len(made)}
    record(RECORDED[kind], by=by, dialogue_id=dialogue.id, about=statement, facts=facts)
    return made


def merge(dialogue: Dialogue, repeated: Statement, kept: Statement, *, by: Account) -> ModerationDecision:
    """One statement stands for another that says the same: the other stays in the record and is not shown.

    Raises:
        RuleError: `same_statement`; `not_shown` when the kept one is not shown to everyone; those of `decide`.
    """
    if repeated.id == kept.id:
        raise RuleError("same_statement")
    if kept.state is not WordState.APPROVED:
        raise RuleError("not_shown")
    made = decide(dialogue, repeated, Decision.REFUSE, ReasonCode.REPEATED, by=by)
    _link(repeated, kept, LineageKind.MERGED, made, by=by)
    facts = {"number": repeated.number, "kept": kept.number}
    record(EventKind.STATEMENTS_MERGED, by=by, dialogue_id=dialogue.id, about=repeated, facts=facts)
    return made


def answer_reword(line: StatementLineage, *, says_same: bool, by: Participant) -> None:
    """The author's answer to "is this still what you meant?"; a no takes the new words back.

    The old words are then again as they were before, flagged for the desk.

    Raises:
        RuleError: `not_yours`, `reword_answered_before`.
    """
    derived = db.session.get_one(Statement, line.child_id)
    if derived.author_id != by.id:
        raise RuleError("not_yours")
    if line.answered_at is not None:
        raise RuleError("reword_answered_before")
    line.says_same, line.answered_at = says_same, utcnow()
    if not says_same:
        derived.state, derived.withdrawn_at = WordState.WITHDRAWN, utcnow()
        _reopen(line)
    db.session.flush()
    facts = {"number": derived.number, "agreed": says_same}
    record(EventKind.REWORD_ANSWERED, by=by, dialogue_id=by.dialogue_id, about=derived, facts=facts)


def _reopen(line: StatementLineage) -> None:
    """The decision that closed the old words is undone, unless something else was decided about them since."""
    parent = db.session.get_one(Statement, line.parent_id)
    decision = db.session.get(ModerationDecision, line.decision_id) if line.decision_id else None
    newest = newest_decisions([parent.public_id]).get(parent.public_id)
    if decision is not None and newest is not None and newest.id == decision.id:
        parent.state, parent.reason = decision.state_before, decision.reason_before
        decision.undone_at = utcnow()
    mark_of(db.session.get_one(Dialogue, parent.dialogue_id), parent).is_flagged = True


def _close(dialogue: Dialogue, statement: Statement, reason: ReasonCode, *, by: Account) -> ModerationDecision | None:
    """Keeps old words from being put to the vote, unless somebody has voted on them or they are kept back already."""
    voted = db.session.scalar(select(Vote.id).where(Vote.statement_id == statement.id).limit(1))
    if voted is not None or statement.state is WordState.REFUSED:
        return None
    return decide(dialogue, statement, Decision.REFUSE, reason, by=by)


def _link(
    parent: Statement, child: Statement, kind: LineageKind, decision: ModerationDecision | None, *, by: Account
) -> None:
    known = db.session.scalar(
        select(StatementLineage).where(
            StatementLineage.parent_id == parent.id, StatementLineage.child_id == child.id
        )
    )
    line = known or StatementLineage(parent_id=parent.id, child_id=child.id, made_by_id=by.id)
    line.kind, line.decision_id = kind, decision.id if decision is not None else None
    db.session.add(line)
    db.session.flush()
