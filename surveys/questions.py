"""What a questionnaire is made of: frozen pages, questions, choices and texts, each able to write itself as JSON.

The subset of SurveyJS JSON that is read (all else is refused by name, see `surveys.parsing`):

    questionnaire  title description pages
    page           name title visibleIf elements
    every question type name title description isRequired requiredIf visibleIf
    radiogroup, dropdown, checkbox   choices showOtherItem showNoneItem
    rating         rateMin rateMax minRateDescription maxRateDescription
    text           inputType ("text" or "number") min max (numbers only) maxLength (texts only)
    comment        maxLength
    boolean        nothing more
    html           type name title html visibleIf (a block of plain text to read; markup is refused)

A text is a string or {"default": ..., "cy": ...}. A choice is {"value", "text"} or just the value.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from surveys.expressions import Node

LANGUAGES: Final = frozenset({"cy"})
"""Languages a text may have beside its default."""
OTHER: Final = "other"
"""The answer of the "something else" choice; its words are the answer to `Question.comment_name`."""
NONE: Final = "none"
"""The answer of the "none of these" choice."""

Definition = dict[str, Any]


class QuestionKind(StrEnum):
    """The types of question, by their SurveyJS names."""

    RADIOGROUP = "radiogroup"
    CHECKBOX = "checkbox"
    DROPDOWN = "dropdown"
    RATING = "rating"
    TEXT = "text"
    COMMENT = "comment"
    BOOLEAN = "boolean"
    HTML = "html"

    @property
    def has_choices(self) -> bool:
        """Whether people pick from a list."""
        return self in (QuestionKind.RADIOGROUP, QuestionKind.CHECKBOX, QuestionKind.DROPDOWN)


@dataclass(frozen=True)
class Text:
    """Words in the default language and, where there are any, in others."""

    default: str
    translations: tuple[tuple[str, str], ...] = ()

    def text_in(self, lang: str) -> str:
        """The words in `lang` ("cy", also from "cy-GB"), else in the default language."""
        return dict(self.translations).get(lang.split("-")[0].split("_")[0].lower(), self.default)

    def to_json(self) -> str | dict[str, str]:
        """A string, or the locale object when there are translations."""
        return {"default": self.default, **dict(self.translations)} if self.translations else self.default


def text_in(text: Text | None, lang: str) -> str:
    """The words of a text that may be missing, in a language, else in its default; missing is empty."""
    return "" if text is None else text.text_in(lang)


@dataclass(frozen=True)
class Choice:
    """One thing to pick: what is stored, and what is read."""

    value: str | int
    text: Text

    def to_dict(self) -> Definition:
        """{"value", "text"}."""
        return {"value": self.value, "text": self.text.to_json()}


@dataclass(frozen=True)
class Condition:
    """A condition as it was written, and its tree."""

    text: str
    tree: Node


@dataclass(frozen=True)
class Question:
    """One question, or a block to read (kind HTML, with its words in `html`).

    Properties that do not belong to the kind keep their defaults. `minimum` and `maximum` hold for numbers,
    `max_length` (characters) for texts; None means the limit of `surveys.evaluation`.
    """

    kind: QuestionKind
    name: str
    title: Text | None = None
    description: Text | None = None
    is_required: bool = False
    required_if: Condition | None = None
    visible_if: Condition | None = None
    choices: tuple[Choice, ...] = ()
    has_other: bool = False
    has_none: bool = False
    rate_min: int = 1
    rate_max: int = 5
    min_rate_description: Text | None = None
    max_rate_description: Text | None = None
    is_number: bool = False
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    html: Text | None = None

    @property
    def heading(self) -> Text:
        """What people read first: the title, else the block to read, else the name, as SurveyJS has it."""
        return self.title or self.html or Text(self.name)

    @property
    def is_item(self) -> bool:
        """Whether it asks for an answer."""
        return self.kind is not QuestionKind.HTML

    @property
    def comment_name(self) -> str:
        """The name under which the words of "something else" are answered: `{name}-Comment`."""
        return f"{self.name}-Comment"

    def to_dict(self) -> Definition:
        """The definition, without what is at its default."""
        said: Definition = {"type": str(self.kind), "name": self.name}
        _put_texts(said, title=self.title, description=self.description, html=self.html)
        said |= {key: True for key, on in (("isRequired", self.is_required), ("showOtherItem", self.has_other),
                                           ("showNoneItem", self.has_none)) if on}  # fmt: skip
        _put_conditions(said, requiredIf=self.required_if, visibleIf=self.visible_if)
        if self.choices:
            said["choices"] = [choice.to_dict() for choice in self.choices]
        if self.kind is QuestionKind.RATING:
            said |= {"rateMin": self.rate_min, "rateMax": self.rate_max}
        _put_texts(said, minRateDescription=self.min_rate_description, maxRateDescription=self.max_rate_description)
        if self.is_number:
            said["inputType"] = "number"
        limits = {"min": self.minimum, "max": self.maximum, "maxLength": self.max_length}
        return said | {key: limit for key, limit in limits.items() if limit is not None}


@dataclass(frozen=True)
class Page:
    """Questions shown together."""

    name: str
    questions: tuple[Question, ...]
    title: Text | None = None
    visible_if: Condition | None = None

    def to_dict(self) -> Definition:
        """The definition, without what is at its default."""
        said: Definition = {"name": self.name}
        _put_texts(said, title=self.title)
        _put_conditions(said, visibleIf=self.visible_if)
        return said | {"elements": [question.to_dict() for question in self.questions]}


@dataclass(frozen=True)
class Questionnaire:
    """The whole, as `surveys.parse` gives it: names are unique, conditions ask only about earlier questions."""

    pages: tuple[Page, ...]
    title: Text | None = None
    description: Text | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question and block, in order."""
        return tuple(question for page in self.pages for question in page.questions)

    @property
    def item_count(self) -> int:
        """How many questions ask for an answer (a workshop has at most ten)."""
        return sum(question.is_item for question in self.questions)

    def question(self, name: str) -> Question | None:
        """The question of that name, if there is one."""
        return next((question for question in self.questions if question.name == name), None)

    def to_dict(self) -> Definition:
        """The definition as SurveyJS JSON: `parse` of it gives an equal questionnaire."""
        said: Definition = {}
        _put_texts(said, title=self.title, description=self.description)
        return said | {"pages": [page.to_dict() for page in self.pages]}


def _put_texts(said: Definition, **texts: Text | None) -> None:
    said |= {key: text.to_json() for key, text in texts.items() if text is not None}


def _put_conditions(said: Definition, **conditions: Condition | None) -> None:
    said |= {key: condition.text for key, condition in conditions.items() if condition is not None}
