"""Replies to comments by the team, shown with who speaks; apart from what participants say."""

from app.db import db, utcnow
from app.models.comments import Comment, StaffReply
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.services.recording import record
from deliberation.comments import COMMENT_LIMIT, StaffVoice, check_reply, check_speaker, check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState


def reply_as_staff(
    dialogue: Dialogue,
    comment: Comment,
    text: str,
    *,
    voice: StaffVoice,
    speaker: str = "",
    interests: str = "",
    by: Account,
) -> StaffReply:
    """A reply by a facilitator, or by a specialist whose name and interests stand beside it.

    Raises:
        RuleError: `reply_when_shown` unless everyone can see the comment, `no_reply_here` for a reply to a reply,
            `speaker_missing`, `interests_missing`, `words_empty`, `words_too_long`.
    """
    check_reply(is_reply=comment.parent_id is not None)
    if comment.state is not WordState.APPROVED:
        raise RuleError("reply_when_shown")
    name, said = check_speaker(voice, speaker, interests)
    reply = StaffReply(
        dialogue_id=dialogue.id,
        comment_id=comment.id,
        voice=voice,
        speaker=name,
        interests=said,
        text=check_words(text, limit=COMMENT_LIMIT),
        lang=dialogue.lang,
        written_by_id=by.id,
    )
    db.session.add(reply)
    db.session.flush()
    facts = {"what": "staff_reply", "voice": voice.value}
    record(EventKind.COMMENT_ADDED, by=by, dialogue_id=dialogue.id, about=reply, facts=facts)
    return reply


def withdraw_staff_reply(dialogue: Dialogue, reply: StaffReply, *, by: Account) -> None:
    """Takes a reply by the team back; RuleError `already_withdrawn`."""
    if reply.withdrawn_at is not None:
        raise RuleError("already_withdrawn")
    reply.withdrawn_at = utcnow()
    db.session.flush()
    facts = {"what": "staff_reply"}
    record(EventKind.COMMENT_WITHDRAWN, by=by, dialogue_id=dialogue.id, about=reply, facts=facts)
