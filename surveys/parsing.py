"""From a definition to a questionnaire: everything outside the subset is refused by name, nothing is dropped."""

from collections.abc import Mapping
from typing import Any, Final

from surveys.conditions import check_conditions
from surveys.errors import SurveyDefinitionError
from surveys.fields import Fields, same_name
from surveys.questions import NONE, OTHER, Choice, Page, Question, QuestionKind, Questionnaire

MOST_PAGES: Final = 50
MOST_QUESTIONS: Final = 200
MOST_CHOICES: Final = 200
LONGEST_ANSWER: Final = 5_000
"""Characters of the longest answer that a definition may allow."""


def parse(definition: object) -> Questionnaire:
    """The questionnaire that a definition (a decoded JSON object) describes. Raises SurveyDefinitionError."""
    fields = Fields(definition, "questionnaire")
    title, description = fields.text("title"), fields.text("description")
    raw_pages = fields.list_of("pages", most=MOST_PAGES)
    fields.finish()
    pages = tuple(_page(raw, f"pages[{index}]", index + 1) for index, raw in enumerate(raw_pages))
    questionnaire = Questionnaire(pages=pages, title=title, description=description)
    _refuse_repeated_names(questionnaire)
    check_conditions(questionnaire)
    return questionnaire


def _page(raw: object, place: str, number: int) -> Page:
    fields = Fields(raw, place)
    name = fields.name(default=f"page{number}")
    title, visible_if = fields.text("title"), fields.condition("visibleIf")
    raw_questions = fields.list_of("elements", most=MOST_QUESTIONS)
    fields.finish()
    questions = tuple(_question(raw, f"{place}.elements[{index}]") for index, raw in enumerate(raw_questions))
    return Page(name=name, questions=questions, title=title, visible_if=visible_if)


def _question(raw: object, place: str) -> Question:
    fields = Fields(raw, place)
    name = fields.name()
    kind = _kind(fields)
    found: dict[str, Any] = {"title": fields.text("title"), "visible_if": fields.condition("visibleIf")}
    if kind is QuestionKind.HTML:
        found["html"] = fields.text("html", needed=True)
        if any("<" in text for text in (found["html"].default, *dict(found["html"].translations).values())):
            raise SurveyDefinitionError("has_markup", name, "html")
    else:
        found |= _asking(fields)
    found |= _own_properties(kind, fields)
    fields.finish()
    return Question(kind=kind, name=name, **found)


def _kind(fields: Fields) -> QuestionKind:
    said = fields.string("type")
    if said in set(QuestionKind):
        return QuestionKind(said)
    raise SurveyDefinitionError("unknown_type", fields.element, "type", found=said[:40])


def _asking(fields: Fields) -> dict[str, Any]:
    """What each question that asks for an answer may have."""
    return {
        "description": fields.text("description"),
        "is_required": fields.flag("isRequired"),
        "required_if": fields.condition("requiredIf"),
    }


def _own_properties(kind: QuestionKind, fields: Fields) -> dict[str, Any]:
    if kind.has_choices:
        return _choices(fields)
    if kind is QuestionKind.RATING:
        return _rating(fields)
    if kind is QuestionKind.TEXT:
        return _text_box(fields)
    if kind is QuestionKind.COMMENT:
        return {"max_length": fields.whole("maxLength", 1, LONGEST_ANSWER)}
    return {}


def _choices(fields: Fields) -> dict[str, Any]:
    choices = tuple(
        _choice(raw, f"{fields.element}.choices[{index}]")
        for index, raw in enumerate(fields.list_of("choices", most=MOST_CHOICES))
    )
    if not choices:
        raise SurveyDefinitionError("choices_missing", fields.element, "choices")
    has_other, has_none = fields.flag("showOtherItem"), fields.flag("showNoneItem")
    seen = {mark for mark, on in ((OTHER, has_other), (NONE, has_none)) if on}
    for choice in choices:
        # Conditions compare without case and across types: two such choices could not be told apart.
        value = same_name(str(choice.value).strip())
        if value in seen:
            raise SurveyDefinitionError("choice_repeated", fields.element, "choices", found=choice.value)
        seen.add(value)
    return {"choices": choices, "has_other": has_other, "has_none": has_none}


def _choice(raw: object, place: str) -> Choice:
    fields = Fields(raw if isinstance(raw, Mapping) else {"value": raw}, place)
    value = fields.value("value")
    text = fields.text("text") or fields.as_text(str(value), "value")
    fields.finish()
    return Choice(value=value, text=text)


def _rating(fields: Fields) -> dict[str, Any]:
    low, high = fields.whole("rateMin", 0, 20), fields.whole("rateMax", 1, 20)
    rate_min, rate_max = 1 if low is None else low, 5 if high is None else high
    if rate_min >= rate_max:
        raise SurveyDefinitionError("bad_limits", fields.element, "rateMax", low=rate_min, high=rate_max)
    return {
        "rate_min": rate_min,
        "rate_max": rate_max,
        "min_rate_description": fields.text("minRateDescription"),
        "max_rate_description": fields.text("maxRateDescription"),
    }


def _text_box(fields: Fields) -> dict[str, Any]:
    input_type = fields.string("inputType", default="text")
    if input_type not in ("text", "number"):
        raise SurveyDefinitionError("wrong_type", fields.element, "inputType", found=input_type[:40])
    low, high = fields.number("min"), fields.number("max")
    if input_type == "text":
        if low is not None or high is not None:
            raise SurveyDefinitionError("unknown_property", fields.element, "max" if low is None else "min")
        return {"max_length": fields.whole("maxLength", 1, LONGEST_ANSWER)}
    if low is not None and high is not None and low > high:
        raise SurveyDefinitionError("bad_limits", fields.element, "max", low=low, high=high)
    return {"is_number": True, "minimum": low, "maximum": high}


def _refuse_repeated_names(questionnaire: Questionnaire) -> None:
    pages: set[str] = set()
    for page in questionnaire.pages:
        if same_name(page.name) in pages:
            raise SurveyDefinitionError("name_repeated", page.name, "name")
        pages.add(same_name(page.name))
    if len(questionnaire.questions) > MOST_QUESTIONS:
        raise SurveyDefinitionError("too_many", "questionnaire", "elements", limit=MOST_QUESTIONS)
    names: set[str] = set()
    for question in questionnaire.questions:
        if same_name(question.name) in names:
            raise SurveyDefinitionError("name_repeated", question.name, "name")
        names.add(same_name(question.name))
