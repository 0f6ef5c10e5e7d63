"""The route for concerns: who reads it, who answers, when it may go to the commissioner."""

from datetime import date

import pytest

from deliberation.concerns import (
    ConcernState,
    Facts,
    Reader,
    check_answer,
    check_decision,
    check_due,
    check_escalation,
    check_publication,
    may_read,
    state,
)
from deliberation.errors import RuleError

DUE = date(2026, 3, 10)
LATER = date(2026, 3, 11)
OPEN, ANSWERED = Facts(DUE), Facts(DUE, is_answered=True)
ESCALATED = Facts(DUE, is_answered=True, is_escalated=True)


def test_its_state_follows_from_what_happened_and_the_day():
    assert state(OPEN, DUE) is ConcernState.WAITING
    assert state(OPEN, LATER) is ConcernState.OVERDUE
    assert state(ANSWERED, LATER) is ConcernState.ANSWERED
    assert state(ESCALATED, LATER) is ConcernState.ESCALATED
    assert state(Facts(DUE, is_escalated=True, is_decided=True), LATER) is ConcernState.DECIDED


@pytest.mark.parametrize("reader", [Reader.RAISER, Reader.CHAIR, Reader.LEAD])
def test_the_raiser_the_chair_and_the_lead_read_it(reader):
    assert may_read(OPEN, {reader})


def test_nobody_else_reads_it_before_it_is_published_and_the_commissioner_only_once_it_is_escalated():
    assert not may_read(ANSWERED, {Reader.OTHER})
    assert not may_read(ANSWERED, {Reader.COMMISSIONER})
    assert may_read(ESCALATED, {Reader.COMMISSIONER})
    assert not may_read(ESCALATED, {Reader.OTHER})
    assert may_read(Facts(DUE, is_answered=True, is_published=True), set())


def test_the_chair_or_the_lead_answers_and_nobody_answers_their_own():
    check_answer(OPEN, {Reader.CHAIR})
    check_answer(OPEN, {Reader.LEAD})
    for readers, code in (({Reader.OTHER}, "not_allowed"), ({Reader.CHAIR, Reader.RAISER}, "own_concern")):
        with pytest.raises(RuleError, match=code):
            check_answer(OPEN, readers)
    with pytest.raises(RuleError, match="concern_answered"):
        check_answer(ANSWERED, {Reader.LEAD})


def test_it_goes_to_the_commissioner_once_it_is_answered_or_overdue():
    check_escalation(ANSWERED, {Reader.RAISER}, DUE)
    check_escalation(OPEN, {Reader.CHAIR}, LATER)
    with pytest.raises(RuleError, match="concern_not_due"):
        check_escalation(OPEN, {Reader.RAISER}, DUE)
    with pytest.raises(RuleError, match="already_escalated"):
        check_escalation(ESCALATED, {Reader.RAISER}, LATER)
    with pytest.raises(RuleError, match="not_allowed"):
        check_escalation(ANSWERED, {Reader.LEAD}, LATER)


def test_the_commissioner_answers_only_what_was_escalated():
    check_decision(ESCALATED, {Reader.COMMISSIONER})
    for facts, readers, code in (
        (ANSWERED, {Reader.COMMISSIONER}, "not_escalated"),
        (ESCALATED, {Reader.LEAD}, "not_allowed"),
        (Facts(DUE, is_escalated=True, is_decided=True), {Reader.COMMISSIONER}, "concern_answered"),
    ):
        with pytest.raises(RuleError, match=code):
            check_decision(facts, readers)


def test_only_the_lead_publishes_and_only_with_an_answer():
    check_publication(ANSWERED, {Reader.LEAD})
    for facts, readers, code in (
        (OPEN, {Reader.LEAD}, "concern_unanswered"),
        (ANSWERED, {Reader.CHAIR}, "not_allowed"),
        (Facts(DUE, is_answered=True, is_published=True), {Reader.LEAD}, "already_published"),
    ):
        with pytest.raises(RuleError, match=code):
            check_publication(facts, readers)


def test_nobody_is_asked_to_answer_by_yesterday():
    check_due(DUE, DUE)
    with pytest.raises(RuleError, match="due_in_past"):
        check_due(DUE, LATER)
