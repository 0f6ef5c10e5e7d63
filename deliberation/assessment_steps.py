"""The seven steps of an assessment as a timeline: whose turn it is, what has to hold, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.assessment import ApplicationState

_S = ApplicationState


class Holder(StrEnum):
    """Whose turn it is."""

    APPLICANT = "applicant"
    COMMITTEE = "committee"
    FACILITATOR = "facilitator"
    PANEL = "panel"
    NOBODY = "nobody"


class StepState(StrEnum):
    """Where a step stands. `left_out`: the way ended before it."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Step:
    """One of the seven steps (with 4b and 5b). `minutes`: what the guide expects, to begin with; anybody's to change.

    states: those in which the application stands at this step.
    """

    key: str
    holder: Holder
    states: frozenset[ApplicationState]
    minutes: int | None = None


STEPS = (
    Step("1", Holder.APPLICANT, frozenset({_S.DRAFT}), 240),
    Step("2", Holder.COMMITTEE, frozenset({_S.SUBMITTED, _S.SCREENED_OUT})),
    Step("3", Holder.FACILITATOR, frozenset({_S.SCREENED_IN, _S.WORKSHOP_SCHEDULED, _S.WORKSHOP_HELD}), 420),
    Step("4", Holder.APPLICANT, frozenset({_S.NOTES_CHECKED, _S.SYNTHESIS}), 120),
    Step("4b", Holder.PANEL, frozenset({_S.RESUBMITTED, _S.PANEL_REVIEW}), 480),
    Step(
        "5",
        Holder.COMMITTEE,
        frozenset({
            _S.COMMITTEE_REVIEW, _S.QUERY, _S.RESPONSE, _S.GRANTED, _S.GRANTED_WITH_CONDITIONS, _S.REVISE, _S.DECLINED,
        }),
    ),
    Step("5b", Holder.APPLICANT, frozenset({_S.RESPONSE_WINDOW})),
    Step("6", Holder.FACILITATOR, frozenset({_S.PUBLISHED, _S.UNPUBLISHED_BY_CHOICE})),
    Step("7", Holder.APPLICANT, frozenset({_S.REVIEW_DUE, _S.ITERATING, _S.SUPERSEDED, _S.CLOSED})),
)  # fmt: skip
STEP_KEYS = tuple(step.key for step in STEPS)

_HOLDERS = {
    _S.WORKSHOP_HELD: Holder.PANEL,
    _S.NOTES_CHECKED: Holder.FACILITATOR,
    _S.RESUBMITTED: Holder.FACILITATOR,
    _S.QUERY: Holder.APPLICANT,
    _S.GRANTED: Holder.FACILITATOR,
    _S.GRANTED_WITH_CONDITIONS: Holder.FACILITATOR,
    _S.REVISE: Holder.APPLICANT,
    _S.DECLINED: Holder.FACILITATOR,
    _S.PUBLISHED: Holder.NOBODY,
    _S.UNPUBLISHED_BY_CHOICE: Holder.NOBODY,
    _S.SCREENED_OUT: Holder.NOBODY,
    _S.SUPERSEDED: Holder.NOBODY,
    _S.CLOSED: Holder.NOBODY,
}
_BEGINS = frozenset({_S.PUBLISHED, _S.UNPUBLISHED_BY_CHOICE, _S.REVIEW_DUE})


def step_at(state: ApplicationState) -> Step:
    """The step in which an application in this state stands."""
    return next(step for step in STEPS if state in step.states)


def step_of_move(before: ApplicationState, after: ApplicationState) -> Step:
    """The step that a move is told under: the one it was made in, but for what publication and review begin with."""
    return step_at(after if after in _BEGINS else before)


def holder_of(state: ApplicationState) -> Holder:
    """Whose turn it is in this state."""
    return _HOLDERS.get(state, step_at(state).holder)


def step_states(state: ApplicationState, been: frozenset[ApplicationState]) -> dict[str, StepState]:
    """Where each step stands.

    Args:
        state: the state now.
        been: every state that the application has been in, the one now with it.
    """
    now = STEP_KEYS.index(step_at(state).key)
    has_ended = state in {_S.SCREENED_OUT, _S.CLOSED, _S.SUPERSEDED}
    found = {}
    for place, step in enumerate(STEPS):
        if place < now:
            found[step.key] = StepState.DONE if step.states & been else StepState.LEFT_OUT
        elif place == now:
            found[step.key] = StepState.DONE if has_ended else StepState.NOW
        else:
            found[step.key] = StepState.LEFT_OUT if has_ended else StepState.NEXT
    return found
