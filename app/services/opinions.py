"""Second opinions: a moderator asks another; both views are kept, and neither decides by itself."""

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.moderation import SecondOpinion
from app.models.people import Account
from app.queries.opinions import open_opinion
from app.queries.word_kinds import Words, kind_of
from app.services.recording import record
from app.services.word_marks import mark_of
from deliberation.comments import tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, check_second


def ask_second(
    dialogue: Dialogue,
    words: Words,
    *,
    view: Decision | None,
    reason: ReasonCode | None,
    question: str,
    by: Account,
) -> SecondOpinion:
    """Asks for a second opinion, with what the asker would do so far.

    Raises:
        RuleError: `opinion_open` while one is being waited for.
    """
    if open_opinion(words) is not None:
        raise RuleError("opinion_open")
    row = SecondOpinion(
        dialogue_id=dialogue.id,
        kind=kind_of(words).key,
        words_ref=words.public_id,
        first_view=view,
        first_reason=reason if view is Decision.REFUSE else None,
        question=tidy(question)[:500],
        asked_by_id=by.id,
    )
    db.session.add(row)
    mark_of(dialogue, words).wants_opinion = True
    db.session.flush()
    facts = {"what": row.kind}
    record(EventKind.SECOND_OPINION_ASKED, by=by, dialogue_id=dialogue.id, about=row, facts=facts)
    return row


def give_second(
    dialogue: Dialogue,
    words: Words,
    *,
    view: Decision,
    reason: ReasonCode | None,
    answer: str,
    by: Account,
) -> SecondOpinion:
    """What another moderator would do.

    Raises:
        RuleError: `no_opinion_asked`; `second_is_first` for the one who asked; `reason_missing`.
    """
    row = open_opinion(words)
    if row is None:
        raise RuleError("no_opinion_asked")
    check_second(row.asked_by_id == by.id, view, reason)
    row.second_view, row.second_reason = view, reason if view is Decision.REFUSE else None
    row.answer = tidy(answer)[:500]
    row.answered_by_id, row.answered_at = by.id, utcnow()
    mark_of(dialogue, words).wants_opinion = False
    db.session.flush()
    facts = {"what": row.kind, "decision": view.value}
    record(EventKind.SECOND_OPINION_GIVEN, by=by, dialogue_id=dialogue.id, about=row, facts=facts)
    return row
