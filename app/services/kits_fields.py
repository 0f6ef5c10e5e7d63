"""Reading fields of a kit's files: each wrong one becomes one plain line, and reading goes on."""

import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import yaml

Member = TypeVar("Member", bound=Enum)
LARGEST_FILE = 1_000_000
"""Bytes; no file of a kit is anywhere near as large."""


class Problems:
    """Collects problems, each "file: what is wrong"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []

    def add(self, where: str, words: str) -> None:
        """One more problem."""
        line = f"{where}: {words}"
        if line not in self.lines:
            self.lines.append(line)

    def text(self, name: str) -> str:
        """The text of a file; empty, with a problem, when it cannot be read."""
        path = self.folder / name
        try:
            if path.stat().st_size > LARGEST_FILE:
                self.add(name, "the file is larger than a megabyte")
                return ""
            words = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.add(name, "the file is missing")
            return ""
        except (OSError, UnicodeDecodeError):
            self.add(name, "the file cannot be read as UTF-8 text")
            return ""
        if not words.strip():
            self.add(name, "the file is empty")
        return words.strip()

    def yaml(self, name: str) -> Any:
        """The value of a YAML file; None, with a problem, when it is broken."""
        words = self.text(name)
        return self.yaml_of(name, words) if words else None

    def yaml_of(self, name: str, words: str) -> Any:
        """The value of a YAML text; None, with a problem, when it is broken."""
        try:
            return yaml.safe_load(words)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f" near line {mark.line + 1}" if mark else ""
            self.add(name, f"it is not well-formed YAML{place}")
            return None

    def json(self, name: str) -> Any:
        """The value of a JSON file; None, with a problem, when it is broken."""
        words = self.text(name)
        if not words:
            return None
        try:
            return json.loads(words)
        except ValueError as error:
            place = f" near line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            self.add(name, f"it is not well-formed JSON{place}")
            return None

    def files(self, folder: str, ending: str) -> list[str]:
        """Names, from the kit's folder, of the files in a sub-folder, in order."""
        found = sorted(path.name for path in (self.folder / folder).glob(f"*{ending}"))
        return [f"{folder}/{name}" for name in found]

    def fields(self, where: str, value: Any) -> "Fields":
        """A mapping to read fields from; an empty one, with a problem, when `value` is something else."""
        if not isinstance(value, dict):
            self.add(where, "a list of fields was expected here")
            value = {}
        return Fields(self, where, value)

    def each(self, where: str, value: Any) -> Iterator["Fields"]:
        """The mappings of a list, each with its place in the problems' lines."""
        if not isinstance(value, list):
            self.add(where, "a list was expected here")
            return
        for place, item in enumerate(value, 1):
            yield self.fields(f"{where}, item {place}", item)


class Fields:
    """A mapping of a kit's file, with a name for problems."""

    def __init__(self, problems: Problems, where: str, values: dict[str, Any]) -> None:
        self.problems = problems
        self.where = where
        self.values = values

    def problem(self, words: str) -> None:
        """A problem at this place."""
        self.problems.add(self.where, words)

    def text(self, name: str, *, limit: int = 20_000, needed: bool = True) -> str:
        """A text; numbers are not taken for texts, except that a version may be written as one."""
        value = self.values.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            if needed:
                self.problem(f"`{name}` is missing")
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool) and name == "version":
            value = str(value)
        if not isinstance(value, str):
            self.problem(f"`{name}` has to be a text")
            return ""
        if len(value.strip()) > limit:
            self.problem(f"`{name}` is longer than {limit} characters")
        return value.strip()

    def whole(self, name: str, *, least: int = 0, most: int = 10_000, default: int | None = None) -> int:
        """A whole number between `least` and `most`."""
        value = self.values.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.problem(f"`{name}` has to be a whole number")
            return least
        if not least <= value <= most:
            self.problem(f"`{name}` has to be from {least} to {most}")
            return least
        return value

    def truth(self, name: str) -> bool:
        """true or false; false when it is not there."""
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            self.problem(f"`{name}` has to be true or false")
            return False
        return value

    def one_of(self, name: str, kind: type[Member], fallback: Member) -> Member:
        """A member of an enum by its value."""
        found = self.maybe_one_of(name, kind)
        if found is None:
            if self.values.get(name) is None:
                self.problem(f"`{name}` is missing")
            return fallback
        return found

    def maybe_one_of(self, name: str, kind: type[Member]) -> Member | None:
        """A member of an enum by its value, or None when it is not there."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(str(member.value) for member in kind)
            self.problem(f"`{name}` is {str(value)[:40]!r}; it has to be one of {known}")
            return None

    def texts(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(name)
        if value is None:
            value = []
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.problem(f"`{name}` has to be a list of texts")
            return ()
        if needed and not value:
            self.problem(f"`{name}` is empty")
        return tuple(item.strip() for item in value)
