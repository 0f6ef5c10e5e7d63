"""Changing a definition one thing at a time: each helper takes a definition (decoded JSON) and gives a new one.

The definition is one that `surveys.parse` has read, and what comes out is to be read by `parse` before it is kept:
nothing is checked twice. Whatever an `Asked` does not name (conditions, limits, other languages) stays as it was.
"""

import copy
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from surveys.errors import SurveyDefinitionError
from surveys.expressions import Literal, parse_expression, references, walk
from surveys.fields import same_name
from surveys.questions import NONE, OTHER, Definition, QuestionKind

_CHOICE_PROPERTIES: Final = ("choices", "showOtherItem", "showNoneItem")
_OWN: Final[dict[QuestionKind, tuple[str, ...]]] = {
    QuestionKind.RADIOGROUP: _CHOICE_PROPERTIES,
    QuestionKind.CHECKBOX: _CHOICE_PROPERTIES,
    QuestionKind.DROPDOWN: _CHOICE_PROPERTIES,
    QuestionKind.RATING: ("rateMin", "rateMax", "minRateDescription", "maxRateDescription"),
    QuestionKind.TEXT: ("inputType", "min", "max", "maxLength"),
    QuestionKind.COMMENT: ("maxLength",),
}
"""Properties that belong to a kind; they go when a question becomes another kind that does not have them."""
_LIMITS: Final = ("inputType", "min", "max", "maxLength", "rateMin", "rateMax")
_CONDITIONS: Final = ("visibleIf", "requiredIf")
_LONGEST_MADE: Final = 40


@dataclass(frozen=True)
class Asked:
    """What a page of the set-up says of one question, in the questionnaire's default language.

    `answers` are the words of the choices, one each; kinds without choices pay no heed to them, nor to `has_other`
    and `has_none`. `low` and `high` are the words at the two ends of a rating.
    """

    kind: QuestionKind
    title: str
    description: str = ""
    is_required: bool = False
    answers: tuple[str, ...] = ()
    has_other: bool = False
    has_none: bool = False
    low: str = ""
    high: str = ""


def begin(title: str) -> Definition:
    """A questionnaire with a title and no question."""
    return {"title": title, "pages": [{"name": "page1", "elements": []}]}


def asked_of(element: Definition) -> Asked:
    """What can be edited of one question, as it stands."""
    return Asked(
        kind=QuestionKind(element["type"]),
        title=words_of(element.get("title")) or str(element["name"]),
        description=words_of(element.get("description")),
        is_required=bool(element.get("isRequired")),
        answers=tuple(_choice_words(choice) for choice in element.get("choices") or ()),
        has_other=bool(element.get("showOtherItem")),
        has_none=bool(element.get("showNoneItem")),
        low=words_of(element.get("minRateDescription")),
        high=words_of(element.get("maxRateDescription")),
    )


def words_of(said: object) -> str:
    """The words of a text in the default language; empty when it is missing."""
    return str(said.get("default", "") if isinstance(said, dict) else said or "")


def find(definition: Definition, name: str) -> Definition | None:
    """The question or block of that name, to be read and not to be changed."""
    return next((element for _, element in _elements(definition) if element["name"] == name), None)


def kept_of(element: Definition) -> list[str]:
    """What a question holds that `Asked` cannot say: any of "condition", "limits", "languages"."""
    kept = []
    if any(element.get(name) for name in _CONDITIONS):
        kept.append("condition")
    if any(element.get(name) is not None for name in _LIMITS):
        kept.append("limits")
    texts = [*element.values(), *(c.get("text") for c in element.get("choices") or () if isinstance(c, dict))]
    if any(isinstance(text, dict) and len(text) > 1 for text in texts):
        kept.append("languages")
    return kept


def with_heading(definition: Definition, title: str, description: str) -> Definition:
    """Another title and description; an empty description is left out."""
    new = copy.deepcopy(definition)
    _put_words(new, "title", title)
    _put_words(new, "description", description)
    return new


def with_question(definition: Definition, asked: Asked) -> tuple[Definition, str]:
    """One more question at the end of the last page, and the name that it was given."""
    new = copy.deepcopy(definition)
    taken = {same_name(element["name"]) for _, element in _elements(new)}
    name = _free(_slug(asked.title, "question"), taken)
    pages = new.setdefault("pages", [])
    if not pages:
        pages.append({"name": "page1", "elements": []})
    element: Definition = {"type": str(asked.kind), "name": name}
    _apply(element, asked)
    pages[-1].setdefault("elements", []).append(element)
    return new, name


def with_changes(definition: Definition, name: str, asked: Asked) -> Definition:
    """The question of that name as `asked` says.

    An answer whose words are unchanged keeps its value; other words get a new value made from them.

    Raises:
        KeyError: no question has that name.
        SurveyDefinitionError: `choice_repeated` for the same words twice, `choice_in_condition` when an answer goes
            that a condition asks about.
    """
    new = copy.deepcopy(definition)
    element = _place_of(new, name)[2]
    before = _values(element)
    _apply(element, asked)
    lost = before - _values(element)
    if lost & _values_asked_about(new, name):
        raise SurveyDefinitionError("choice_in_condition", name, "choices")
    return new


def without_question(definition: Definition, name: str) -> Definition:
    """Everything but that question; its page stays. Raises KeyError."""
    new = copy.deepcopy(definition)
    page, index, _ = _place_of(new, name)
    del new["pages"][page]["elements"][index]
    return new


def with_shift(definition: Definition, name: str, step: int) -> Definition:
    """The question one place up (-1) or down (+1): past the edge of its page into the next; unchanged at either end.

    Raises KeyError.
    """
    new = copy.deepcopy(definition)
    page, index, element = _place_of(new, name)
    here = new["pages"][page]["elements"]
    if 0 <= index + step < len(here):
        here[index], here[index + step] = here[index + step], here[index]
    elif 0 <= page + step < len(new["pages"]):
        del here[index]
        there = new["pages"][page + step].setdefault("elements", [])
        there.insert(len(there) if step < 0 else 0, element)
    return new


def _elements(definition: Definition) -> Iterator[tuple[Definition, Definition]]:
    for page in definition.get("pages") or ():
        for element in page.get("elements") or ():
            yield page, element


def _place_of(definition: Definition, name: str) -> tuple[int, int, Definition]:
    for number, page in enumerate(definition.get("pages") or ()):
        for index, element in enumerate(page.get("elements") or ()):
            if element["name"] == name:
                return number, index, element
    raise KeyError(name)


def _apply(element: Definition, asked: Asked) -> None:
    """Writes what was asked into a question, and takes out what belonged only to the kind it was."""
    for property in {name for names in _OWN.values() for name in names} - set(_OWN.get(asked.kind, ())):
        element.pop(property, None)
    element["type"] = str(asked.kind)
    _put_words(element, "title", asked.title)
    _put_words(element, "description", asked.description)
    _put_flag(element, "isRequired", asked.is_required)
    if asked.kind.has_choices:
        element["choices"] = _choices(element, asked.answers)
        _put_flag(element, "showOtherItem", asked.has_other)
        _put_flag(element, "showNoneItem", asked.has_none)
    if asked.kind is QuestionKind.RATING:
        _put_words(element, "minRateDescription", asked.low)
        _put_words(element, "maxRateDescription", asked.high)


def _put_words(holder: Definition, property: str, words: str) -> None:
    said = holder.get(property)
    if not words:
        holder.pop(property, None)
    elif isinstance(said, dict):
        holder[property] = {**said, "default": words}
    else:
        holder[property] = words


def _put_flag(element: Definition, property: str, on: bool) -> None:
    if on:
        element[property] = True
    else:
        element.pop(property, None)


def _choices(element: Definition, answers: Sequence[str]) -> list[Any]:
    """One choice for each line: the one that had these words already, else a new one."""
    old: dict[str, list[Any]] = {}
    for choice in element.get("choices") or ():
        old.setdefault(_choice_words(choice), []).append(choice)
    taken = {same_name(value) for value in _values(element)} | {OTHER, NONE}
    made: list[Any] = []
    for words in answers:
        if old.get(words):
            made.append(old[words].pop(0))
            continue
        if any(same_name(_choice_words(choice)) == same_name(words) for choice in made):
            raise SurveyDefinitionError("choice_repeated", str(element["name"]), "choices", found=words[:40])
        value = _free(_slug(words, "answer"), taken)
        taken.add(same_name(value))
        made.append({"value": value, "text": words})
    return made


def _choice_words(choice: object) -> str:
    if isinstance(choice, dict):
        return words_of(choice.get("text")) or str(choice["value"])
    return str(choice)


def _values(element: Definition) -> set[str]:
    choices = element.get("choices") or ()
    return {str(choice["value"] if isinstance(choice, dict) else choice) for choice in choices}


def _values_asked_about(definition: Definition, name: str) -> set[str]:
    """Every value written in a condition that asks about this question."""
    found = set()
    holders = [*(definition.get("pages") or ()), *(element for _, element in _elements(definition))]
    for text in (holder[key] for holder in holders for key in _CONDITIONS if holder.get(key)):
        tree = parse_expression(str(text))
        if name in references(tree):
            found |= {str(node.value) for node in walk(tree) if isinstance(node, Literal)}
    return found


def _slug(words: str, otherwise: str) -> str:
    """A name made of the words' letters and digits, starting with a letter."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST_MADE].strip("_")
    return slug if slug[:1].isalpha() else f"{otherwise}_{slug}".rstrip("_")


def _free(base: str, taken: Collection[str]) -> str:
    """The name, with a number after it where it is taken."""
    name, number = base, 2
    while same_name(name) in taken:
        name, number = f"{base}_{number}", number + 1
    return name
