"""Reading one JSON object property by property, so that what nobody asked for can be refused at the end."""

import math
import re
from collections.abc import Mapping
from typing import Final

from surveys.errors import ExpressionError, SurveyDefinitionError
from surveys.expressions import parse_expression
from surveys.questions import LANGUAGES, Condition, Text
from surveys.reading import NAME
from surveys.values import LARGEST

LONGEST_TEXT: Final = 5_000
LONGEST_VALUE: Final = 200
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def same_name(name: str) -> str:
    """A name as conditions compare it: without case."""
    return name.lower()


def storable(text: str) -> str:
    """A text without what a database cannot keep."""
    return _UNSTORABLE.sub("", text)


def is_storable(text: str) -> bool:
    """Whether a database can keep a text: no null character and no half of a pair."""
    return _UNSTORABLE.search(text) is None


class Fields:
    """One object of a definition. `element` is its name once that is read, until then its place."""

    def __init__(self, raw: object, place: str) -> None:
        self.element = place
        if not isinstance(raw, Mapping):
            raise SurveyDefinitionError("not_an_object", place, "", found=type(raw).__name__)
        self._raw = raw
        self._asked: set[str] = set()

    def _get(self, property: str) -> object:
        self._asked.add(property)
        return self._raw.get(property)

    def _wrong(self, code: str, property: str, **facts: object) -> SurveyDefinitionError:
        return SurveyDefinitionError(code, self.element, property, **facts)

    def finish(self) -> None:
        """Refuse what nobody asked for, by its name."""
        for property in self._raw:
            if property not in self._asked:
                raise self._wrong("unknown_property", str(property)[:60])

    def name(self, default: str | None = None) -> str:
        """The object's name: a letter, then letters, digits, "_" and "-"; never the ending kept for comments."""
        if default is not None and self._get("name") is None:
            return default
        if self._get("name") in (None, ""):
            raise self._wrong("name_missing", "name")
        name = self.string("name")
        if not NAME.fullmatch(name) or name.lower().endswith("-comment"):
            raise self._wrong("bad_name", "name", found=name[:80])
        self.element = name
        return name

    def string(self, property: str, default: str | None = None) -> str:
        """A plain text; missing is refused unless there is a default."""
        said = self._get(property)
        if said is None and default is not None:
            return default
        if said is None:
            raise self._wrong("missing", property)
        if not isinstance(said, str):
            raise self._wrong("wrong_type", property, found=type(said).__name__)
        return said

    def flag(self, property: str) -> bool:
        """True or false; missing is false."""
        said = self._get(property)
        if said is None or isinstance(said, bool):
            return bool(said)
        raise self._wrong("wrong_type", property, found=type(said).__name__)

    def number(self, property: str) -> float | None:
        """A finite number, or None when missing."""
        said = self._get(property)
        if said is None:
            return None
        if isinstance(said, bool) or not isinstance(said, int | float):
            raise self._wrong("not_a_number", property, found=type(said).__name__)
        if (isinstance(said, float) and not math.isfinite(said)) or abs(said) > LARGEST:
            raise self._wrong("bad_limits", property, low=-LARGEST, high=LARGEST)
        return said

    def whole(self, property: str, low: int, high: int) -> int | None:
        """A whole number between two limits, or None when missing."""
        said = self.number(property)
        if said is None:
            return None
        if not isinstance(said, int):
            raise self._wrong("not_a_number", property, found=type(said).__name__)
        if not low <= said <= high:
            raise self._wrong("bad_limits", property, low=low, high=high)
        return said

    def value(self, property: str) -> str | int:
        """What a choice stores: a text that is not empty, or a whole number."""
        said = self._get(property)
        if isinstance(said, int) and not isinstance(said, bool) and abs(said) <= LARGEST:
            return said
        if not isinstance(said, str):
            raise self._wrong("missing" if said is None else "wrong_type", property, found=type(said).__name__)
        if not said.strip() or said != said.strip():
            raise self._wrong("empty" if not said.strip() else "bad_name", property, found=said[:40])
        if len(said) > LONGEST_VALUE or not is_storable(said):
            raise self._wrong("too_long" if is_storable(said) else "bad_name", property, limit=LONGEST_VALUE)
        return said

    def text(self, property: str, *, needed: bool = False) -> Text | None:
        """Words: a string or a locale object. None when missing, unless they are needed."""
        said = self._get(property)
        if said is None:
            if needed:
                raise self._wrong("missing", property)
            return None
        return self.as_text(said, property)

    def as_text(self, said: object, property: str) -> Text:
        """A string or a locale object as Text."""
        if isinstance(said, str):
            return Text(self._words(said, property))
        if not isinstance(said, Mapping):
            raise self._wrong("bad_text", property, found=type(said).__name__)
        for language in said:
            if language != "default" and language not in LANGUAGES:
                raise self._wrong("unknown_property", f"{property}.{str(language)[:40]}")
        if "default" not in said:
            raise self._wrong("missing", f"{property}.default")
        others = sorted(language for language in said if language != "default")
        return Text(
            self._words(said["default"], f"{property}.default"),
            tuple((language, self._words(said[language], f"{property}.{language}")) for language in others),
        )

    def _words(self, said: object, property: str) -> str:
        if not isinstance(said, str):
            raise self._wrong("bad_text", property, found=type(said).__name__)
        if not said.strip():
            raise self._wrong("empty", property)
        if len(said) > LONGEST_TEXT:
            raise self._wrong("too_long", property, limit=LONGEST_TEXT)
        if not is_storable(said):
            raise self._wrong("bad_text", property, found="unstorable character")
        return said

    def list_of(self, property: str, *, most: int) -> list[object]:
        """A list of at most `most`; missing is empty."""
        said = self._get(property)
        if said is None:
            return []
        if not isinstance(said, list):
            raise self._wrong("not_an_object", property, found=type(said).__name__)
        if len(said) > most:
            raise self._wrong("too_many", property, limit=most)
        return list(said)

    def condition(self, property: str) -> Condition | None:
        """A condition, read now so that a bad one is refused when the questionnaire is saved."""
        if self._get(property) is None:
            return None
        said = self.string(property)
        try:
            return Condition(said, parse_expression(said))
        except ExpressionError as wrong:
            raise self._wrong(wrong.code, property, **wrong.facts) from wrong
