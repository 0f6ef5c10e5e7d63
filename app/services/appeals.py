"""Appeals: an author asks to look again, once for each decision; somebody else than the first decides and answers."""

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.moderation import Appeal
from app.models.people import Account, Participant
from app.queries.moderation_items import newest_decisions
from app.queries.opinions import open_appeal, other_moderators
from app.queries.word_kinds import Words, kind_of
from app.services.moderation import decide
from app.services.recording import record
from app.services.word_marks import mark_of
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, WordState, check_appeal_decider

APPEAL_LIMIT = 500


def appeal(dialogue: Dialogue, words: Words, text: str, *, by: Participant) -> Appeal:
    """Keeps the author's words; the desk shows them beside what was decided.

    Raises:
        RuleError: `not_yours`, `nothing_to_appeal` where the words are not kept back, `words_empty`,
            `words_too_long`; `uq_appeal_decision_id` the second time.
    """
    if kind_of(words).author_of(words) != by.id:
        raise RuleError("not_yours")
    decision = newest_decisions([words.public_id]).get(words.public_id)
    if words.state is not WordState.REFUSED or decision is None or decision.decision is not Decision.REFUSE:
        raise RuleError("nothing_to_appeal")
    clean = check_words(text, limit=APPEAL_LIMIT)
    row = Appeal(decision_id=decision.id, participant_id=by.id, words=clean)
    db.session.add(row)
    mark_of(dialogue, words).is_appealed = True
    db.session.flush()
    facts = {"what": decision.kind, "reason": decision.reason.value if decision.reason else ""}
    record(EventKind.APPEAL_MADE, by=by, dialogue_id=dialogue.id, about=row, facts=facts)
    return row


def decide_appeal(dialogue: Dialogue, words: Words, outcome: Decision, answer: str, *, by: Account) -> Appeal:
    """Shows the words after all, or lets the decision stand; the author reads the answer.

    Raises:
        RuleError: `no_appeal`; `decider_is_first` for whoever decided first, where another moderator is there;
            `words_empty` without an answer.
    """
    found = open_appeal(words)
    if found is None:
        raise RuleError("no_appeal")
    row, first = found
    check_appeal_decider(first.decided_by_id == by.id, other_moderators(dialogue, first.decided_by_id))
    row.answer = check_words(answer, limit=APPEAL_LIMIT)
    row.outcome, row.decided_by_id, row.decided_at = outcome, by.id, utcnow()
    mark_of(dialogue, words).is_appealed = False
    db.session.flush()
    if outcome is Decision.APPROVE and words.state is WordState.REFUSED:
        decide(dialogue, words, Decision.APPROVE, by=by)
    facts = {"what": first.kind, "decision": outcome.value}
    record(EventKind.APPEAL_DECIDED, by=by, dialogue_id=dialogue.id, about=row, facts=facts)
    return row

