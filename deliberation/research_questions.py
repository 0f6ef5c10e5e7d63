"""Research questions: the steps from raised to decided, which are allowed where, and what each one needs."""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.moderation import WordState

QUESTION_LIMIT = 500
REASON_LIMIT = 1000


class ResearchState(StrEnum):
    """Where a research question stands on its way to the Terms of Reference."""

    RAISED = "raised"
    CLARIFIED = "clarified"
    MERGED = "merged"
    FEASIBILITY_NOTED = "feasibility_noted"
    PRIORITISED = "prioritised"
    INCLUDED = "included"
    REFRAMED = "reframed"
    PARKED = "parked"
    DECLINED = "declined"


class ResearchStep(StrEnum):
    """What can be done with it."""

    CLARIFY = "clarify"
    MERGE = "merge"
    NOTE_FEASIBILITY = "note_feasibility"
    PRIORITISE = "prioritise"
    INCLUDE = "include"
    REFRAME = "reframe"
    PARK = "park"
    DECLINE = "decline"
    REOPEN = "reopen"


class Judgement(StrEnum):
    """An answer to: is it known already? in our remit? can it be funded?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNSURE = "unsure"


class ResearchOrigin(StrEnum):
    """Where a research question came from."""

    PARTICIPANT = "participant"
    QUESTION = "question"
    COMMENT = "comment"
    PROMPT = "prompt"
    SEED = "seed"
    STAFF = "staff"


DECIDED = frozenset(
    {ResearchState.INCLUDED, ResearchState.REFRAMED, ResearchState.PARKED, ResearchState.DECLINED}
)
"""States whose reason is published."""
TAKEN_UP = frozenset({ResearchState.INCLUDED, ResearchState.REFRAMED})
"""States that a clause can rest on."""

_OPEN_ENDS = {ResearchStep.PARK: ResearchState.PARKED, ResearchStep.DECLINE: ResearchState.DECLINED}
_EARLY = {
    ResearchStep.CLARIFY: ResearchState.CLARIFIED,
    ResearchStep.MERGE: ResearchState.MERGED,
    ResearchStep.NOTE_FEASIBILITY: ResearchState.FEASIBILITY_NOTED,
    **_OPEN_ENDS,
}
_AGAIN = {ResearchStep.REOPEN: ResearchState.RAISED}
MOVES: dict[ResearchState, dict[ResearchStep, ResearchState]] = {
    ResearchState.RAISED: _EARLY,
    ResearchState.CLARIFIED: _EARLY,
    ResearchState.FEASIBILITY_NOTED: {**_EARLY, ResearchStep.PRIORITISE: ResearchState.PRIORITISED},
    ResearchState.PRIORITISED: {
        **_EARLY,
        ResearchStep.PRIORITISE: ResearchState.PRIORITISED,
        ResearchStep.INCLUDE: ResearchState.INCLUDED,
        ResearchStep.REFRAME: ResearchState.REFRAMED,
    },
    ResearchState.MERGED: _AGAIN,
    ResearchState.INCLUDED: _AGAIN,
    ResearchState.REFRAMED: _AGAIN,
    ResearchState.PARKED: _AGAIN,
    ResearchState.DECLINED: _AGAIN,
}
"""The only moves there are. A changed wording has to be looked at again: it leads back to clarified."""

NEEDS_REASON = frozenset(
    {ResearchStep.INCLUDE, ResearchStep.REFRAME, ResearchStep.PARK, ResearchStep.DECLINE, ResearchStep.REOPEN}
)
NEEDS_WORDS = frozenset({ResearchStep.CLARIFY, ResearchStep.REFRAME})


@dataclass(frozen=True)
class Standing:
    """What a step is judged on.

    words: of the verbatim text; once there is a clarified wording, it stands even if the verbatim was taken back.
    in_remit: None until feasibility has been noted.
    cited: a clause rests on it.
    """

    state: ResearchState
    words: WordState = WordState.APPROVED
    has_wording: bool = False
    in_remit: Judgement | None = None
    cited: bool = False


def possible_steps(standing: Standing) -> list[ResearchStep]:
    """Steps that `check_step` would accept with a reason and words, in the order of `ResearchStep`."""
    return [step for step in ResearchStep if _refusal(standing, step) is None]


def check_step(standing: Standing, step: ResearchStep, *, reason: str = "", words: str = "") -> ResearchState:
    """The state after a step.

    Args:
        reason: why; published for a decision.
        words: the new wording, for `CLARIFY` and `REFRAME`.

    Raises:
        RuleError: `research_not_checked`, `already_withdrawn`, `impossible_step` (state, step), `outside_remit`,
            `research_cited`, `step_reason_missing`, `words_empty` or `words_too_long`.
    """
    refusal = _refusal(standing, step)
    if refusal is not None:
        raise refusal
    check_reason(step, reason)
    if step in NEEDS_WORDS:
        check_words(words, limit=QUESTION_LIMIT)
    return MOVES[standing.state][step]


def check_reason(step: ResearchStep, reason: str) -> str:
    """The tidied reason; RuleError `step_reason_missing` where the step has to have one, or `words_too_long`."""
    if not reason.strip():
        if step in NEEDS_REASON:
            raise RuleError("step_reason_missing")
        return ""
    return check_words(reason, limit=REASON_LIMIT)


def check_merge_into(question: int, into: int, *, into_state: ResearchState, into_words: WordState) -> None:
    """RuleError `merge_with_itself`, or `merge_target_gone` for one that is merged itself, decided or not shown."""
    if question == into:
        raise RuleError("merge_with_itself")
    if into_state is ResearchState.MERGED or into_state in DECIDED or into_words is not WordState.APPROVED:
        raise RuleError("merge_target_gone")


def check_cite(state: ResearchState, *, is_linked: bool) -> None:
    """RuleError `not_decided_yet` or `already_linked`: a clause names what was decided, with its reason."""
    if state not in DECIDED:
        raise RuleError("not_decided_yet")
    if is_linked:
        raise RuleError("already_linked")


def _refusal(standing: Standing, step: ResearchStep) -> RuleError | None:
    if standing.words is WordState.WITHDRAWN and not standing.has_wording:
        return RuleError("already_withdrawn")
    if standing.words in {WordState.WAITING, WordState.REFUSED}:
        return RuleError("research_not_checked")
    if step not in MOVES[standing.state]:
        return RuleError("impossible_step", state=standing.state.value, step=step.value)
    if step is ResearchStep.INCLUDE and standing.in_remit is Judgement.NO:
        return RuleError("outside_remit")
    if step is ResearchStep.REOPEN and standing.cited:
        return RuleError("research_cited")
    return None
