"""For properties in which a rule may refuse: what it said, or nothing."""

from collections.abc import Callable

from deliberation.errors import RuleError


def refused_code(act: Callable[[], object]) -> str | None:
    """The code of the refusal; None when the act was allowed."""
    try:
        act()
    except RuleError as refusal:
        return refusal.code
    return None
