"""An application for access to data: its states, the moves between them, and who may make each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RESPONSE_DAYS = 14
"""How long the applicant may respond before anything is published."""
REVIEW_AFTER = timedelta(days=730)
"""A granted application is looked at again after two years, if nothing asks for it earlier."""


class ApplicationState(StrEnum):
    """Where an application stands; the order is the order of the seven steps."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCREENED_OUT = "screened_out"
    SCREENED_IN = "screened_in"
    WORKSHOP_SCHEDULED = "workshop_scheduled"
    WORKSHOP_HELD = "workshop_held"
    NOTES_CHECKED = "notes_checked"
    SYNTHESIS = "synthesis"
    RESUBMITTED = "resubmitted"
    PANEL_REVIEW = "panel_review"
    COMMITTEE_REVIEW = "committee_review"
    QUERY = "query"
    RESPONSE = "response"
    GRANTED = "granted"
    GRANTED_WITH_CONDITIONS = "granted_with_conditions"
    REVISE = "revise"
    DECLINED = "declined"
    RESPONSE_WINDOW = "response_window"
    PUBLISHED = "published"
    UNPUBLISHED_BY_CHOICE = "unpublished_by_choice"
    REVIEW_DUE = "review_due"
    ITERATING = "iterating"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class Mover(StrEnum):
    """In which part somebody makes a move. The chair sits on the committee too; the program keeps dates."""

    APPLICANT = "applicant"
    FACILITATOR = "facilitator"
    RAPPORTEUR = "rapporteur"
    COMMITTEE = "committee"
    CHAIR = "chair"
    PROGRAM = "program"


class Part(StrEnum):
    """What somebody of the applicant's team does."""

    LEAD = "lead"
    NOTE_TAKER = "note_taker"
    TEAM = "team"
    DEVELOPER = "developer"


_S, _M = ApplicationState, Mover
GRANTS = frozenset({_S.GRANTED, _S.GRANTED_WITH_CONDITIONS})
DECISIONS = GRANTS | {_S.REVISE, _S.DECLINED}
FINAL = frozenset({_S.SCREENED_OUT, _S.SUPERSEDED, _S.CLOSED})
"""States that nothing leads out of. A new application may begin from what was written."""
EDITABLE = frozenset({_S.DRAFT, _S.SYNTHESIS, _S.RESPONSE_WINDOW})
"""States in which the applicant's team writes in the assessment."""
BEFORE_DECISION = (
    _S.DRAFT, _S.SUBMITTED, _S.SCREENED_IN, _S.WORKSHOP_SCHEDULED, _S.WORKSHOP_HELD, _S.NOTES_CHECKED, _S.SYNTHESIS,
    _S.RESUBMITTED, _S.PANEL_REVIEW, _S.COMMITTEE_REVIEW, _S.QUERY, _S.RESPONSE, _S.REVISE,
)  # fmt: skip
"""States in which the applicant may still take the application back (it is closed then)."""

_DATES = frozenset({_M.FACILITATOR, _M.CHAIR, _M.PROGRAM})
_CHAIR = frozenset({_M.CHAIR})
_COMMITTEE = frozenset({_M.COMMITTEE, _M.CHAIR})
_APPLICANT = frozenset({_M.APPLICANT})
_FACILITATOR = frozenset({_M.FACILITATOR})

MOVES: dict[ApplicationState, dict[ApplicationState, frozenset[Mover]]] = {
    _S.DRAFT: {_S.SUBMITTED: _APPLICANT},
    _S.SUBMITTED: {_S.SCREENED_IN: _COMMITTEE, _S.SCREENED_OUT: _COMMITTEE},
    _S.SCREENED_IN: {_S.WORKSHOP_SCHEDULED: _FACILITATOR},
    _S.WORKSHOP_SCHEDULED: {_S.WORKSHOP_HELD: _FACILITATOR},
    _S.WORKSHOP_HELD: {_S.NOTES_CHECKED: frozenset({_M.FACILITATOR, _M.RAPPORTEUR})},
    _S.NOTES_CHECKED: {_S.SYNTHESIS: frozenset({_M.FACILITATOR, _M.APPLICANT})},
    _S.SYNTHESIS: {_S.RESUBMITTED: _APPLICANT},
    _S.RESUBMITTED: {_S.PANEL_REVIEW: _FACILITATOR},
    _S.PANEL_REVIEW: {_S.COMMITTEE_REVIEW: frozenset({_M.FACILITATOR, _M.PROGRAM})},
    _S.COMMITTEE_REVIEW: {_S.QUERY: _COMMITTEE, **dict.fromkeys(sorted(DECISIONS), _CHAIR)},
    _S.QUERY: {_S.RESPONSE: _APPLICANT | _CHAIR},  # the chair goes on where nobody answered in time
    _S.RESPONSE: {
        _S.QUERY: _COMMITTEE,
        _S.COMMITTEE_REVIEW: _COMMITTEE,
        **dict.fromkeys(sorted(DECISIONS), _CHAIR),
    },
    _S.GRANTED: {_S.RESPONSE_WINDOW: _DATES},
    _S.GRANTED_WITH_CONDITIONS: {_S.RESPONSE_WINDOW: _DATES},
    _S.REVISE: {_S.SYNTHESIS: _DATES | _APPLICANT},
    _S.DECLINED: {_S.RESPONSE_WINDOW: _DATES},
    _S.RESPONSE_WINDOW: {_S.PUBLISHED: _DATES, _S.UNPUBLISHED_BY_CHOICE: _DATES},
    _S.PUBLISHED: {_S.REVIEW_DUE: _DATES | _APPLICANT, _S.CLOSED: _DATES},
    _S.UNPUBLISHED_BY_CHOICE: {_S.CLOSED: _DATES},
    _S.REVIEW_DUE: {_S.ITERATING: _APPLICANT | _FACILITATOR, _S.CLOSED: _DATES},
    _S.ITERATING: {_S.SUPERSEDED: _DATES, _S.CLOSED: _DATES},
}
"""State -> where it may go -> in which part. What is not here is refused."""
for _state in BEFORE_DECISION:
    MOVES[_state] = {**MOVES[_state], _S.CLOSED: _APPLICANT}

NEEDS_WHY = DECISIONS | {_S.SCREENED_IN, _S.SCREENED_OUT, _S.QUERY, _S.RESPONSE, _S.CLOSED, _S.REVIEW_DUE}
"""Moves that have to say why (a question, an answer and a decision's reasons are their own words)."""


@dataclass(frozen=True)
class Facts:
    """What a move is judged on. The defaults are those of an application on which nothing has happened yet.

    movers: the parts in which whoever acts may act.
    is_screened_complete: what the committee says now or said; None before.
    points, points_answered, points_reasoned: released panel points; those that the applicant answered with a change
        or a reason; those that the committee's reasons answer.
    is_panel_heard: every panel member who was asked has reviewed the answers.
    panel_due_at: until when the panel may review the answers.
    is_query_overdue: the day until which the applicant could answer the open questions has passed.
    is_scored: every member of the committee who did not stand aside has scored alone.
    has_window: the grant says its purpose, its first and its last day.
    conditions, loose_conditions: conditions of the grant; those among them without an owner or a date.
    outcome: the newest decision; decided_at: when it was made.
    wants_publication: what the applicant says of an application that was not granted; None: nothing yet.
    has_review_trigger: two years, the committee's date, a declared change, or the end of access.
    is_ended: access has ended, run out or been revoked.
    """

    state: ApplicationState
    movers: frozenset[Mover] = frozenset()
    is_stood_aside: bool = False
    has_summary: bool = False
    has_lead: bool = False
    has_note_taker: bool = False
    is_screened_complete: bool | None = None
    workshop_at: datetime | None = None
    has_panel_checked: bool = False
    are_points_released: bool = False
    points: int = 0
    points_answered: int = 0
    panel_due_at: datetime | None = None
    is_panel_heard: bool = False
    has_addendum: bool = False
    is_report_sent: bool = False
    is_query_overdue: bool = False
    is_scored: bool = False
    points_reasoned: int = 0
    has_window: bool = False
    conditions: int = 0
    loose_conditions: int = 0
    outcome: ApplicationState | None = None
    decided_at: datetime | None = None
    has_responded: bool = False
    wants_publication: bool | None = None
    has_contact: bool = False
    has_review_trigger: bool = False
    is_ended: bool = False
    is_revoked: bool = False
    has_lay_result: bool = False
    has_published_successor: bool = False

    @property
    def is_granted(self) -> bool:
        """Whether the newest decision lets the applicant have the data."""
        return self.outcome in GRANTS

    @property
    def response_until(self) -> datetime | None:
        """The end of the fourteen days; None before a decision."""
        return None if self.decided_at is None else self.decided_at + timedelta(days=RESPONSE_DAYS)
