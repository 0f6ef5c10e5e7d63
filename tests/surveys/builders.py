"""Builders of definitions for the tests of surveys, with defaults."""

from typing import Any


def question(kind: str = "radiogroup", name: str = "q", **properties: Any) -> dict[str, Any]:
    """One element; a list of choices is added where the kind needs one."""
    said: dict[str, Any] = {"type": kind, "name": name, "title": f"About {name}?"} | properties
    if kind in ("radiogroup", "checkbox", "dropdown"):
        said.setdefault("choices", [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}])
    return said


def definition(*elements: dict[str, Any], **properties: Any) -> dict[str, Any]:
    """A questionnaire of one page with these elements."""
    return {"title": "Before we start", "pages": [{"name": "first", "elements": list(elements)}], **properties}
