"""After the response window: publishing the record or keeping it private, and what the register shows later."""

import uuid
from datetime import datetime

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.committee import AccessCondition, ConditionCheck
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.register import AccessChange, CommitteeLesson, LayResult, RegisterEntry
from app.queries import committee as reads
from app.queries.assessment_facts import person_of
from app.queries.register import access_state, conditions_of, entry_of
from app.queries.register_record import record_of
from app.services.assessment_moves import move
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.committee import ANSWER_LIMIT, GRANTS, REASON_LIMIT
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.register import (
    AccessMove,
    ConditionStanding,
    check_access_move,
    check_condition_check,
)

_AFTER_GRANT = (ApplicationState.PUBLISHED, ApplicationState.REVIEW_DUE, ApplicationState.ITERATING)


def publish(application: AccessApplication, *, by: Account | None, now: datetime) -> RegisterEntry:
    """Publishes the record as it is now; a version that it replaces is superseded.

    Args:
        by: who publishes; None is the program, once the response window is over.

    Raises:
        RuleError: as the move refuses (`response_window_open`, `publication_not_wanted`, `contact_missing` ...).
    """
    move(application, ApplicationState.PUBLISHED, by=by, now=now)
    decision = reads.newest_decision(application)
    assert decision is not None  # nothing reaches the response window without one
    row = RegisterEntry(
        application_id=application.id, decision_id=decision.id, record=record_of(application, decision, now),
        published_by_id=by.id if by else None, published_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    facts = {"outcome": decision.outcome.value, "number": application.number}
    record(EventKind.APPLICATION_PUBLISHED, by=by, dialogue_id=_dialogue(application), about=row, facts=facts)
    before = application.replaces
    if before is not None and before.state is ApplicationState.ITERATING and decision.outcome in GRANTS:
        move(before, ApplicationState.SUPERSEDED, by=by, now=now)
    return row


def keep_private(application: AccessApplication, *, by: Account | None, now: datetime) -> None:
    """What was not granted stays unpublished, as the applicant chose or because they said nothing."""
    move(application, ApplicationState.UNPUBLISHED_BY_CHOICE, by=by, now=now)


def check_condition(
    condition: AccessCondition, *, standing: ConditionStanding, evidence: str, by: Account, now: datetime
) -> ConditionCheck:
    """What a check found; a breach is not yet a suspension: the committee decides about that.

    Raises:
        RuleError: `nothing_granted`, `is_recused`, `check_evidence_missing`, `condition_is_due`, `words_too_long`.
    """
    application = condition.decision.application
    _check_watch(application, by)
    check_condition_check(standing, evidence=evidence, due_on=condition.due_on, today=now.date())
    row = ConditionCheck(
        condition_id=condition.id, standing=standing, checked_by_id=by.id, checked_at=now,
        evidence=check_words(evidence, limit=ANSWER_LIMIT) if evidence.strip() else "",
    )  # fmt: skip
    condition.checks.append(row)
    db.session.flush()
    facts = {"condition": condition.place, "standing": standing.value}
    record(EventKind.ACCESS_CONDITION_CHECKED, by=by, dialogue_id=_dialogue(application), about=row, facts=facts)
    return row


def change_access(
    application: AccessApplication,
    access_move: AccessMove,
    *,
    reason: str,
    condition: uuid.UUID | None = None,
    by: Account,
    now: datetime,
) -> AccessChange:
    """Suspends, restores or revokes access, with a reason that the register shows.

    Args:
        condition: the condition that was breached, if it is about one.

    Raises:
        RuleError: `nothing_granted`, `is_recused`, or as `check_access_move`.
    """
    _check_watch(application, by)
    decision = reads.newest_decision(application)
    watched = conditions_of(decision)
    breached = any(one.is_breached for one in watched)
    state = access_state(application)
    after = check_access_move(state, access_move, reason=reason, breached=breached)
    about = next((one.condition for one in watched if one.condition.public_id == condition), None)
    row = AccessChange(
        application_id=application.id, move=access_move, reason=check_words(reason, limit=ANSWER_LIMIT),
        condition_id=about.id if about else None, changed_by_id=by.id, changed_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    facts = {"move": access_move.value, "from": state.value, "to": after.value}
    record(EventKind.ACCESS_CHANGED, by=by, dialogue_id=_dialogue(application), about=row, facts=facts)
    return row


def write_result(
    application: AccessApplication, *, words: str, link: str = "", by: Account, now: datetime
) -> LayResult:
    """What came of the project, in plain words by the applicant: to the register and to the panel.

    Raises:
        RuleError: `not_of_the_team`, `nothing_granted`, `result_link_wrong`, `words_empty`, `words_too_long`.
    """
    if person_of(application, by) is None:
        raise RuleError("not_of_the_team")
    if entry_of(application) is None or not _is_granted(application):
        raise RuleError("nothing_granted")
    address = link.strip()
    if address and not address.startswith("https://"):
        raise RuleError("result_link_wrong")
    row = LayResult(
        application_id=application.id, words=check_words(words, limit=REASON_LIMIT), link=address[:500],
        written_by_id=by.id, written_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record(EventKind.LAY_RESULT_WRITTEN, by=by, dialogue_id=_dialogue(application), about=row)
    return row


def publish_lesson(dialogue: Dialogue, *, words: str, by: Account, now: datetime) -> CommitteeLesson:
    """A lesson without a name: it refers to no application, so nothing leads back to one.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `lesson_names_somebody` (name).
    """
    tidy = check_words(words, limit=ANSWER_LIMIT)
    for application in reads.applications_before(dialogue):
        for name in (application.organisation, application.title):
            if len(name) > 3 and name.casefold() in tidy.casefold():
                raise RuleError("lesson_names_somebody", name=name)
    row = CommitteeLesson(dialogue_id=dialogue.id, words=tidy, published_by_id=by.id, published_on=now.date())
    db.session.add(row)
    db.session.flush()
    record(EventKind.APPLICATION_PUBLISHED, by=by, dialogue_id=dialogue.id, about=row, facts={"what": "lesson"})
    return row


def _check_watch(application: AccessApplication, by: Account) -> None:
    if application.state not in _AFTER_GRANT or not _is_granted(application):
        raise RuleError("nothing_granted")
    if reads.is_recused(application, by):
        raise RuleError("is_recused")


def _is_granted(application: AccessApplication) -> bool:
    decision = reads.newest_decision(application)
    return decision is not None and decision.outcome in GRANTS


def _dialogue(application: AccessApplication) -> int:
    return application.asset.dialogue_id


