"""Model cards: every fact has a source or says that it is not known, and both sides get equal room."""

from collections.abc import Mapping, Sequence
from typing import Any

from deliberation.comments import tidy
from deliberation.errors import RuleError
from deliberation.stewardship import CardField


def is_sourced(fact: Mapping[str, Any]) -> bool:
    """A fact may stand: it has a source, or is not known, or is what defines the model."""
    return bool(fact.get("source") or fact.get("not_known") or fact.get("by_definition"))


def check_facts(facts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """All thirteen facts in order; one without words says that it is not known.

    Args:
        facts: field -> {text, source (key or None), not_known, by_definition}; fields may be missing.

    Raises:
        RuleError: `fact_unsourced` (fact) where words stand without a source.
    """
    checked: dict[str, dict[str, Any]] = {}
    for name in CardField:
        given = facts.get(name.value, {})
        text = tidy(str(given.get("text") or ""))
        if text and not is_sourced(given):
            raise RuleError("fact_unsourced", fact=name.value)
        checked[name.value] = {
            "text": text,
            "source": given.get("source") or None,
            "not_known": bool(given.get("not_known")) or not text,
            "by_definition": bool(given.get("by_definition")) and bool(text),
        }
    return checked


def check_points(points_for: Sequence[str], points_against: Sequence[str]) -> None:
    """RuleError `points_unequal` unless there are equally many on both sides."""
    if len(points_for) != len(points_against):
        raise RuleError("points_unequal", for_it=len(points_for), against=len(points_against))
