"""Whether an application may move: the table of moves, then what must have happened before, each with its own code."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from deliberation.assessment import (
    BEFORE_DECISION,
    DECISIONS,
    FINAL,
    MOVES,
    NEEDS_WHY,
    ApplicationState,
    Facts,
    Mover,
)
from deliberation.errors import RuleError

WHY_LIMIT = 4000
_S = ApplicationState
_BEFORE_NOTES = frozenset(BEFORE_DECISION[: BEFORE_DECISION.index(_S.NOTES_CHECKED)])
_BEFORE_COMMITTEE = frozenset(BEFORE_DECISION[: BEFORE_DECISION.index(_S.COMMITTEE_REVIEW)])


def check_move(facts: Facts, to: ApplicationState, *, why: str, now: datetime) -> None:
    """Refuses a move that the table or a guard forbids.

    Raises:
        RuleError: a code that says which (see `app/forms/words.py`): `application_final`, `notes_not_checked`,
            `panel_review_first`, `query_open`, `response_window_first`, `impossible_application_move` (state, to),
            `not_your_move` (to), `move_why_missing`, `move_why_too_long` (limit), or that of the guard of `to`.
    """
    if to not in MOVES.get(facts.state, {}):
        raise _no_such_move(facts.state, to)
    if not facts.movers & MOVES[facts.state][to]:
        raise RuleError("not_your_move", to=to.value)
    for guard in GUARDS.get(to, ()):
        guard(facts, now)
    if to in NEEDS_WHY and not why.strip():
        raise RuleError("move_why_missing")
    if len(why) > WHY_LIMIT:
        raise RuleError("move_why_too_long", limit=WHY_LIMIT)


def possible_moves(facts: Facts, now: datetime) -> list[ApplicationState]:
    """Where `check_move` lets the application go now, if why is said; in the order of `ApplicationState`."""
    return [to for to in ApplicationState if refusal(facts, to, now) is None]


def refusal(facts: Facts, to: ApplicationState, now: datetime) -> RuleError | None:
    """What stands in the way of a move, apart from a missing why; for pages that say so beforehand."""
    try:
        check_move(facts, to, why="said later", now=now)
    except RuleError as refused:
        return refused
    return None


def next_moves(facts: Facts) -> dict[ApplicationState, frozenset[Mover]]:
    """Where the table lets it go from here, and in which part, whatever the guards say."""
    return MOVES.get(facts.state, {})


def what_blocks(facts: Facts, to: ApplicationState, now: datetime) -> RuleError | None:
    """As `refusal`, whoever acts: what has to happen first."""
    return refusal(replace(facts, movers=frozenset(Mover)), to, now)


def _no_such_move(state: ApplicationState, to: ApplicationState) -> RuleError:
    if state in FINAL:
        return RuleError("application_final", state=state.value)
    if to is _S.SYNTHESIS and state in _BEFORE_NOTES:
        return RuleError("notes_not_checked")
    if to in DECISIONS and state in _BEFORE_COMMITTEE:
        return RuleError("panel_review_first")
    if to in DECISIONS and state is _S.QUERY:
        return RuleError("query_open")
    if to in {_S.PUBLISHED, _S.UNPUBLISHED_BY_CHOICE} and state in DECISIONS:
        return RuleError("response_window_first")
    return RuleError("impossible_application_move", state=state.value, to=to.value)


def _needs(code: str, holds: Callable[[Facts], bool]) -> Callable[[Facts, datetime], None]:
    def guard(facts: Facts, now: datetime) -> None:
        if not holds(facts):
            raise RuleError(code)

    return guard


def _points(code: str, done: Callable[[Facts], int]) -> Callable[[Facts, datetime], None]:
    def guard(facts: Facts, now: datetime) -> None:
        if (missing := facts.points - done(facts)) > 0:
            raise RuleError(code, missing=missing, points=facts.points)

    return guard


def _workshop_is_over(facts: Facts, now: datetime) -> None:
    if facts.workshop_at is None:
        raise RuleError("workshop_date_missing")
    if now < facts.workshop_at:
        raise RuleError("workshop_not_yet")


def _panel_is_heard(facts: Facts, now: datetime) -> None:
    """The panel's comments are in, or their deadline has passed."""
    if facts.panel_due_at is None:
        raise RuleError("panel_due_missing")
    if not facts.is_panel_heard and now < facts.panel_due_at:
        raise RuleError("panel_review_open")


def _responded(facts: Facts, now: datetime) -> None:
    """Day 14 has come, or the applicant answered early."""
    until = facts.response_until
    if until is None or (now < until and not facts.has_responded):
        raise RuleError("response_window_open")


_summary = _needs("summary_missing", lambda facts: facts.has_summary)
_scored = _needs("scores_missing", lambda facts: facts.is_scored)
_not_aside = _needs("stood_aside", lambda facts: not facts.is_stood_aside)
_DECISION = (_not_aside, _panel_is_heard, _scored, _points("points_unreasoned", lambda facts: facts.points_reasoned))
_GRANT = (*_DECISION, _needs("window_missing", lambda facts: facts.has_window))


def _synthesis(facts: Facts, now: datetime) -> None:
    if facts.state is _S.NOTES_CHECKED and not facts.are_points_released:
        raise RuleError("points_not_released")


def _committee(facts: Facts, now: datetime) -> None:
    if facts.state is not _S.PANEL_REVIEW:
        return
    _panel_is_heard(facts, now)
    if not facts.has_addendum:
        raise RuleError("addendum_missing")
    if not facts.is_report_sent:
        raise RuleError("report_not_sent")


def _answered(facts: Facts, now: datetime) -> None:
    """Only the applicant answers; the chair goes on without an answer once its day has passed."""
    if Mover.APPLICANT not in facts.movers and not facts.is_query_overdue:
        raise RuleError("query_still_open")


def _closing(facts: Facts, now: datetime) -> None:
    """A granted application is reviewed first, and ends with a result in plain words unless access was revoked."""
    if facts.state in BEFORE_DECISION or not facts.is_granted:
        return
    if facts.state is _S.PUBLISHED:
        raise RuleError("review_first")
    if not facts.is_ended:
        raise RuleError("access_still_open")
    if not facts.has_lay_result and not facts.is_revoked:
        raise RuleError("lay_result_missing")


GUARDS: Mapping[ApplicationState, tuple[Callable[[Facts, datetime], None], ...]] = {
    _S.SUBMITTED: (
        _needs("lead_missing", lambda facts: facts.has_lead),
        _needs("note_taker_missing", lambda facts: facts.has_note_taker),
        _summary,
    ),
    _S.SCREENED_IN: (_not_aside, _needs("incomplete_stops", lambda facts: facts.is_screened_complete is True)),
    _S.SCREENED_OUT: (_not_aside,),
    _S.WORKSHOP_SCHEDULED: (_needs("workshop_date_missing", lambda facts: facts.workshop_at is not None),),
    _S.WORKSHOP_HELD: (_workshop_is_over,),
    _S.NOTES_CHECKED: (_needs("panel_has_not_checked", lambda facts: facts.has_panel_checked),),
    _S.SYNTHESIS: (_synthesis,),
    _S.RESUBMITTED: (_summary, _points("points_unanswered", lambda facts: facts.points_answered)),
    _S.PANEL_REVIEW: (_needs("panel_due_missing", lambda facts: facts.panel_due_at is not None),),
    _S.COMMITTEE_REVIEW: (_committee,),
    _S.QUERY: (_not_aside,),
    _S.RESPONSE: (_not_aside, _answered),
    _S.GRANTED: (*_GRANT, _needs("conditions_present", lambda facts: facts.conditions == 0)),
    _S.GRANTED_WITH_CONDITIONS: (
        *_GRANT,
        _needs("conditions_missing", lambda facts: facts.conditions > 0),
        _needs("conditions_loose", lambda facts: facts.loose_conditions == 0),
    ),
    _S.REVISE: _DECISION,
    _S.DECLINED: _DECISION,
    _S.PUBLISHED: (
        _responded,
        _needs("publication_not_wanted", lambda facts: facts.is_granted or facts.wants_publication is True),
        _needs("contact_missing", lambda facts: facts.has_contact),
    ),
    _S.UNPUBLISHED_BY_CHOICE: (
        _responded,
        _needs("publication_required", lambda facts: not facts.is_granted),
        _needs("publication_wanted", lambda facts: facts.wants_publication is not True),
    ),
    _S.REVIEW_DUE: (
        _needs("no_grant_to_review", lambda facts: facts.is_granted),
        _needs("review_not_due", lambda facts: facts.has_review_trigger),
    ),
    _S.CLOSED: (_closing,),
    _S.SUPERSEDED: (_needs("successor_missing", lambda facts: facts.has_published_successor),),
}
"""What must have happened before a move, in the order in which it is asked."""
