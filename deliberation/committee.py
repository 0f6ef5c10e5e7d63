"""The access committee: declaring, scoring alone, seeing the spread, asking, and what a decision needs to be saved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.rubric import Level

REASON_LIMIT = 4000
ANSWER_LIMIT = 2000


class Outcome(StrEnum):
    """What a committee decides."""

    GRANT = "grant"
    GRANT_WITH_CONDITIONS = "grant_with_conditions"
    REVISE = "revise"
    DECLINE = "decline"


GRANTS = frozenset({Outcome.GRANT, Outcome.GRANT_WITH_CONDITIONS})


class ReportUse(StrEnum):
    """What the decision takes from the rapporteur's report, which the applicant never sees."""

    NOTHING_MORE = "nothing_more"
    PUT_TO_APPLICANT = "put_to_applicant"


@dataclass(frozen=True)
class Member:
    """Where one member stands in this round of one application.

    is_away: the chair has noted that they take no part. has_seen: the spread has been opened to them; from then on a
    change is marked and needs a reason.
    """

    has_declared: bool = False
    is_recused: bool = False
    has_scored: bool = False
    has_seen: bool = False
    is_away: bool = False

    @property
    def is_waited_for(self) -> bool:
        """Whether the decision waits for their scores."""
        return not (self.is_recused or self.is_away or self.has_scored)


def check_takes_part(member: Member) -> None:
    """RuleError `declare_first` or `is_recused`."""
    if member.is_recused:
        raise RuleError("is_recused")
    if not member.has_declared:
        raise RuleError("declare_first")


def check_has_scored(member: Member) -> None:
    """Answers to points and dissent tell what somebody thinks: they are written, and read, after scoring alone.

    RuleError `declare_first`, `is_recused` or `scores_not_in`.
    """
    check_takes_part(member)
    if not member.has_scored:
        raise RuleError("scores_not_in")


def may_see_spread(member: Member) -> bool:
    """Nobody sees what others scored before their own scores are in; who is recused never does."""
    return member.has_declared and not member.is_recused and member.has_scored


def check_scores(member: Member, levels: Mapping[str, str], keys: Sequence[str]) -> dict[str, Level]:
    """A whole set of scores, handed in for the first time or again before the spread was seen.

    Raises:
        RuleError: `declare_first`, `is_recused`, `scores_seen`, `levels_missing` (count), `unknown_answer`.
    """
    check_takes_part(member)
    if member.has_seen:
        raise RuleError("scores_seen")
    missing = [key for key in keys if not levels.get(key)]
    if missing:
        raise RuleError("levels_missing", count=len(missing))
    return {key: _level(levels[key]) for key in keys}


def check_score_change(member: Member, before: Level | None, after: str, reason: str) -> tuple[Level, str]:
    """One level changed after the spread was seen; it is marked, and the old one stays beside it.

    Raises:
        RuleError: `declare_first`, `is_recused`, `scores_not_in`, `unknown_answer`, `unchanged` or
            `change_reason_missing`.
    """
    check_takes_part(member)
    if not member.has_scored or before is None:
        raise RuleError("scores_not_in")
    level = _level(after)
    if level is before:
        raise RuleError("unchanged")
    if not reason.strip():
        raise RuleError("change_reason_missing")
    return level, check_words(reason, limit=ANSWER_LIMIT)


def _level(word: str) -> Level:
    try:
        return Level(word)
    except ValueError:
        raise RuleError("unknown_answer") from None


@dataclass(frozen=True)
class ConditionDraft:
    """A condition of a grant: what, who sees to it, and by when."""

    words: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class DecisionDraft:
    """What the chair wants to save."""

    outcome: Outcome
    reasons: str
    report_use: ReportUse | None
    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    conditions: Sequence[ConditionDraft] = ()
    review_on: date | None = None


@dataclass(frozen=True)
class Committee:
    """What a decision is judged on besides its own words.

    points: numbers of the released panel points; answered: those with an answer of the committee.
    open_queries: numbers of questions that the applicant may still answer. put: questions that rest on the report.
    scored: members who have scored; waiting: members who are neither recused nor away and have not.
    """

    points: Collection[int]
    answered: Collection[int]
    open_queries: Collection[int] = ()
    put: int = 0
    scored: int = 1
    waiting: int = 0


def unanswered(committee: Committee) -> list[int]:
    """Numbers of panel points that still need an answer."""
    return sorted(set(committee.points) - set(committee.answered))


def check_decision(draft: DecisionDraft, committee: Committee, *, chair: Member, today: date) -> None:
    """Whether the decision can be saved. It is refused with one reason after another, the gravest first.

    Raises:
        RuleError: `declare_first`, `is_recused`, `scores_waiting` (waiting, scored), `points_need_answer` (points),
            `questions_open` (queries), `report_use_missing`, `report_not_put`, `decision_reason_missing`,
            `purpose_missing`, `window_missing`, `window_backwards`, `window_past`, `conditions_missing`,
            `conditions_elsewhere`, `condition_incomplete` (place), `condition_past` (place), `review_past`,
            `words_too_long`.
    """
    check_takes_part(chair)
    if committee.waiting or not committee.scored:
        raise RuleError("scores_waiting", waiting=committee.waiting, scored=committee.scored)
    if missing := unanswered(committee):
        raise RuleError("points_need_answer", points=", ".join(str(number) for number in missing))
    if committee.open_queries:
        raise RuleError("questions_open", queries=", ".join(str(one) for one in sorted(committee.open_queries)))
    if draft.report_use is None:
        raise RuleError("report_use_missing")
    if draft.report_use is ReportUse.PUT_TO_APPLICANT and not committee.put:
        raise RuleError("report_not_put")
    if not draft.reasons.strip():
        raise RuleError("decision_reason_missing")
    check_words(draft.reasons, limit=REASON_LIMIT)
    if draft.review_on is not None and draft.review_on <= today:
        raise RuleError("review_past")
    if draft.outcome in GRANTS:
        _check_grant(draft, today)


def _check_grant(draft: DecisionDraft, today: date) -> None:
    if not draft.purpose.strip():
        raise RuleError("purpose_missing")
    if draft.starts_on is None or draft.ends_on is None:
        raise RuleError("window_missing")
    if draft.ends_on <= draft.starts_on:
        raise RuleError("window_backwards")
    if draft.ends_on <= today:
        raise RuleError("window_past")
    if draft.outcome is Outcome.GRANT and draft.conditions:
        raise RuleError("conditions_elsewhere")
    if draft.outcome is Outcome.GRANT_WITH_CONDITIONS and not draft.conditions:
        raise RuleError("conditions_missing")
    for place, one in enumerate(draft.conditions, 1):
        if not one.words.strip() or not one.owner.strip() or one.due_on is None:
            raise RuleError("condition_incomplete", place=place)
        if one.due_on < today:
            raise RuleError("condition_past", place=place)


def check_query(words: str, *, due_on: date, today: date) -> str:
    """The tidied question; RuleError `words_empty`, `words_too_long` or `due_past`."""
    tidy = check_words(words, limit=ANSWER_LIMIT)
    if due_on < today:
        raise RuleError("due_past")
    return tidy


def is_open(answered: bool, due_on: date, today: date) -> bool:
    """Whether a question still holds the decision up: not answered, and its day has not passed."""
    return not answered and due_on >= today
