"""Checking answers against a questionnaire: types, ranges, lengths, offered choices."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from deliberation.errors import RuleError
from surveys.questions import Page, Question, QuestionKind, Questionnaire

OTHER, NONE = "other", "none"
"""Values of the "other" and "none of these" items, as SurveyJS writes them."""


@dataclass(frozen=True)
class Checked:
    """Clean answers by question name, and refusals by question name. Skipped questions are absent."""

    answers: Mapping[str, Any]
    errors: Mapping[str, RuleError]


def visible_questions(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions a person with these answers meets. Without logic in the subset: all of them."""
    return questionnaire.questions


def check(questions: Questionnaire | Page, raw: Mapping[str, Any]) -> Checked:
    """Checks raw answers (from a form: text, or a list of texts) to the questions of a questionnaire or page.

    Never raises for any JSON-like `raw`. Answers to questions that are not there are left out.
    Refusal codes: `answer_required`, `unknown_answer`, `not_a_number`, `number_too_low` (low),
    `number_too_high` (high), `words_too_long` (limit, length, over).
    """
    answers: dict[str, Any] = {}
    errors: dict[str, RuleError] = {}
    for question in questions.questions:
        if question.kind is QuestionKind.HTML:
            continue
        try:
            value = _value(question, raw)
        except RuleError as refusal:
            errors[question.name] = refusal
            continue
        if value is None or value in ("", []):
            if question.is_required:
                errors[question.name] = RuleError("answer_required")
        else:
            answers[question.name] = value
            other = _other(question, raw, value)
            if other:
                answers[f"{question.name}-Comment"] = other
    return Checked(answers, errors)


def _value(question: Question, raw: Mapping[str, Any]) -> Any:
    given = raw.get(question.name)
    if question.kind is QuestionKind.CHECKBOX:
        return _many(question, given)
    if isinstance(given, list | tuple):
        given = given[0] if given else None
    if given is None or given == "":
        return None
    if question.kind in {QuestionKind.RADIOGROUP, QuestionKind.DROPDOWN}:
        return _offered(question, given)
    if question.kind is QuestionKind.BOOLEAN:
        return _yes_or_no(given)
    if question.is_number:
        return _number(question, given)
    return _words(question, given)


def _many(question: Question, given: Any) -> list[str]:
    items: Iterable[Any] = given if isinstance(given, list | tuple) else [] if given in (None, "") else [given]
    values = [_offered(question, item) for item in items]
    unique = list(dict.fromkeys(values))
    if NONE in unique and question.has_none and len(unique) > 1:
        raise RuleError("unknown_answer")
    return unique


def _offered(question: Question, given: Any) -> str:
    value = str(given)
    extra = {OTHER} if question.has_other else set()
    if question.has_none:
        extra.add(NONE)
    if value not in extra and value not in {choice.value for choice in question.choices}:
        raise RuleError("unknown_answer")
    return value


def _yes_or_no(given: Any) -> bool:
    word = str(given).lower()
    if word not in {"true", "false"}:
        raise RuleError("unknown_answer")
    return word == "true"


def _number(question: Question, given: Any) -> float | int:
    try:
        value = float(str(given).strip())
    except ValueError:
        raise RuleError("not_a_number") from None
    if not math.isfinite(value):
        raise RuleError("not_a_number")
    if question.low is not None and value < question.low:
        raise RuleError("number_too_low", low=question.low)
    if question.high is not None and value > question.high:
        raise RuleError("number_too_high", high=question.high)
    return int(value) if value == int(value) else value


def _words(question: Question, given: Any) -> str:
    words = str(given).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > question.max_length:
        over = len(words) - question.max_length
        raise RuleError("words_too_long", limit=question.max_length, length=len(words), over=over)
    return words


def _other(question: Question, raw: Mapping[str, Any], value: Any) -> str:
    chosen = value if isinstance(value, list) else [value]
    if not question.has_other or OTHER not in chosen:
        return ""
    words = raw.get(f"{question.name}-Comment", "")
    return str(words[0] if isinstance(words, list) and words else words).strip()[:1000]
