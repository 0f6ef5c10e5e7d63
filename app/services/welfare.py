"""Passing a worry about a person on to the safeguarding lead, and closing it. It changes nothing about the words."""

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.vault import WelfareConcern
from app.queries.welfare import lead_of
from app.queries.word_kinds import Words, kind_of
from app.services.mail import WELFARE, write_mail
from app.services.recording import record
from app.services.word_marks import mark_of
from deliberation.comments import tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind


def raise_concern(dialogue: Dialogue, words: Words, note: str, *, by: Account) -> None:
    """Keeps the note where the lead alone reads it, and tells the lead by mail that there is one.

    The log knows that it happened, and nothing about whom or which words.

    Raises:
        RuleError: `no_lead`, `author_unknown`.
    """
    lead, author_id = lead_of(dialogue), kind_of(words).author_of(words)
    if lead is None:
        raise RuleError("no_lead")
    if author_id is None:
        raise RuleError("author_unknown")
    db.session.add(
        WelfareConcern(
            dialogue_id=dialogue.id,
            participant_id=author_id,
            kind=kind_of(words).key,
            words_ref=words.public_id,
            note=tidy(note)[:2000],
            raised_by_id=by.id,
        )
    )
    mark_of(dialogue, words).is_passed_on = True
    db.session.flush()
    write_mail(dialogue, lead, WELFARE)
    record(EventKind.WELFARE_CONCERN_RAISED, by=by, dialogue_id=dialogue.id)


def close_concern(dialogue: Dialogue, concern: WelfareConcern, outcome: str, *, by: Account) -> None:
    """The lead says what was done.

    Raises:
        RuleError: `concern_closed`.
    """
    if concern.closed_at is not None:
        raise RuleError("concern_closed")
    concern.outcome, concern.closed_by_id, concern.closed_at = tidy(outcome)[:2000], by.id, utcnow()
    db.session.flush()
    record(EventKind.WELFARE_CONCERN_CLOSED, by=by, dialogue_id=dialogue.id)
