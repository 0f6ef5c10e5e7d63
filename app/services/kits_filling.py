"""Filling the gaps of an agenda kit: `[project]` in any of its texts becomes the project's own name."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from app.services.kits_format import Kit

SHORT = {"title": 200, "short_title": 60, "terms_title": 200}
"""Fields with a limit in the database: a long name is cut with an ellipsis."""


def fill(kit: Kit, gaps: Mapping[str, str]) -> Kit:
    """The same kit with every `[name]` of `gaps` replaced, in every text of it.

    Args:
        gaps: name -> words. They are put in as they are: pages escape them, Markdown shows them as a text.
    """
    filled: Kit = _fill(kit, {f"[{name}]": words for name, words in gaps.items()})
    return filled


def _fill(value: Any, gaps: Mapping[str, str]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        for gap, words in gaps.items():
            value = value.replace(gap, words)
        return value
    if isinstance(value, tuple):
        return tuple(_fill(one, gaps) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _cut(one.name, _fill(getattr(value, one.name), gaps)) for one in fields(value)}
        )
    return value


def _cut(name: str, value: Any) -> Any:
    limit = SHORT.get(name)
    if limit is None or not isinstance(value, str) or len(value) <= limit:
        return value
    return value[: limit - 2].rstrip() + " …"
