"""Moving a research question along: each step is judged by the rule, kept with who, when and why, and recorded."""

from collections.abc import Mapping

from sqlalchemy import update

from app.db import db
from app.models.people import Account
from app.models.research_questions import ResearchQuestion, ResearchQuestionStep, ResearchWording
from app.queries.research_questions import line_of
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState, state_after_decision
from deliberation.research_questions import (
    QUESTION_LIMIT,
    Judgement,
    ResearchStep,
    check_merge_into,
    check_reason,
    check_step,
)

EVENTS = {
    ResearchStep.CLARIFY: EventKind.RESEARCH_QUESTION_CLARIFIED,
    ResearchStep.MERGE: EventKind.RESEARCH_QUESTION_MERGED,
    ResearchStep.NOTE_FEASIBILITY: EventKind.FEASIBILITY_NOTED,
    ResearchStep.PRIORITISE: EventKind.RESEARCH_QUESTION_PRIORITISED,
}
"""Every other step is a decision."""


def decide_words(
    row: ResearchQuestion, decision: Decision, reason: ReasonCode | None = None, *, by: Account
) -> None:
    """Shows the words to everyone, or keeps them from being shown with a reason that their author reads.

    Raises:
        RuleError: `already_withdrawn`, `reason_missing` or `already_decided`.
    """
    given = reason if decision is Decision.REFUSE else None
    row.words_state = state_after_decision(row.words_state, decision, given)
    row.reason = given
    db.session.flush()
    kind = EventKind.WORDS_APPROVED if decision is Decision.APPROVE else EventKind.WORDS_REFUSED
    facts = {"what": "research_question", "reason": given.value if given else ""}
    record(kind, by=by, dialogue_id=row.dialogue_id, about=row, facts=facts)


def clarify(row: ResearchQuestion, words: str, *, reason: str = "", by: Account) -> None:
    """A clearer wording beside the verbatim one; it is looked at again from there on."""
    _take(row, ResearchStep.CLARIFY, reason=reason, words=words, by=by)


def merge(row: ResearchQuestion, into: ResearchQuestion, *, reason: str = "", by: Account) -> None:
    """Puts it together with another; both keep their origins, and all who want to know are counted once.

    Raises:
        RuleError: as `check_step`; `merge_with_itself`, `merge_target_gone`.
    """
    check_merge_into(row.id, into.id, into_state=into.state, into_words=_shown(into))
    _take(row, ResearchStep.MERGE, reason=reason, facts={"into": into.number}, by=by)
    moved = update(ResearchQuestion).where(ResearchQuestion.merged_into_id == row.id)
    db.session.execute(moved.values(merged_into_id=into.id))
    row.merged_into_id = into.id
    db.session.flush()


def note_feasibility(
    row: ResearchQuestion,
    *,
    is_known: Judgement,
    in_remit: Judgement,
    is_fundable: Judgement,
    reason: str = "",
    by: Account,
) -> None:
    """Whether it is known already, in our remit, and can be funded."""
    facts = {"is_known": is_known.value, "in_remit": in_remit.value, "is_fundable": is_fundable.value}
    _take(row, ResearchStep.NOTE_FEASIBILITY, reason=reason, facts=facts, by=by)
    row.is_known, row.in_remit, row.is_fundable = is_known, in_remit, is_fundable
    db.session.flush()


def prioritise(
    row: ResearchQuestion, *, rank: int | None, approvals: int | None = None, reason: str = "", by: Account
) -> None:
    """Its place among the others as participants put them, and by how many it was approved where they were asked.

    Raises:
        RuleError: as `check_step`; `number_too_low`.
    """
    if rank is not None and rank < 1:
        raise RuleError("number_too_low", low=1)
    if approvals is not None and approvals < 0:
        raise RuleError("number_too_low", low=0)
    _take(row, ResearchStep.PRIORITISE, reason=reason, facts={"rank": rank, "approvals": approvals}, by=by)
    row.priority_rank, row.priority_approvals = rank, approvals
    row.priority_note = check_reason(ResearchStep.PRIORITISE, reason)
    db.session.flush()


def decide(row: ResearchQuestion, step: ResearchStep, *, reason: str, words: str = "", by: Account) -> None:
    """Includes, reframes, parks or declines it; the reason is published."""
    _take(row, step, reason=reason, words=words, by=by)
    row.outcome_reason = check_reason(step, reason)
    db.session.flush()


def reopen(row: ResearchQuestion, *, reason: str, by: Account) -> None:
    """Takes it up again from the start; what was said and decided before stays in its history."""
    _take(row, ResearchStep.REOPEN, reason=reason, by=by)
    row.merged_into_id, row.outcome_reason = None, ""
    db.session.flush()


def _take(
    row: ResearchQuestion,
    step: ResearchStep,
    *,
    reason: str,
    words: str = "",
    facts: Mapping[str, object] | None = None,
    by: Account,
) -> None:
    before = row.state
    after = check_step(line_of(row).standing, step, reason=reason, words=words)
    kept = dict(facts or {})
    if words and step in {ResearchStep.CLARIFY, ResearchStep.REFRAME}:
        kept["wording"] = _reword(row, words, by)
    row.state = after
    row.steps.append(
        ResearchQuestionStep(
            step=step,
            state_before=before,
            state_after=after,
            reason=check_reason(step, reason),
            facts=kept,
            taken_by_id=by.id,
        )
    )
    db.session.flush()
    told = {"number": row.number, "step": step.value, "from": before.value, "to": after.value, **kept}
    kind = EVENTS.get(step, EventKind.RESEARCH_QUESTION_DECIDED)
    record(kind, by=by, dialogue_id=row.dialogue_id, about=row, facts=told)


def _reword(row: ResearchQuestion, words: str, by: Account) -> int:
    clean = check_words(words, limit=QUESTION_LIMIT)
    if clean == line_of(row).words:
        raise RuleError("unchanged")
    version = len(row.wordings) + 1
    row.wordings.append(ResearchWording(version=version, text=clean, lang=row.lang, written_by_id=by.id))
    return version


def _shown(row: ResearchQuestion) -> WordState:
    standing = line_of(row).standing
    return WordState.APPROVED if standing.has_wording else standing.words


