"""What is shown, what is required and whether the answers will do, for one person's answers."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from deliberation.errors import RuleError
from surveys.conditions import answer_names
from surveys.expressions import holds
from surveys.fields import storable
from surveys.questions import NONE, OTHER, Condition, Page, Question, QuestionKind, Questionnaire
from surveys.values import LARGEST, Value, tidy

LONGEST_TEXT: Final = 500
"""Characters of an answer in a text box, or beside "something else", when the definition says nothing."""
LONGEST_COMMENT: Final = 2_000
"""Characters of a long answer when the definition says nothing."""
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")

Answers = dict[str, Value]


@dataclass(frozen=True)
class Checked:
    """Answers that may be stored, refusals by name, and names that no question has.

    Refusal codes: answer_required, unknown_answer, not_a_number, number_too_low (low), number_too_high (high),
    words_too_long (limit, length, over). Missing words of "something else" are answer_required, under their own name.

    `answers` holds only shown questions with a good answer: a choice as its value, several as a list in the order
    of the choices, a rating as int, a number as int or float, yes/no as bool, a text as str, and the words of
    "something else" under `{name}-Comment`. Skipped and hidden questions are absent.
    """

    answers: Answers
    errors: dict[str, RuleError]
    ignored: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors


def check(questionnaire: Questionnaire, raw_answers: object, *, page: Page | None = None) -> Checked:
    """Read raw answers (any decoded JSON, or a form as {name: text or list of texts}). Never raises on answers.

    With `page`, only that page's problems are reported, so that later pages may still be empty.
    """
    raw = raw_answers if isinstance(raw_answers, Mapping) else {}
    walked = _walk(questionnaire, raw)
    wanted = {question.name for question in (page.questions if page else questionnaire.questions)}
    errors = {
        name: problem
        for question in walked.visible
        if question.name in wanted
        for name, problem in walked.problems.get(question.name, {}).items()
    }
    known = {name for question in questionnaire.questions for name in (question.name, *answer_names(question))}
    return Checked(walked.answers, errors, tuple(str(name) for name in raw if name not in known))


def visible_questions(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """What is shown given these answers, blocks to read included. A hidden question's answer counts as unanswered."""
    return tuple(_walk(questionnaire, answers).visible)


def required_questions(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """What is shown and may not be skipped given these answers."""
    walked = _walk(questionnaire, answers)
    return tuple(question for question in walked.visible if question.name in walked.required)


@dataclass
class _Walk:
    """What one pass in order has found so far."""

    visible: list[Question] = field(default_factory=list)
    required: set[str] = field(default_factory=set)
    answers: Answers = field(default_factory=dict)
    problems: dict[str, dict[str, RuleError]] = field(default_factory=dict)


def _walk(questionnaire: Questionnaire, raw: Mapping[Any, Any]) -> _Walk:
    """One pass: conditions ask only about earlier questions, so what they need is settled when they are reached."""
    walked = _Walk()
    for page in questionnaire.pages:
        if not _is_met(page.visible_if, walked.answers, otherwise=True):
            continue
        for question in page.questions:
            if _is_met(question.visible_if, walked.answers, otherwise=True):
                walked.visible.append(question)
                if question.is_item:
                    _answer(question, raw, walked)
    return walked


def _is_met(condition: Condition | None, answers: Answers, *, otherwise: bool) -> bool:
    return otherwise if condition is None else holds(condition.tree, answers)


def _answer(question: Question, raw: Mapping[Any, Any], walked: _Walk) -> None:
    """Read one shown question into the walk: its answer, its problems, whether it is required."""
    is_required = question.is_required or _is_met(question.required_if, walked.answers, otherwise=False)
    if is_required:
        walked.required.add(question.name)
    problems = walked.problems.setdefault(question.name, {})
    try:
        answer = _read(question, raw.get(question.name))
    except RuleError as refusal:
        problems[question.name] = refusal
        return
    if answer is None:
        if is_required:
            problems[question.name] = RuleError("answer_required")
        return
    walked.answers[question.name] = answer
    if question.has_other and OTHER in (answer if isinstance(answer, list) else [answer]):
        try:
            given = raw.get(question.comment_name)
            words = _text(given[0] if isinstance(given, list) and given else given, LONGEST_TEXT)
        except RuleError as refusal:
            problems[question.comment_name] = refusal
            return
        if words is None:
            problems[question.comment_name] = RuleError("answer_required")
        else:
            walked.answers[question.comment_name] = words


def _read(question: Question, raw: object) -> Value:
    """One raw answer as it is stored, or None when it is skipped. Raises RuleError."""
    if isinstance(raw, list | tuple) and question.kind is not QuestionKind.CHECKBOX:
        raw = raw[0] if raw else None  # a form hands over lists
    if raw is None or raw == "" or raw == []:
        return None
    if question.kind is QuestionKind.CHECKBOX:
        return _several(question, raw)
    if question.kind.has_choices:
        return _choice(question, raw)
    if question.kind is QuestionKind.BOOLEAN:
        return _yes_or_no(raw)
    if question.kind is QuestionKind.RATING:
        number = _number(raw, question.rate_min, question.rate_max)
        if isinstance(number, float):
            raise RuleError("unknown_answer")
        return number
    if question.is_number:
        return _number(raw, question.minimum, question.maximum)
    default = LONGEST_COMMENT if question.kind is QuestionKind.COMMENT else LONGEST_TEXT
    return _text(raw, question.max_length or default)


def _choice(question: Question, raw: object) -> Value:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise RuleError("unknown_answer")
    if isinstance(raw, int) and abs(raw) > LARGEST:
        raise RuleError("unknown_answer")
    said = str(raw).strip()
    if not said:
        return None
    for value in _values(question):
        if str(value) == said:
            return value
    raise RuleError("unknown_answer")


def _values(question: Question) -> list[str | int]:
    """All that may be picked, in the order of the page."""
    marks = [mark for mark, on in ((NONE, question.has_none), (OTHER, question.has_other)) if on]
    return [*(choice.value for choice in question.choices), *marks]


def _several(question: Question, raw: object) -> Value:
    picked = [_choice(question, item) for item in (raw if isinstance(raw, list | tuple) else [raw]) if item is not None]
    chosen: list[Value] = [value for value in _values(question) if value in picked]
    if question.has_none and NONE in chosen and len(chosen) > 1:
        raise RuleError("unknown_answer")
    return chosen or None


def _yes_or_no(raw: object) -> Value:
    if isinstance(raw, bool):
        return raw
    said = raw.strip().lower() if isinstance(raw, str) else None
    if said == "":
        return None
    if said not in ("true", "false"):
        raise RuleError("unknown_answer")
    return said == "true"


def _number(raw: object, low: float | None, high: float | None) -> Value:
    if isinstance(raw, str):
        if not raw.strip():
            return None
        if not _NUMBER.fullmatch(raw.strip()):
            raise RuleError("not_a_number")
        raw = float(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise RuleError("unknown_answer")
    if isinstance(raw, float) and not math.isfinite(raw):
        raise RuleError("not_a_number")
    low, high = -LARGEST if low is None else low, LARGEST if high is None else high
    if raw < low:
        raise RuleError("number_too_low", low=low)
    if raw > high:
        raise RuleError("number_too_high", high=high)
    return tidy(raw)


def _text(raw: object, limit: int) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise RuleError("unknown_answer")
    # Forms send line ends as two characters: counted so, a person's limit would differ from what they see.
    said = storable(raw.replace("\r\n", "\n")).strip()
    if len(said) > limit:
        raise RuleError("words_too_long", limit=limit, length=len(said), over=len(said) - limit)
    return said or None
