"""Words: how long a statement or a comment may be, and what counts as empty."""

import unicodedata
from enum import StrEnum

from deliberation.errors import RuleError

STATEMENT_LIMIT = 200
COMMENT_LIMIT = 2000
FINDING_LIMIT = 1000
CLAUSE_LIMIT = 4000
REASON_LIMIT = 500
CONDITION_LIMIT = 500


class CommentTarget(StrEnum):
    """What a comment answers."""

    PROMPT = "prompt"
    STATEMENT = "statement"
    MODEL = "model"
    COMMENT = "comment"


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
