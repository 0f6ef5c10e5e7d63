"""Words: how long they may be, what counts as empty, who may reply, and until when one's own may be changed."""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

STATEMENT_LIMIT = 200
COMMENT_LIMIT = 2000
FINDING_LIMIT = 1000
CLAUSE_LIMIT = 4000
REASON_LIMIT = 500
CONDITION_LIMIT = 500
SPEAKER_LIMIT = 200

EDIT_WINDOW = timedelta(minutes=10)
"""How long after writing a comment its author may still change the words."""


class CommentTarget(StrEnum):
    """What a comment answers."""

    PROMPT = "prompt"
    STATEMENT = "statement"
    MODEL = "model"
    PARAGRAPH = "paragraph"
    TASK = "task"
    COMMENT = "comment"


class ReplySide(StrEnum):
    """What a reply is to the comment that it answers: chosen by whoever writes the reply."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class StaffVoice(StrEnum):
    """As whom a member of the team replies. Their words are never counted among participants' words."""

    FACILITATOR = "facilitator"
    SPECIALIST = "specialist"


def tidy(text: str) -> str:
    """The text in Unicode normal form C, without control characters, blank at neither end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    # a tab parts words: it becomes a blank before control characters go
    normal = unicodedata.normalize("NFC", lines.replace("\t", " "))
    kept = "".join(c for c in normal if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co"})
    return kept.strip()


def check_words(text: str, *, limit: int) -> str:
    """The tidied text; RuleError `words_empty` or `words_too_long` (limit, length, over)."""
    clean = tidy(text)
    if not clean:
        raise RuleError("words_empty")
    if len(clean) > limit:
        raise RuleError("words_too_long", limit=limit, length=len(clean), over=len(clean) - limit)
    return clean


def check_statement(text: str) -> str:
    """A statement is one line of at most 200 characters."""
    return check_words(" ".join(tidy(text).split()), limit=STATEMENT_LIMIT)


def check_reply(*, is_reply: bool) -> None:
    """Replies are one level deep; RuleError `no_reply_here` for a reply to a reply."""
    if is_reply:
        raise RuleError("no_reply_here")


def shows_others(*, has_voted: bool, is_open: bool) -> bool:
    """Whether what others say about a statement is shown: after one's own vote, or once no vote can be cast."""
    return has_voted or not is_open


def edit_until(written_at: datetime) -> datetime:
    """The moment until which the author may change the words."""
    return written_at + EDIT_WINDOW


def check_edit(*, written_at: datetime, now: datetime, is_withdrawn: bool, is_answered: bool, is_used: bool) -> None:
    """Whether an author may still change a comment.

    Args:
        is_answered: somebody else replied, and the reply stands.
        is_used: it was cited, or went into an analysis, since it was written.

    Raises:
        RuleError: `already_withdrawn`, `edit_answered`, `edit_used` or `edit_too_late`.
    """
    if is_withdrawn:
        raise RuleError("already_withdrawn")
    if is_answered:
        raise RuleError("edit_answered")
    if is_used:
        raise RuleError("edit_used")
    if now > edit_until(written_at):
        raise RuleError("edit_too_late", minutes=int(EDIT_WINDOW.total_seconds() // 60))


def check_speaker(voice: StaffVoice, speaker: str, interests: str) -> tuple[str, str]:
    """(name, interests) as shown beside a reply by the team; a specialist gives both, a facilitator neither.

    Raises:
        RuleError: `speaker_missing`, `interests_missing` or `words_too_long`.
    """
    if voice is StaffVoice.FACILITATOR:
        return "", ""
    if not tidy(speaker):
        raise RuleError("speaker_missing")
    if not tidy(interests):
        raise RuleError("interests_missing")
    return check_words(speaker, limit=SPEAKER_LIMIT), check_words(interests, limit=REASON_LIMIT)
