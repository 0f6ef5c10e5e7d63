"""The definition of a questionnaire: a documented subset of SurveyJS JSON; the rest is refused by name.

The subset (storage format of surveys.md, section 2): pages of radiogroup, checkbox, dropdown, rating, text,
comment, boolean and html (plain text) elements. Texts may be objects {"default": ..., "cy": ...}.
Logic (`visibleIf` and the like) is not in it yet: a definition that needs logic is refused, never half obeyed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Text = str | Mapping[str, str]


class QuestionKind(StrEnum):
    """Kinds of element, with SurveyJS's names."""

    RADIOGROUP = "radiogroup"
    CHECKBOX = "checkbox"
    DROPDOWN = "dropdown"
    RATING = "rating"
    TEXT = "text"
    COMMENT = "comment"
    BOOLEAN = "boolean"
    HTML = "html"


class SurveyDefinitionError(Exception):
    """A definition outside the subset. `element` and `prop` say where; `code` says why."""

    def __init__(self, code: str, *, element: str = "", prop: str = "") -> None:
        super().__init__(f"{code}: {element}{'.' if element and prop else ''}{prop}")
        self.code = code
        self.element = element
        self.prop = prop


@dataclass(frozen=True)
class Choice:
    """One answer that is offered."""

    value: str
    text: Text


@dataclass(frozen=True)
class Question:
    """One element. `is_number`, `low`, `high` belong to number questions and ratings."""

    name: str
    kind: QuestionKind
    title: Text
    description: Text = ""
    is_required: bool = False
    choices: tuple[Choice, ...] = ()
    has_other: bool = False
    has_none: bool = False
    is_number: bool = False
    low: float | None = None
    high: float | None = None
    low_text: Text = ""
    high_text: Text = ""
    max_length: int = 1000


@dataclass(frozen=True)
class Page:
    """One page; its title may be empty, since section headings can lead people."""

    name: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire, in order."""

    title: Text
    description: Text
    pages: tuple[Page, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every element of every page."""
        return tuple(question for page in self.pages for question in page.questions)


_TOP = {"title", "description", "pages", "locale"}
_PAGE = {"name", "title", "elements"}
_COMMON = {"type", "name", "title", "description", "isRequired"}
_CHOOSING = {"choices", "showOtherItem", "showNoneItem"}
_BY_KIND: Mapping[QuestionKind, set[str]] = {
    QuestionKind.RADIOGROUP: _CHOOSING,
    QuestionKind.CHECKBOX: _CHOOSING,
    QuestionKind.DROPDOWN: _CHOOSING,
    QuestionKind.RATING: {"rateMin", "rateMax", "minRateDescription", "maxRateDescription"},
    QuestionKind.TEXT: {"inputType", "min", "max", "maxLength"},
    QuestionKind.COMMENT: {"maxLength"},
    QuestionKind.BOOLEAN: set(),
    QuestionKind.HTML: {"html"},
}


def text_in(text: Text, lang: str) -> str:
    """A text in a language, else its default."""
    if isinstance(text, str):
        return text
    return text.get(lang) or text.get("default", "")


def parse(definition: Mapping[str, Any]) -> Questionnaire:
    """Reads a definition.

    Raises:
        SurveyDefinitionError: `not_an_object`, `unknown_property`, `unknown_type`, `name_missing`,
            `name_repeated`, `choices_missing`, `choice_repeated`, `not_a_number` or `bad_text`.
    """
    if not isinstance(definition, Mapping):
        raise SurveyDefinitionError("not_an_object")
    _only(definition, _TOP, "questionnaire")
    pages = definition.get("pages", [])
    if not isinstance(pages, list):
        raise SurveyDefinitionError("not_an_object", element="questionnaire", prop="pages")
    read = tuple(_page(page, number) for number, page in enumerate(pages, 1))
    names = [question.name for page in read for question in page.questions]
    for name in names:
        if names.count(name) > 1:
            raise SurveyDefinitionError("name_repeated", element=name)
    title, description = _text(definition, "title", "questionnaire"), _text(definition, "description", "questionnaire")
    return Questionnaire(title, description, read)


def _page(page: Any, number: int) -> Page:
    where = f"page {number}"
    if not isinstance(page, Mapping):
        raise SurveyDefinitionError("not_an_object", element=where)
    _only(page, _PAGE, where)
    elements = page.get("elements", [])
    if not isinstance(elements, list):
        raise SurveyDefinitionError("not_an_object", element=where, prop="elements")
    return Page(str(page.get("name", f"page{number}")), _text(page, "title", where), tuple(map(_question, elements)))


def _question(element: Any) -> Question:
    if not isinstance(element, Mapping):
        raise SurveyDefinitionError("not_an_object", element="element")
    name = element.get("name")
    if not isinstance(name, str) or not name:
        raise SurveyDefinitionError("name_missing", element=str(element.get("title", ""))[:40])
    try:
        kind = QuestionKind(element.get("type", ""))
    except ValueError:
        raise SurveyDefinitionError("unknown_type", element=name, prop=str(element.get("type", ""))[:40]) from None
    _only(element, _COMMON | _BY_KIND[kind], name)
    rating = kind is QuestionKind.RATING
    return Question(
        name=name,
        kind=kind,
        title=_text(element, "html" if kind is QuestionKind.HTML else "title", name) or name,
        description=_text(element, "description", name),
        is_required=bool(element.get("isRequired", False)),
        choices=_choices(element, kind, name),
        has_other=bool(element.get("showOtherItem", False)),
        has_none=bool(element.get("showNoneItem", False)),
        is_number=rating or element.get("inputType") == "number",
        low=_number(element, "rateMin" if rating else "min", name, 1 if rating else None),
        high=_number(element, "rateMax" if rating else "max", name, 5 if rating else None),
        low_text=_text(element, "minRateDescription", name),
        high_text=_text(element, "maxRateDescription", name),
        max_length=int(_number(element, "maxLength", name, 1000) or 1000),
    )


def _choices(element: Mapping[str, Any], kind: QuestionKind, name: str) -> tuple[Choice, ...]:
    if "choices" not in _BY_KIND[kind]:
        return ()
    raw = element.get("choices", [])
    if not isinstance(raw, list) or not raw:
        raise SurveyDefinitionError("choices_missing", element=name)
    read = []
    for item in raw:
        if isinstance(item, Mapping):
            _only(item, {"value", "text"}, name)
            value = str(item.get("value", ""))
            read.append(Choice(value, _text(item, "text", name) or value))
        else:
            read.append(Choice(str(item), str(item)))
    values = [choice.value for choice in read]
    if len(set(values)) < len(values) or "" in values:
        raise SurveyDefinitionError("choice_repeated", element=name)
    return tuple(read)


def _only(element: Mapping[str, Any], allowed: set[str], where: str) -> None:
    for prop in element:
        if prop not in allowed:
            raise SurveyDefinitionError("unknown_property", element=where, prop=str(prop)[:40])


def _text(element: Mapping[str, Any], prop: str, where: str) -> Text:
    value = element.get(prop, "")
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values()):
        return dict(value)
    raise SurveyDefinitionError("bad_text", element=where, prop=prop)


def _number(element: Mapping[str, Any], prop: str, where: str, otherwise: float | None) -> float | None:
    value = element.get(prop, otherwise)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SurveyDefinitionError("not_a_number", element=where, prop=prop)
    return value
