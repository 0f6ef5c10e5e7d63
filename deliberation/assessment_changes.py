"""What changed between two versions of an assessment, question by question and harm by harm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation.differences import Stretch, differences

HARM_FIELDS = (
    "text", "stakeholder", "scenario", "importance", "urgency", "difficulty", "detectability", "mitigation", "owner",
    "due_on",
)  # fmt: skip
FORM_FIELDS = ("title", "organisation", "route", "environment", "opt_out", "window_from", "window_until")


@dataclass(frozen=True)
class TextChange:
    """An answer, a detail or a field that differs, as stretches of words."""

    key: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True)
class HarmChange:
    """A harm that came, went or changed. `kind`: "in", "out" or "changed"; `fields`: what differs in it."""

    kind: str
    harm: Mapping[str, Any]
    fields: Sequence[TextChange] = ()


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two versions."""

    answers: Sequence[TextChange]
    harms: Sequence[HarmChange]
    form: Sequence[TextChange]

    @property
    def count(self) -> int:
        """How many things differ."""
        return len(self.answers) + len(self.harms) + len(self.form)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """From the older content to the newer one, in the shape that a version keeps."""
    old, new = before.get("application", {}), after.get("application", {})
    form = _texts({key: old.get(key) for key in FORM_FIELDS}, {key: new.get(key) for key in FORM_FIELDS})
    return Changes(
        answers=_texts(before.get("answers", {}), after.get("answers", {})),
        harms=_harms(before.get("harms", []), after.get("harms", [])),
        form=[*form, *_texts(old.get("details", {}), new.get("details", {}))],
    )


def _texts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[TextChange]:
    keys = dict.fromkeys([*after, *before])
    pairs = [(key, _said(before.get(key)), _said(after.get(key))) for key in keys]
    return [TextChange(key, differences(old, new)) for key, old, new in pairs if old != new]


def _harms(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[HarmChange]:
    old = {str(harm.get("key")): harm for harm in before}
    found = []
    for harm in after:
        earlier = old.pop(str(harm.get("key")), None)
        if earlier is None:
            found.append(HarmChange("in", harm))
            continue
        fields = _texts({key: earlier.get(key) for key in HARM_FIELDS}, {key: harm.get(key) for key in HARM_FIELDS})
        if fields:
            found.append(HarmChange("changed", harm, fields))
    return found + [HarmChange("out", harm) for harm in old.values()]


def _said(value: Any) -> str:
    return "" if value is None else str(value)
