"""How a piece of advice stands, and who may do what with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.advice import (
    AdviceState,
    Facts,
    Who,
    check_answer,
    check_close,
    check_contest,
    check_edit,
    check_override,
    check_withdraw,
    keeps_back,
    state_of,
    waits_for_answer,
)
from deliberation.errors import RuleError
from deliberation.oversight import ItemKind, Severity

AUTHOR, CHAIR, LEAD, NOBODY = Who(is_author=True), Who(is_chair=True), Who(is_lead=True), Who()
MUST = Facts(Severity.MUST_FIX)
ANSWERED = Facts(Severity.MUST_FIX, is_answered=True)
facts = st.builds(Facts, st.sampled_from(Severity), *[st.booleans()] * 5)
people = st.builds(Who, st.booleans(), st.booleans(), st.booleans())


def test_an_answer_alone_does_not_show_a_text_again() -> None:
    assert keeps_back(MUST)
    assert keeps_back(ANSWERED)
    assert keeps_back(Facts(Severity.MUST_FIX, is_answered=True, is_contested=True))
    assert not keeps_back(Facts(Severity.MUST_FIX, is_answered=True, is_closed=True))
    assert not keeps_back(Facts(Severity.MUST_FIX, is_overridden=True))
    assert not keeps_back(Facts(Severity.MUST_FIX, is_withdrawn=True))


@pytest.mark.parametrize("severity", [Severity.SHOULD, Severity.CONSIDER])
def test_only_a_must_fix_keeps_a_text_back(severity: Severity) -> None:
    assert not keeps_back(Facts(severity))


@given(facts)
def test_what_keeps_a_text_back_still_stands(some: Facts) -> None:
    if keeps_back(some):
        assert state_of(some) in {AdviceState.OPEN, AdviceState.ANSWERED, AdviceState.CONTESTED}


@given(facts)
def test_what_is_over_waits_for_nobody(some: Facts) -> None:
    if some.is_closed or some.is_withdrawn:
        assert not waits_for_answer(some)
        with pytest.raises(RuleError):
            check_answer(some, "because")


@given(facts, people)
def test_whoever_is_neither_author_nor_chair_settles_and_disputes_nothing(some: Facts, who: Who) -> None:
    if who.is_author or who.is_chair:
        return
    for attempt in (lambda: check_close(some, who), lambda: check_contest(some, who, "no")):
        with pytest.raises(RuleError, match="not_your_advice"):
            attempt()


@given(facts, people, st.sampled_from(ItemKind))
def test_only_lead_or_chair_override_and_only_what_keeps_a_text_back(some: Facts, who: Who, kind: ItemKind) -> None:
    if (who.is_lead or who.is_chair) and kind is ItemKind.MATERIAL and keeps_back(some):
        assert check_override(some, kind, who, " a reason ") == "a reason"
        return
    with pytest.raises(RuleError, match=r"not_lead|nothing_to_override"):
        check_override(some, kind, who, "a reason")


def test_an_override_and_an_answer_need_a_reason() -> None:
    with pytest.raises(RuleError, match="words_empty"):
        check_override(MUST, ItemKind.MATERIAL, LEAD, "  ")
    with pytest.raises(RuleError, match="words_empty"):
        check_answer(MUST, "")


def test_nothing_is_settled_or_disputed_before_it_is_answered() -> None:
    for attempt in (lambda: check_close(MUST, AUTHOR), lambda: check_contest(MUST, AUTHOR, "no")):
        with pytest.raises(RuleError, match="not_answered"):
            attempt()
    check_close(ANSWERED, CHAIR)


def test_an_answer_is_disputed_once_until_there_is_another() -> None:
    disputed = Facts(Severity.MUST_FIX, is_answered=True, is_contested=True)
    with pytest.raises(RuleError, match="contested_before"):
        check_contest(disputed, AUTHOR, "still not")
    assert waits_for_answer(disputed)
    assert state_of(disputed) is AdviceState.CONTESTED


def test_words_change_until_they_are_answered_and_only_by_their_author() -> None:
    check_edit(MUST, AUTHOR)
    with pytest.raises(RuleError, match="answered_before"):
        check_edit(ANSWERED, AUTHOR)
    for who in (CHAIR, LEAD, NOBODY):
        with pytest.raises(RuleError, match="not_your_advice"):
            check_withdraw(MUST, who)
