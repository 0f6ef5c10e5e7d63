"""The question log's rules: how a question stands, who asked it, what may be joined, merged and published."""

import itertools

import pytest

from deliberation.errors import RuleError
from deliberation.moderation import WordState
from deliberation.questions import (
    WITHOUT_ANSWER,
    AnswerKind,
    Facts,
    Standing,
    asked_by,
    check_answer,
    check_join,
    check_merge,
    check_publish,
    check_question,
    standing,
)
from tests.deliberation.refusals import refused_code


def test_a_question_goes_from_check_to_answer():
    seen = [
        standing(Facts(WordState.WAITING)),
        standing(Facts(WordState.APPROVED)),
        standing(Facts(WordState.APPROVED, is_assigned=True)),
        standing(Facts(WordState.APPROVED, is_assigned=True, has_draft=True)),
    ]
    assert seen == [Standing.TO_CHECK, Standing.UNASSIGNED, Standing.ASSIGNED, Standing.DRAFTED]
    assert set(seen) == WITHOUT_ANSWER
    answered = Facts(WordState.APPROVED, is_assigned=True, has_draft=True, is_answered=True)
    assert standing(answered) is Standing.ANSWERED


def test_every_combination_of_facts_has_one_standing():
    flags = list(itertools.product([False, True], repeat=4))
    for words in WordState:
        for flag in flags:
            assert standing(Facts(words, *flag)) in Standing
        if words in {WordState.WITHDRAWN, WordState.REFUSED}:
            assert len({standing(Facts(words, *flag)) for flag in flags}) == 1


def test_who_asked_is_a_number_and_whether_it_was_you():
    asked = asked_by([1, 2, 3, 2], 2)
    assert (asked.is_you, asked.others) == (True, 2)
    asked = asked_by([1, 2, 3], None)
    assert (asked.is_you, asked.others) == (False, 3)


def test_nobody_knows_is_an_answer_without_more_words():
    assert check_answer(AnswerKind.NOBODY_KNOWS, "  ") == ""
    assert check_answer(AnswerKind.NOBODY_KNOWS, " Two studies looked at it. ") == "Two studies looked at it."
    assert refused_code(lambda: check_answer(AnswerKind.KNOWN, " ")) == "words_empty"


def test_an_empty_or_endless_question_is_refused():
    assert refused_code(lambda: check_question(" \n ")) == "words_empty"
    assert refused_code(lambda: check_question("why " * 200)) == "words_too_long"


def test_one_joins_what_others_asked_and_everyone_sees():
    check_join(is_own=False, words=WordState.APPROVED)
    assert refused_code(lambda: check_join(is_own=True, words=WordState.APPROVED)) == "own_question"
    for words in set(WordState) - {WordState.APPROVED}:
        with pytest.raises(RuleError, match="question_not_shown"):
            check_join(is_own=False, words=words)
        with pytest.raises(RuleError, match="question_not_shown"):
            check_publish(words)


@pytest.mark.parametrize(
    ("into", "merged", "words", "answered", "code"),
    [
        (1, False, WordState.APPROVED, False, "merge_with_itself"),
        (2, True, WordState.APPROVED, False, "merge_target_gone"),
        (2, False, WordState.WAITING, False, "merge_target_gone"),
        (2, False, WordState.APPROVED, True, "already_answered"),
    ],
)
def test_a_question_is_put_together_only_with_one_that_stands_on_its_own(into, merged, words, answered, code):
    with pytest.raises(RuleError) as refusal:
        check_merge(1, into, into_is_merged=merged, into_words=words, is_answered=answered)
    assert refusal.value.code == code
    check_merge(1, 2, into_is_merged=False, into_words=WordState.APPROVED, is_answered=False)
