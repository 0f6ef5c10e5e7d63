"""Writing together: one pen at a table, versions that nobody overwrites unseen, suggestions, and agreement."""

from datetime import datetime, timedelta
from enum import StrEnum

from deliberation.errors import RuleError

PEN_SILENCE = timedelta(minutes=10)
"""After so long without a save anybody at the table may take the pen over."""
DRAFT_LIMIT = 1000
SUGGESTION_LIMIT = 1000


class DraftKind(StrEnum):
    """What a table writes in its own words."""

    FINDING = "finding"
    RESEARCH_QUESTION = "research_question"


class SuggestionState(StrEnum):
    """What the table that wrote the draft did with a suggested change of words."""

    OPEN = "open"
    TAKEN = "taken"
    PARTLY = "partly"
    NOT_TAKEN = "not_taken"


class Agreement(StrEnum):
    """Dissent has words; silence is never yes."""

    AGREED = "agreed"
    AGREED_EXCEPT = "agreed_except"


def pen_is_free(holder: int | None, used_at: datetime | None, now: datetime, by: int) -> bool:
    """Whether `by` may take the pen: nobody holds it, they hold it, or its holder has been silent for ten minutes."""
    if holder is None or holder == by or used_at is None:
        return True
    return now - used_at >= PEN_SILENCE


def check_pen_free(holder: int | None, used_at: datetime | None, now: datetime, by: int) -> None:
    """RuleError `pen_taken` (minutes: after which it is free) unless `pen_is_free`."""
    if not pen_is_free(holder, used_at, now, by):
        raise RuleError("pen_taken", minutes=PEN_SILENCE // timedelta(minutes=1))


def check_holds_pen(holder: int | None, by: int) -> None:
    """RuleError `pen_missing` for anybody but the scribe."""
    if holder != by:
        raise RuleError("pen_missing")


def check_newest(based_on: int, newest: int) -> None:
    """RuleError `draft_changed` when somebody saved another version meanwhile: both texts have to be looked at."""
    if based_on != newest:
        raise RuleError("draft_changed", newest=newest)


def check_quote(quote: str, text: str) -> None:
    """RuleError `quote_missing` unless the quoted part stands in the text (blanks may differ); "" is the whole."""
    if " ".join(quote.split()) not in " ".join(text.split()):
        raise RuleError("quote_missing")


def check_answer(state: SuggestionState, reason: str) -> None:
    """RuleError `unknown_answer` for no answer; `why_missing` where it is not taken whole and nobody says why."""
    if state is SuggestionState.OPEN:
        raise RuleError("unknown_answer")
    if state is not SuggestionState.TAKEN and not reason.strip():
        raise RuleError("why_missing")


def check_agreement(said: Agreement, words: str) -> None:
    """RuleError `except_missing` where somebody agrees "except" and does not say what."""
    if said is Agreement.AGREED_EXCEPT and not words.strip():
        raise RuleError("except_missing")
